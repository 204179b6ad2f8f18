"""Reports of what changed: Word, HTML, JSON and Atom."""
