"""Conflicts: sources that contradict one another, and premises that a source contradicts."""
