"""What reads a page of a PDF file that pypdf cannot read."""
