"""Collections as handouts: Word, Markdown, web page."""
