"""Are the addresses right? Official XML as downloaded and in plain forms, against the nesting that it states.

    python -m benchmarks.addresses FILE.xml …               # the table
    python -m benchmarks.addresses FILE.xml --examples 20   # and what went wrong

Of each file the true address of every paragraph is taken from the XML (``truth``). The file itself, and a web page,
Markdown and text made of it (``forms``), are read as the ingest reads them, and every address is compared (``score``).
"""

import sys
import tempfile
from pathlib import Path

import click

from benchmarks.addresses.forms import FORMS
from benchmarks.addresses.paragraphs import Law
from benchmarks.addresses.score import Score, read_as_ingest, score
from benchmarks.addresses.truth import read_law
from pinpoint.errors import PinpointError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--examples", default=0, help="How many faults to print of each form.")
@click.option("--form", "forms", multiple=True, help="XML, HTML, Markdown or text; all when not given.")
def main(files: tuple[Path, ...], examples: int, forms: tuple[str, ...]) -> None:
    """Print recall and precision of addresses for each file and form."""
    print(f"{'source':34} {'form':9} {'paragraphs':>10} {'recall':>8} {'precision':>9} {'flush':>14} "
          f"{'appendix':>13} {'lost':>5}")  # fmt: skip
    for file in files:
        law = read_law(file)
        for form in ("XML", *FORMS):
            if forms and form not in forms:
                continue
            counted = _scored(law, file, form)
            if counted is None:
                continue
            print(_row(file.stem, form, counted), flush=True)
            for expected, actual, words in counted.misses[:examples]:
                print(f"      {expected:40} found {actual:40} {words!r}")


def _scored(law: Law, file: Path, form: str) -> Score | None:
    if form == "XML":
        try:
            return score(law, read_as_ingest(file, ""))
        except PinpointError as error:
            print(f"{file.stem:34} {form:9} not read: {error}", file=sys.stderr)
            return None
    suffix, make = FORMS[form]
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / f"law{suffix}"
        plain.write_text(make(law), encoding="utf-8")
        code = "Test Act" if law.code == "Act" else law.code
        return score(law, read_as_ingest(plain, code))


def _row(name: str, form: str, counted: Score) -> str:
    recall = _share(counted.right, counted.paragraphs)
    precision = _share(counted.true, counted.found)
    flush = f"{counted.flush_right}/{counted.flush}"
    appendix = f"{counted.under_section}/{counted.appendix}"
    return (
        f"{name[:34]:34} {form:9} {counted.paragraphs:>10,} {recall:>8} {precision:>9} {flush:>14} "
        f"{appendix:>13} {counted.lost:>5}"
    )


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "\u2013"


if __name__ == "__main__":
    main()
