"""Retrieval sets: reading them, indexing them, and measuring search on them."""
