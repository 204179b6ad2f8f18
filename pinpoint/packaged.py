"""Files that come with Pinpoint: inside this package where it was installed from a wheel, beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def starter_corpus() -> Path:
    """Folder of the starter corpus: seventeen short digests with a manifest."""
    return _found("starter", "corpus")


def streamlit_settings() -> Path:
    """The file with our settings for Streamlit."""
    return _found("streamlit", ".streamlit") / "config.toml"


def _found(installed: str, checked_out: str) -> Path:
    inside = _PACKAGE / installed
    return inside if inside.is_dir() else _PACKAGE.parent / checked_out
