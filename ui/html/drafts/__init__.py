"""Checked drafts as HTML of the app."""
