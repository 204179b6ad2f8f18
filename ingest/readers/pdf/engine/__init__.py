"""Drawn text of PDF pages, by pypdf and, where that fails, by pdfium."""
