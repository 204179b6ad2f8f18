"""Hostile input: mutants of sound files, and ingests that are killed at any moment."""
