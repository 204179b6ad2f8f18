"""What a browser tab says by itself, and the questions that were asked in it."""
