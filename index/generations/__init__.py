"""Generations on disk: written beside the one in use, verified, swapped in, read."""
