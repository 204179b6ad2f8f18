"""A list of hits as a file: a table, or data for a reference manager."""
