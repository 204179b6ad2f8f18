"""Benchmarks of the PDF reader against an independent one."""
