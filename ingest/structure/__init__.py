"""Structure: blocks become a tree of sections with cited forms."""
