"""HTML of documents: contents, text, versions."""
