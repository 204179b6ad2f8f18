"""Benchmark of many sessions at once: ``python -m benchmarks.load``."""
