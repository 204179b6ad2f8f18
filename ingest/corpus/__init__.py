"""The corpus folder: its manifest, its files, and the documents that are added to it."""
