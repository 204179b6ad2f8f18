"""Time and memory of an ingest with one document changed, at the size of an index and at ten times that size.

The larger corpus holds the same files again and again under other names; the rows of a copy are those of the original
with words exchanged for others that are about as frequent, and its vectors are turned, so that words, terms and vectors
are as many as those of so many documents. No copy is read or embedded for that.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np

from benchmarks.growth.scale import Exchange, Turned
from benchmarks.ingesting.running import HERE, around
from benchmarks.measuring import MB, hand_over, into_option, json_option, machine, shown, table
from benchmarks.memory import PeakMemory
from index.carried.documents import carried_documents, loaded
from index.generations.read import current_generation, generation_facts, intake_report
from index.generations.write import write_generation
from index.models.chosen import next_embedder
from index.ranking.vectors import load_vectors
from index.records import read_config
from ingest.corpus.manifest import ManifestEntry, load_manifest
from ingest.document_keys import document_key
from ingest.report import intake_json, records_from_json
from ingest.steps.jobs import jobs_of
from ingest.workers import Job
from pinpoint.commands import index_option
from pinpoint.files import file_sha256
from pinpoint.records import Span
from pinpoint.stored import ParsedDocument

_SENTENCE = "\nThis sentence, number {number}, was added to measure how long a changed document takes.\n"


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@index_option
@click.option("--manifest", type=click.Path(path_type=Path, exists=True), help="That of CORPUS where it is another.")
@click.option("--times", default="1,10", show_default=True, help="How many times the documents of CORPUS.")
@click.option("--changes", default=5, show_default=True, help="Ingests of each size, each with a sentence more.")
@click.option("--document", default="", help="File that is changed; the largest text when not given.")
@click.option("--keep", type=click.Path(path_type=Path), help="Folder in which corpora and indexes stay.")
@click.option("--seed", default=6, show_default=True)
@into_option
@json_option
def refresh(  # noqa: PLR0913 - one an option
    corpus: Path,
    index_dir: Path,
    *,
    manifest: Path | None,
    times: str,
    changes: int,
    document: str,
    keep: Path | None,
    seed: int,
    into: Path | None,
    as_json: bool,
) -> None:
    """Seconds and memory of an ingest of CORPUS with one document changed, begun from the rows of its index."""
    about, rows = machine(), []
    with tempfile.TemporaryDirectory() as scratch:
        for number in map(int, times.split(",")):
            folder = (keep or Path(scratch)) / str(number)
            if not folder.is_dir():
                _make(corpus, manifest or corpus / "manifest.toml", current_generation(index_dir), folder, number, seed)
            changed = folder / "corpus" / (document or _largest_text(folder / "corpus"))
            for run in range(changes + 1):
                with changed.open("a", encoding="utf-8") as text:
                    text.write(_SENTENCE.format(number=time.time_ns()))
                measured = _run(folder)
                if run:  # the first one reads what was only just written
                    rows.append({"times": number, "characters": changed.stat().st_size, **measured})
    result: dict[str, object] = {"machine": about, "corpus": corpus.name, "document": changed.name, "runs": rows}
    hand_over("One changed document", result, _report(rows), into=into, as_json=as_json)


def _report(rows: Sequence[dict[str, float]]) -> str:
    heads = (
        "documents",
        "passages",
        "characters changed",
        "seconds (median)",
        "of all processors",
        "peak memory MB",
        "index MB",
    )
    cells = []
    for number in dict.fromkeys(row["times"] for row in rows):
        own = sorted((row for row in rows if row["times"] == number), key=lambda row: row["seconds"])
        middle = own[len(own) // 2]
        counts = [f"{middle[name]:,}" for name in ("documents", "passages", "characters")]
        peak = max(row["peak_mb"] for row in own)
        cells.append([*counts, *(shown(n) for n in (middle["seconds"], middle["cpu_s"], peak, middle["disk_mb"]))])
    return table(heads, cells)


def _run(folder: Path) -> dict[str, float]:
    """One ingest: what it took of time, memory and disk."""
    arguments = [str(folder / "corpus"), "--manifest", str(folder / "manifest.toml"), "--index", str(folder / "index")]
    begun, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", *arguments, "--json"], env=around(HERE),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # fmt: skip
    with PeakMemory(process.pid) as memory:
        out, _ = process.communicate()
    seconds, after = time.perf_counter() - begun, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    if process.returncode not in (0, 3):
        raise click.ClickException(f"the ingest ended with {process.returncode}; run it by hand to see why")
    report = json.loads(out)
    click.echo(f"{report['passages']:,} passages, {report['counts']['read']} read: {seconds:.2f} s", err=True)
    facts = generation_facts(current_generation(folder / "index"))
    disk = sum(facts["sizes"].values()) / MB
    return {"seconds": seconds, "cpu_s": cpu, "peak_mb": memory.peak / MB, "documents": facts["documents"],
            "passages": report["passages"], "disk_mb": disk}  # fmt: skip


def _largest_text(corpus: Path) -> str:
    texts = [file for file in corpus.iterdir() if file.suffix in (".md", ".txt")]
    return max(texts, key=lambda file: file.stat().st_size).name


def _make(corpus: Path, manifest: Path, before: Path, folder: Path, times: int, seed: int) -> None:
    """Make a corpus of so many times the documents of another, and its index from the rows of a generation."""
    entries = list(_copied_files(corpus, manifest, folder, times))
    _write_manifest(folder / "manifest.toml", manifest, entries)
    jobs = _jobs(folder)
    # Documents that the manifest does not list have other ids in another folder; they are left out.
    there = {name: carried for name, carried in carried_documents(before).items() if name in jobs}
    originals = {name: loaded(carried) for name, carried in there.items()}
    exchange = Exchange([p.text for parsed in originals.values() for p in parsed.passages], seed)
    by_id = {record.document_id: record for record in records_from_json(intake_report(before)).values()}
    documents, intake = [], []
    texts: dict[str, int] = {}
    for number in range(times):
        for name, original in originals.items():
            job = jobs[f"{name}-{number}" if number else name]
            documents.append(_as_copy(original, job, exchange if number else None))
            intake.append(replace(by_id[name], file=job.entry.file, document_id=job.entry.id))
            rows = enumerate(documents[-1].passages, start=there[name].first)
            texts |= {passage.indexed_text: row for row, passage in rows}
    facts, vectors = generation_facts(before), load_vectors(before / "vectors.faiss")
    write_generation(
        folder / "index",
        corpus=documents,
        crosswalk=load_manifest(folder / "corpus", folder / "manifest.toml").crosswalk,
        embedder=Turned(next_embedder(folder / "index"), vectors.rows(np.arange(facts["passages"])), texts, seed),
        config=read_config(facts["config"]),
        intake=intake_json(intake, generation="", seconds=0, embedded=0),
        progress=lambda *_: None,
        prefer=facts.get("prefer", ()),
    )


def _copied_files(corpus: Path, manifest: Path, folder: Path, times: int) -> Iterator[ManifestEntry]:
    """Copy the files of a corpus so many times, each copy with a byte more, and yield the entries of the copies."""
    there = [entry for entry in load_manifest(corpus, manifest).documents if (corpus / entry.file).is_file()]
    for number in range(times):
        for entry in there:
            name = f"copy-{number}/{entry.file}" if number else entry.file
            file = folder / "corpus" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes((corpus / entry.file).read_bytes() + b"\n" * number)
            if number:
                yield replace(entry, id=f"{entry.id}-{number}", file=name, sha256="", supersedes=())


def _write_manifest(file: Path, original: Path, entries: Sequence[ManifestEntry]) -> None:
    """Write a manifest that has further documents."""
    lines = [original.read_text(encoding="utf-8")]
    for entry in entries:
        lines.append("\n[[document]]\n")
        for name in ("id", "file", "title", "publisher", "kind", "collection", "cited_as", "url", "licence", "part"):
            lines.append(f"{name} = {json.dumps(getattr(entry, name))}\n" if getattr(entry, name) else "")
        for name in ("effective_from", "effective_to", "current_to"):
            lines.append(f"{name} = {getattr(entry, name)}\n" if getattr(entry, name) else "")
    file.write_text("".join(lines), encoding="utf-8")


def _jobs(folder: Path) -> dict[str, Job]:
    """What an ingest would do with each file of a corpus, by the id of its document."""
    manifest = load_manifest(folder / "corpus", folder / "manifest.toml")
    entries = [entry for entry in manifest.documents if (folder / "corpus" / entry.file).is_file()]
    return {job.entry.id: job for job in jobs_of(folder / "corpus", entries, {}, manifest)}


def _as_copy(parsed: ParsedDocument, job: Job, exchange: Exchange | None) -> ParsedDocument:
    """A document as if it had been read from another file, with other words."""
    name = job.entry.id
    key = document_key(job.entry, file_sha256(job.path), job.crosswalk)
    document = replace(parsed.document, id=name, file=job.entry.file, key=key, sha256=job.sha256)
    passages = []
    for passage in parsed.passages:
        above = passage.indexed_text.removesuffix(passage.text)
        text = exchange(passage.text) if exchange else passage.text
        span = Span(name, passage.start, passage.end)
        passages.append(replace(passage, span=span, text=text, indexed_text=above + text))
    return ParsedDocument(
        document,
        tuple(replace(section, document_id=name) for section in parsed.sections),
        tuple(passages),
        tuple(replace(link, document_id=name) for link in parsed.links),
    )
