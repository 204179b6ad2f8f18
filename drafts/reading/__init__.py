"""Read what people write in: Word, slides, PDF, HTML, Markdown and text."""
