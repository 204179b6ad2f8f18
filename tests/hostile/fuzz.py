"""Does a hostile file stop the intake? Thousands of files made from sound ones, read as every other file.

Mutants of each kind are put into folders and ingested by the code that ingests every corpus, with its own limits.
Nothing may stop it: each file has one record with a known status and a reason in plain words, within its time and
memory; and what is read is stored, as text that can be written, with spans that stand in it.
"""

import json
import re
import resource
import shutil
import sys
import tempfile
import threading
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

import click
import numpy as np

from benchmarks.measuring import machine
from index.generations.rows import load_documents, load_parsed
from index.models.embedding import Vectors
from index.search import load_index
from ingest.pipeline import ingest_corpus
from ingest.report import STATUSES, IntakeRecord
from ingest.workers import Limits
from pinpoint.records import Filters
from tests.hostile.mutants import Mutant, load_seeds, make_mutants

LIMITS = Limits(seconds=60, processes=1)
GRACE = 5  # seconds beyond the limit until a process is ended and its record written
BATCH = 50
SHOWN = ("read", "damaged", "empty", "encrypted", "failed", "duplicate", "skipped")
_INTERNAL = re.compile(r"Traceback|\b\w+(?:Error|Exception)\b|/tmp/|/home/|/usr/|site-packages|0x[0-9a-f]{6,}|<class ")
_SENTENCE = re.compile(r"\S+\s.*[.!?]", re.DOTALL)
_LONGEST_REASON = 600


