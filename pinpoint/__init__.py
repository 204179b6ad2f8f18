"""Ground and face: errors, records, files, settings and commands that every package shares."""
