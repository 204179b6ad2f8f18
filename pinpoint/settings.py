"""Settings: defaults that the commands and the app share."""

from pathlib import Path

DEFAULT_INDEX = Path("build/index")
INSTALLED, NONE = "installed", "none"
"""Choices of a re-ranker beside a folder: the packaged model if it is installed, and no re-ranking."""
