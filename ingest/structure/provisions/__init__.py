"""Sections of codes: their heads, the divisions around them, their paragraphs, and what follows them."""
