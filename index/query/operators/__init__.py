"""Operators of a search: AND, OR, NOT, near/n, prefix*, -exclusion, parentheses."""
