"""Speed of reading PDF files, with all that an ingest makes of them, beside the bare text of pypdf."""

import time
from pathlib import Path

import click
import pypdf

from benchmarks.measuring import hand_over, into_option, json_option, machine, table
from ingest.readers.pdf.reader import read_pdf


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--pages", "most", default=1200, show_default=True, help="Pages read at most.")
@into_option
@json_option
def pdf(corpus: Path, most: int, *, into: Path | None, as_json: bool) -> None:
    """Pages a second on one core: all that an ingest reads of the PDF files of CORPUS, and pypdf's text alone.

    A file with a page that is recognised from a picture is left out: that takes seconds, and pypdf does not do it.
    """
    about, recognised, unread = machine(), 0, 0
    rows: list[tuple[str, int, float, float]] = []
    for file in sorted(corpus.rglob("*.pdf"), key=lambda file: file.stat().st_size):
        pages = len(pypdf.PdfReader(file).pages)
        if pages + sum(row[1] for row in rows) > most:
            continue
        begun = time.perf_counter()
        reading = read_pdf(file)
        ours = time.perf_counter() - begun
        if reading.ocr_pages:
            recognised += 1
            continue
        begun = time.perf_counter()
        unread += _text_alone(file)
        rows.append((file.name, pages, ours, time.perf_counter() - begun))
    pages = sum(row[1] for row in rows)
    ours, alone = sum(row[2] for row in rows), sum(row[3] for row in rows)
    shown = [
        (name, f"{count:,}", f"{count / mine:.1f}", f"{count / bare:.1f}", f"{bare / mine:.0%}")
        for name, count, mine, bare in (*rows, ("all", pages, ours, alone))
    ]
    text = table(("file", "pages", "pages a second", "by pypdf, text alone", "share of its rate"), shown) + (
        f"\nLeft out because a page is recognised from a picture: {recognised} files. "
        f"Pages at which pypdf alone stopped: {unread}.\n"
    )
    measured = {
        "machine": about, "corpus": corpus.name, "files": rows, "recognised": recognised, "unread": unread,
        "ours": pages / ours, "pypdf": pages / alone, "ratio": alone / ours,
    }  # fmt: skip
    hand_over("Reading PDF files", measured, text, into=into, as_json=as_json)


def _text_alone(file: Path) -> int:
    """Have pypdf extract the text of all pages; at how many it stopped."""
    stopped = 0
    for page in pypdf.PdfReader(file).pages:
        try:
            page.extract_text()
        except pypdf.errors.PdfReadError:
            stopped += 1
    return stopped
