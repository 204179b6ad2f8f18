"""Makes drafts from the documents of an index by known changes."""
