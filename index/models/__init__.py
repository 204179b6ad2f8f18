"""Embedding models and the vectors of everything citable."""
