"""Cited provisions: looked up, shown in their passages, and said to be missing where they are."""
