"""Files that are watched: what of a collection, or of a draft, a change touches."""
