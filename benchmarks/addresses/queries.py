"""Does a true address, typed, come first? Sixty random ones of official XML, asked of an index that holds the law.

    python -m benchmarks.addresses.queries FILE.xml … --index DIR [--count 60] [--seed 1]

The index may hold the XML or any plain form of it. An address is right when the first hit begins where the paragraph
begins, or is the section of exactly that cited form.
"""

import random
from datetime import date
from pathlib import Path

import click

from benchmarks.addresses.matching import citation
from benchmarks.addresses.truth import read_law
from index.search import load_index
from pinpoint.records import Filters


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--index", "index_dir", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--count", default=60, show_default=True, help="How many addresses.")
@click.option("--seed", default=1, show_default=True)
def main(files: tuple[Path, ...], index_dir: Path, count: int, seed: int) -> None:
    """Print how many of the addresses come first, and the others."""
    laws = [read_law(file) for file in files]
    true = sorted({citation(law, p) for law in laws for p in law.paragraphs if p.kind in ("section", "paragraph")})
    asked = random.Random(seed).sample(true, min(count, len(true)))  # noqa: S311 - a sample, no secret
    index, filters = load_index(index_dir), Filters(date.today(), any_date=True)
    first = 0
    for address in asked:
        hits = index.search(address, filters, top_k=1).hits
        top = hits[0].section if hits else "nothing"
        first += top == address
        if top != address:
            print(f"{address:40} first is {top}")
    print(f"{first} of {len(asked)} first")


if __name__ == "__main__":
    main()
