"""Weak pairs out of an index: what is read, what is selected, and the negatives beside them."""
