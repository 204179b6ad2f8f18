"""Readers: a file of each format becomes blocks in reading order."""
