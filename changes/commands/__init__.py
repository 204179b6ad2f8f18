"""The command of what changed."""
