"""Drafts that the readers of documents read: PDF files, web pages and Markdown."""
