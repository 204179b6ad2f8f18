"""Writes the accessibility conformance report: ``python docs/openacr.py --write``, or checks that it is up to date."""

import sys
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent / "accountability"
sys.path.insert(0, str(FOLDER.parents[1]))  # benchmarks is not installed

from benchmarks.barriers.conformance import page, report  # noqa: E402 - found by the line above

YAML, PAGE = FOLDER / "openacr.yaml", FOLDER / "accessibility.md"


def written() -> dict[Path, str]:
    """Each file of the report, and what it should say."""
    record = report(FOLDER)
    as_yaml = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
    return {YAML: as_yaml, PAGE: page(record, FOLDER)}


if __name__ == "__main__":
    for file, text in written().items():
        if "--write" in sys.argv:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            sys.exit(f"{file} is not what the evidence says: python docs/openacr.py --write")
