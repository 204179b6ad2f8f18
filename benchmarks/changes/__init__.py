"""Whether sections that moved are found again: against tables made by hand, and against known edits."""
