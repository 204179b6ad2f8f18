"""HTML of documents: contents, text in place, versions."""
