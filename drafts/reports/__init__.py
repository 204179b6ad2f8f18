"""Reports on a checked draft: Word, HTML and JSON."""
