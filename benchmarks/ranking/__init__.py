"""Benchmarks of the ranking and its settings."""
