"""The HTML reader: a page as it is seen, without what is hidden, struck out or around it, as blocks."""
