"""Scores of passages: lexical, dense, fused, re-ranked, boosted by citations."""
