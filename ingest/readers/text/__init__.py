"""The reader of plain text, and what readers of mark-up take from it: character sets, front matter, typed lines."""
