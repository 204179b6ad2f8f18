"""What stands in a paragraph: runs, symbols, fields and formulas, put together to lines."""
