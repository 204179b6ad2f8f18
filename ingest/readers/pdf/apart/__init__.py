"""What stands on a PDF page apart from its text: line numbers, watermarks, side notes, sideways text."""
