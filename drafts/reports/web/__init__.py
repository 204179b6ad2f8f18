"""The draft as a web page with marks and a table of findings."""
