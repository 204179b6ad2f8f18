"""A model of our own: weak pairs out of an index, fine-tuning on them, and what that gives on the development sets."""