class StandIn:
    """Unit vectors without weights, for an index that is made to be thrown away."""

    name = choice = digest = arithmetic = "stand-in"

    def encode(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        vectors = np.zeros((len(texts), 8), dtype=np.float32)
        vectors[np.arange(len(texts)), [zlib.crc32(text.encode()) % 8 for text in texts]] = 1
        return vectors

    def encode_queries(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        return self.encode(texts)


@dataclass(slots=True)
class Fuzzing:
    """What came of a run.

    Attributes:
        counts: Statuses of the files, by kind and mutation.
        faults: What must not be, each with its file and what is wrong.
        slowest: Seconds and name of the file that took the longest.
        worker_megabytes: Highest resident memory of a process that reads a file.
        main_megabytes: Highest resident memory of the process that ran it all.
    """

    counts: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    worker_megabytes: float = 0.0
    main_megabytes: float = 0.0
    seconds: float = 0.0

    @property
    def files(self) -> int:
        return sum(sum(counter.values()) for counter in self.counts.values())


def fuzz(mutants: Sequence[Mutant], folder: Path, limits: Limits = LIMITS) -> Fuzzing:
    """Ingest mutants as a corpus of their own in a folder, and look for what must not be."""
    found = Fuzzing()
    started = time.monotonic()
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    for mutant in mutants:
        (corpus / mutant.name).write_bytes(mutant.content)
    with watched() as peak:
        try:
            result = ingest_corpus(
                corpus, folder / "index", embedder=StandIn(), progress=lambda *_: None, limits=limits
            )
        except Exception as error:  # noqa: BLE001 - that nothing comes out here is what is measured
            found.faults.append(f"{folder}: the ingest was stopped by {type(error).__name__}: {error}")
            return found
    note_records(found, mutants, result.records, limits)
    if result.generation is not None:
        found.faults += stored_faults(result.generation)
        law = Filters(date(2026, 1, 1))
        load_index(folder / "index", StandIn(), None).search("victim of trafficking", law, top_k=3)
    found.worker_megabytes = max(peak, default=0) / 1024
    found.main_megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found.seconds = time.monotonic() - started
    return found


def note_records(found: Fuzzing, mutants: Sequence[Mutant], records: Sequence[IntakeRecord], limits: Limits) -> None:
    """Count the statuses, and note each record that is missing, twice there, late or without a proper reason."""
    by_file = Counter(record.file for record in records)
    for name in {mutant.name for mutant in mutants} ^ set(by_file):
        found.faults.append(f"{name}: {by_file[name]} records")
    recorded = {record.file: record for record in records}
    for mutant in mutants:
        record = recorded.get(mutant.name)
        if record is None:
            continue
        found.counts[mutant.suffix, mutant.mutation][record.status] += 1
        found.slowest = max(found.slowest, (record.seconds, mutant.name))
        found.faults += [f"{record.file} ({record.status}): {fault}" for fault in record_faults(record, limits)]


def record_faults(record: IntakeRecord, limits: Limits) -> Iterator[str]:
    """What is wrong with a record."""
    if record.status not in STATUSES:
        yield "an unknown status"
    if record.seconds > limits.seconds + GRACE:
        yield f"{record.seconds:.0f} s, limit {limits.seconds:.0f} s"
    if "Took longer than" in record.reason or "Its process ended" in record.reason:
        yield f"ended from outside: {record.reason}"
    if (record.status == "read") != (record.reason == ""):
        yield f"status and reason do not go together: {record.reason}"
    for words in filter(None, (record.reason, *record.warnings)):
        if _INTERNAL.search(words):
            yield f"an internal name: {words[:300]}"
        if not words.isprintable() or len(words) > _LONGEST_REASON or not _SENTENCE.fullmatch(words):
            yield f"not a plain sentence: {words[:300]!r}"


def stored_faults(generation: Path) -> Iterator[str]:
    """What is wrong with the rows of what was read."""
    for name in load_documents(generation):
        parsed = load_parsed(generation, name)
        document, length = parsed.document, len(parsed.document.text)
        document.text.encode("utf-8")
        if "\x00" in document.text:
            yield f"{name}: a NUL in the text"
        spans = [(section.start, section.end) for section in parsed.sections]
        spans += [(part.start, part.end) for part in (*document.blocks, *document.page_spans)]
        if any(not 0 <= start <= end <= length for start, end in spans):
            yield f"{name}: a span outside of the text"
        misplaced = [
            passage.id for passage in parsed.passages if document.text[passage.start : passage.end] != passage.text
        ]
        if misplaced:
            yield f"{misplaced[0]} and {len(misplaced) - 1} more: not the text that stands there"


@contextmanager
def watched() -> Iterator[list[int]]:
    """Highest resident memory of each process below this one, in kilobytes, looked at twenty times a second."""
    peak: dict[int, int] = {}
    kilobytes: list[int] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.05):
            for process in below("self"):
                peak[process] = max(peak.get(process, 0), high_water(process))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield kilobytes
    finally:
        ended.set()
        watcher.join()
        kilobytes += peak.values()


def below(process: int | str) -> Iterator[int]:
    """Processes that a process started, and those that they started."""
    try:
        children = [
            text
            for task in Path(f"/proc/{process}/task").iterdir()
            for text in (task / "children").read_text(encoding="ascii").split()
        ]
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from below(child)


def high_water(process: int) -> int:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    stated = re.search(r"VmHWM:\s+(\d+)", status)
    return int(stated.group(1)) if stated else 0


def joined(runs: Sequence[Fuzzing]) -> Fuzzing:
    """Several runs as one."""
    whole = Fuzzing()
    for run in runs:
        for cell, counter in run.counts.items():
            whole.counts[cell].update(counter)
        whole.faults += run.faults
        whole.slowest = max(whole.slowest, run.slowest)
        whole.worker_megabytes = max(whole.worker_megabytes, run.worker_megabytes)
        whole.main_megabytes = max(whole.main_megabytes, run.main_megabytes)
        whole.seconds += run.seconds
    return whole


def table(found: Fuzzing, about: str, command: str, seconds: float) -> str:
    """The run on a machine as Markdown; a file may have taken so many seconds."""
    total = Counter[str]()
    for counter in found.counts.values():
        total.update(counter)
    heads = " | ".join(SHOWN)
    lines = [
        "# Hostile files",
        "",
        f"{about}.",
        "",
        f"`{command}` made {found.files:,} files from sound ones and ingested them:",
        "",
        f"- faults (no record or two, an unknown status, a limit exceeded, an internal name in a reason, text that "
        f"does not stand where it should): **{len(found.faults)}**",
        f"- slowest file: {found.slowest[0]:.1f} s of {seconds:.0f} s ({found.slowest[1]})",
        f"- highest memory of a process that reads a file: {found.worker_megabytes:,.0f} MB; its limit is "
        f"{LIMITS.megabytes:,} MB of address space",
        f"- highest memory of the process that ran it all: {found.main_megabytes:,.0f} MB",
        "",
        f"| kind | mutation | {heads} |",
        f"|---|---|{'--:|' * len(SHOWN)}",
    ]
    rows = sorted(found.counts.items())
    lines += [
        f"| {suffix} | {name} | {' | '.join(str(counter[status] or '') for status in SHOWN)} |"
        for (suffix, name), counter in rows
    ]
    lines.append(f"| all | | {' | '.join(f'{total[status]:,}' for status in SHOWN)} |")
    return "\n".join(lines) + "\n"


@click.command()
@click.option("--count", default=2000, show_default=True, help="How many files to make.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same files.")
@click.option(
    "--from",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of sound files; may be given several times.  [default: corpus]",
)
@click.option(
    "--file-seconds",
    default=LIMITS.seconds,
    show_default=True,
    help="Time limit for one file; on a busy machine more is needed.",
)
@click.option("--keep", type=click.Path(path_type=Path), help="Folder in which the files and indexes stay.")
@click.option("--into", type=click.Path(path_type=Path), help="Write the table to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def main(  # noqa: PLR0913 - one an option
    count: int,
    seed: int,
    folders: tuple[Path, ...],
    file_seconds: float,
    keep: Path | None,
    into: Path | None,
    *,
    as_json: bool,
) -> None:
    """Ingest hostile files made from sound ones, and count what became of them.

    Exit codes: 0 nothing that must not be was found, 1 something was.
    """
    about = machine()
    seeds = load_seeds(folders or (Path("corpus"),))
    mutants = make_mutants(seeds, count, seed)
    temporary = Path(tempfile.mkdtemp(prefix="fuzz-"))
    runs: list[Fuzzing] = []
    try:
        while batch := [mutant for _, mutant in zip(range(BATCH), mutants, strict=False)]:
            folder = (keep or temporary) / f"batch-{len(runs)}"
            runs.append(fuzz(batch, folder, replace(LIMITS, seconds=file_seconds)))
            click.echo(f"{sum(run.files for run in runs)} of {count}, {runs[-1].seconds:.0f} s", err=True)
            for fault in runs[-1].faults:
                click.echo(fault, err=True)
            if not keep:
                shutil.rmtree(folder)
    finally:
        shutil.rmtree(temporary)
    found = joined(runs)
    named = "".join(f" --from {folder}" for folder in folders)
    text = table(found, about, f"python -m tests.hostile.fuzz --count {count} --seed {seed}{named}", file_seconds)
    if into:
        into.write_text(text, encoding="utf-8")
    counts = [{"kind": kind, "mutation": name, **counter} for (kind, name), counter in sorted(found.counts.items())]
    click.echo(json.dumps({**asdict(found), "counts": counts, "files": found.files}, indent=1) if as_json else text)
    sys.exit(1 if found.faults else 0)


if __name__ == "__main__":
    main()
