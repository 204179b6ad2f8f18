"""Benchmarks: speed, size and memory."""
