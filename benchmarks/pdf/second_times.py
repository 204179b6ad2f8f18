"""What does the second reading cost? Seconds a page and memory of a reading process, with it and without it.

    python -m benchmarks.pdf.second_times FOLDER [--rounds 3] [--largest 20] [--json]

Reads every PDF file below a folder in processes of its own, by turns without and with the second reading, and prints
the processor time of a page and the highest memory of either. The least time of the rounds counts. Files with a page
that is recognised from its picture are left out: that takes seconds a page.
"""

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from ingest.readers.pdf import reader


@dataclass(slots=True)
class Cost:
    """Least processor seconds and highest memory, in MB, without the second reading and with it."""

    file: str
    pages: int
    seconds: tuple[float, float]
    megabytes: tuple[float, float]


def read_once(path: Path, *, twice: bool) -> dict[str, float]:
    """Read a file in this process: its pages, the processor time and the highest memory so far."""
    if not twice:
        vars(reader)["confirm"] = lambda _file, reading: reading
    begun = time.process_time()
    reading = reader.read_pdf(path)
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    recognised = bool(reading.ocr_pages or reading.scanned_pages)
    return {"pages": len(reading.page_labels), "seconds": seconds, "megabytes": memory, "recognised": recognised}


def measure(path: Path, rounds: int) -> Cost | None:
    """The cost of a file, None when a page of it is recognised or it cannot be read."""
    found: dict[str, list[dict[str, float]]] = {"once": [], "twice": []}
    for _ in range(rounds):
        for variant, rows in found.items():
            command = [sys.executable, "-m", "benchmarks.pdf.second_times", str(path), "--child", variant]
            done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - this module
            if done.returncode or json.loads(done.stdout)["recognised"]:
                return None
            rows.append(json.loads(done.stdout))
    once, twice = found["once"], found["twice"]
    return Cost(
        path.name,
        int(once[0]["pages"]),
        (min(row["seconds"] for row in once), min(row["seconds"] for row in twice)),
        (max(row["megabytes"] for row in once), max(row["megabytes"] for row in twice)),
    )


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True))
@click.option("--rounds", default=3, show_default=True)
@click.option("--largest", default=0, help="Leave out files of more megabytes; 0 for none.")
@click.option("--child", type=click.Choice(["once", "twice"]), hidden=True)
@click.option("--json", "as_json", is_flag=True)
def main(folder: Path, *, rounds: int, largest: int, child: str | None, as_json: bool) -> None:
    """Compare reading the PDF files of FOLDER with and without the second reading."""
    if child:
        click.echo(json.dumps(read_once(folder, twice=child == "twice")))
        return
    files = sorted(folder.rglob("*.pdf")) if folder.is_dir() else [folder]
    small = [file for file in files if not largest or file.stat().st_size <= largest * 1_000_000]
    costs = [cost for file in small if (cost := measure(file, rounds))]
    pages = sum(cost.pages for cost in costs)
    seconds = tuple(sum(cost.seconds[n] for cost in costs) for n in (0, 1))
    whole = Cost("all", pages, (seconds[0], seconds[1]), (0.0, 0.0))
    whole.megabytes = max(c.megabytes[0] for c in costs), max(c.megabytes[1] for c in costs)
    if as_json:
        click.echo(json.dumps([asdict(cost) for cost in (*costs, whole)]))
        return
    for cost in (*costs, whole):
        once, twice = (1000 * seconds / cost.pages for seconds in cost.seconds)
        click.echo(
            f"{cost.file}: {cost.pages} pages, {once:.1f} ms a page, {twice:.1f} with the second reading "
            f"({twice / once:.2f}); {cost.megabytes[0]:.0f} MB, {cost.megabytes[1]:.0f} MB"
        )


if __name__ == "__main__":
    main()
