"""Drafts as Word files: their parts, and the runs in which each word of a part stands."""
