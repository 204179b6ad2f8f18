"""The embeddings of passages: made once, in the background, and cached on the disk."""
