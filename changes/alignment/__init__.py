"""Alignment of two versions of a document: paragraphs and sections of the one with those of the other."""
