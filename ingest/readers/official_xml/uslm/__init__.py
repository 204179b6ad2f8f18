"""United States Legislative Markup: documents with sections, and the Federal Register."""
