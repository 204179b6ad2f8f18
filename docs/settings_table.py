"""Writes the table of settings into the guide: ``python docs/settings_table.py``."""

from pathlib import Path

from pinpoint.settings import table

GUIDE = Path(__file__).resolve().parent / "guides" / "settings.md"
BEGIN, END = "<!-- settings -->", "<!-- /settings -->"
"""Lines of the guide between which the table stands."""


def with_table(guide: str) -> str:
    """The guide with the table as it is now."""
    head, _, rest = guide.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{table()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    GUIDE.write_text(with_table(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
