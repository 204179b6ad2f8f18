"""Writes the table of settings into README: ``python docs/settings_table.py``."""

from pathlib import Path

from pinpoint.settings import table

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- settings -->", "<!-- /settings -->"
"""Lines of README between which the table stands."""


def with_table(readme: str) -> str:
    """A README with the table as it is now."""
    head, _, rest = readme.partition(BEGIN)
    return f"{head}{BEGIN}\n\n{table()}\n\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
