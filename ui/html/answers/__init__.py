"""HTML of answers, hits and excerpts."""
