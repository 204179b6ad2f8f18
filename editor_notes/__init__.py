"""Notes of the editor on sections, stored in a file of the corpus folder."""
