"""Measurement: questions with gold quotations, asked of an index."""
