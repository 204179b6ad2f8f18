"""Reads the citations of a draft, and holds them against the documents."""
