"""Style sheets of a page, as far as they decide what is read."""
