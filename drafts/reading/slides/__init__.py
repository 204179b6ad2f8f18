"""Drafts as slides."""
