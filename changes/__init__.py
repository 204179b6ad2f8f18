"""What changed between two generations of an index, or two editions of a document."""
