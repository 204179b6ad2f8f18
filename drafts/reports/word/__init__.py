"""The draft as a Word file with comments and a table of findings."""
