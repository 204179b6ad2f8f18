"""What citations and spans lead to, each citation of a text by itself."""
