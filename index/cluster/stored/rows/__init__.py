"""Rows of a generation in the cluster: how each is written, loaded and settled."""
