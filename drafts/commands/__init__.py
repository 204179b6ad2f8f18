"""The command ``pinpoint check``."""
