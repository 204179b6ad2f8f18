"""Hybrid search over passages: analysis, BM25, vectors, fusion, citations, generations on disk."""
