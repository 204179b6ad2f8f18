"""Stored documents: text, sections, references, versions, authority."""
