"""Drafts made from the documents of an index by known changes, so that a check of them can be scored."""
