"""HTML of what changed."""
