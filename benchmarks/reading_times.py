"""How long does reading take, and how much memory, beside another version of the product?

    python -m benchmarks.reading_times OTHER_TREE FILE... [--rounds 3] [--into TABLE.md]

Makes the rows of each file in processes of their own, by turns with the other version and with this one, and prints
the least processor seconds and the highest memory of each. Both are told the same code, where the name of a file
begins with one of ``--cited``. OTHER_TREE is a folder that holds the other version, as ``git worktree add`` makes it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.measuring import hand_over, into_option, json_option, machine, table

_HERE = Path(__file__).parents[1]
# Runs with the modules of either version, so it uses only what both have.
_CHILD = """
import json, resource, sys, time
from pathlib import Path
from ingest import parsing
from ingest.corpus.manifest import ManifestEntry
path, code = Path(sys.argv[1]), sys.argv[2]
entry = ManifestEntry(id="file", file=path.name, title="", listed=bool(code), cited_as=code)
begun = time.process_time()
rows = parsing.parse_file(path, entry, sha256="0" * 64, crosswalk=()).parsed
seconds = time.process_time() - begun
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([seconds, memory, rows.document.pages, len(rows.sections)]))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Least processor seconds and highest memory, in MB, of one version, with the pages and sections it found."""

    seconds: float
    megabytes: float
    pages: int
    sections: int


def read_once(tree: Path, file: Path, code: str) -> Cost:
    """What it costs a version to make the rows of a file.

    Raises:
        click.ClickException: It cannot read the file.
    """
    command = [sys.executable, "-c", _CHILD, str(file.resolve()), code]
    around = {**os.environ, "PYTHONPATH": str(tree.resolve())}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tree, env=around)  # noqa: S603
    if done.returncode:
        raise click.ClickException(f"{tree} cannot read {file}: {done.stderr.strip().splitlines()[-1]}")
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def least(costs: Sequence[Cost]) -> Cost:
    """The least time and the highest memory of several runs."""
    last = costs[-1]
    return Cost(min(one.seconds for one in costs), max(one.megabytes for one in costs), last.pages, last.sections)


@click.command(name="python -m benchmarks.reading_times")
@click.argument("other", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("files", type=click.Path(path_type=Path, exists=True, dir_okay=False), nargs=-1, required=True)
@click.option("--rounds", default=3, show_default=True)
@click.option("--cited", multiple=True, help="BEGINNING=CODE: files with names that begin so are cited by that code.")
@into_option
@json_option
def main(
    other: Path, files: Sequence[Path], *, rounds: int, cited: Sequence[str], into: Path | None, as_json: bool
) -> None:
    """Compare making the rows of FILES with the version in the folder OTHER."""
    about = machine()
    codes = [text.partition("=")[::2] for text in cited]
    rows: list[tuple[str, Cost, Cost]] = []
    for file in files:
        code = next((code for start, code in codes if file.name.startswith(start)), "")
        turns = [(read_once(other, file, code), read_once(_HERE, file, code)) for _ in range(rounds)]
        rows.append((file.name, least([before for before, _ in turns]), least([now for _, now in turns])))
    totals = sum(before.seconds for _, before, _ in rows), sum(now.seconds for _, _, now in rows)
    shown = [
        (
            name, str(now.pages or ""), f"{before.sections:,} / {now.sections:,}", f"{before.seconds:.2f}",
            f"{now.seconds:.2f}", f"{now.seconds / before.seconds:.2f}",
            f"{before.megabytes:.0f} / {now.megabytes:.0f}",
        )
        for name, before, now in rows
    ]  # fmt: skip
    shown.append(("all", "", "", f"{totals[0]:.2f}", f"{totals[1]:.2f}", f"{totals[1] / totals[0]:.2f}", ""))
    heads = ("file", "pages", "sections", "seconds before", "seconds now", "ratio", "MB")
    measured = {"machine": about, "before": totals[0], "now": totals[1], "ratio": totals[1] / totals[0]}
    text = table(heads, shown) + "\nProcessor seconds, the least of the rounds; sections and memory before / now.\n"
    hand_over("Reading, beside the version before", measured, text, into=into, as_json=as_json)


if __name__ == "__main__":
    main()
