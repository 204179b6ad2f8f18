"""Where the rows of a generation are best: one file that every reader fetches, or documents that are asked for."""

import json
import os
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from answer.assistant import Assistant
from benchmarks.cluster.cases import TODAY
from benchmarks.measuring import (
    MB,
    Spread,
    hand_over,
    into_option,
    json_option,
    machine,
    questions_of,
    shown,
    table,
    timed,
)
from benchmarks.query_times import QUESTIONS
from index.cluster.connection import Connection, connect
from index.cluster.stored.files import fetch_files
from index.cluster.stored.rows.loading import send
from index.generations import rows as sqlite_rows
from index.generations.rows import passage_texts
from index.search import HybridIndex, load_index
from pinpoint.commands import index_option
from pinpoint.configuration.address import parse_address
from pinpoint.records import Filters

_ASKED = 40
_READS = 300
_AT_ONCE = 20
_LARGE, _READERS = 10_000_000, 3
_KINDS = {
    "rows": ("passages.sqlite",),
    "terms": ("lexical.", "bigrams."),
    "vectors": ("vectors.faiss",),
    "the rest": ("",),
}


@click.command("cluster-rows")
@index_option
@click.option("--address", required=True, help="The same generation on a cluster.")
@click.option("--questions", type=click.Path(path_type=Path, exists=True), default=QUESTIONS)
@click.option("--count", default=_ASKED, show_default=True, help="Questions that are searched and asked.")
@into_option
@json_option
def rows(index_dir: Path, address: str, questions: Path, count: int, *, into: Path | None, as_json: bool) -> None:
    """What a search reads of rows, and what one reading takes from a file and from documents in the cluster."""
    about, where = machine(), parse_address(address)
    connection, index = connect(where), load_index(index_dir)
    statements = _statements(index, questions_of(questions, count))
    reads = _reads(connection, f"{where.name}-texts", index)
    sizes = _sizes(index.folder)
    passages = int(index.facts["passages"])
    speed = _fetched(connection, where.name, index.generation)
    whole = sum(sizes.values())
    measured: dict[str, object] = {"machine": about, **statements, **reads, **sizes, "bytes a second": speed}
    rows_of_table = [
        *(
            (f"statements of SQLite: {name}", f"median {spread.median:,.0f}, 95 % {spread.p95:,.0f}")
            for name, spread in statements.items()
        ),
        *(
            (f"{name}, ms", f"median {shown(spread.median)}, 95 % {shown(spread.p95)}")
            for name, spread in reads.items()
        ),
        *((f"bytes a passage: {name}", f"{size / passages:,.0f}") for name, size in sizes.items()),
        ("bytes a passage: all files", f"{whole / passages:,.0f}"),
        ("fetching, MB a second", f"{speed / MB:,.0f}"),
        ("seconds for 1,000 passages", shown(whole / passages * 1000 / speed)),
        (f"{_LARGE:,} passages: GB a reader", shown(whole / passages * _LARGE / 1e9)),
        (f"{_LARGE:,} passages: minutes to fetch, one reader", shown(whole / passages * _LARGE / speed / 60)),
        (
            f"{_LARGE:,} passages: minutes to fetch, {_READERS} readers that share that rate",
            shown(_READERS * whole / passages * _LARGE / speed / 60),
        ),
    ]
    hand_over("Rows: a file or documents", measured, table(("", ""), rows_of_table), into=into, as_json=as_json)


def _statements(index: HybridIndex, texts: Sequence[str]) -> dict[str, Spread]:
    """How many statements a search and an answer execute."""
    assistant, filters = Assistant(index), Filters(as_of=TODAY)
    index.search(texts[0], filters)
    counts: dict[str, list[float]] = {"a search": [], "an answer": []}
    for text in texts:
        with _counted() as done:
            index.search(text, filters)
        counts["a search"].append(done.total())
        with _counted() as done:
            assistant.ask(text, filters=filters)
        counts["an answer"].append(done.total())
    return {name: Spread.of(values) for name, values in counts.items()}


@contextmanager
def _counted() -> Iterator[Counter[str]]:
    """Count what is executed meanwhile."""
    done: Counter[str] = Counter()
    own = sqlite_rows._Rows.execute

    def execute(self: sqlite3.Connection, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:  # noqa: ANN401
        done[sql.partition(" WHERE ")[0][:60]] += 1
        return own(self, sql, parameters)  # type: ignore[arg-type]

    sqlite_rows._Rows.execute = execute  # type: ignore[method-assign]
    try:
        yield done
    finally:
        sqlite_rows._Rows.execute = own  # type: ignore[method-assign]


def _reads(connection: Connection, index: str, opened: HybridIndex) -> dict[str, Spread]:
    """Times of reading texts by their rows, out of the file and out of documents that have them."""
    _put_texts(connection, index, opened.folder)
    chance, count = random.Random(21), int(opened.facts["passages"])
    ones = [chance.randrange(count) for _ in range(_READS)]
    many = [[chance.randrange(count) for _ in range(_AT_ONCE)] for _ in range(_READS)]

    def get(row: int) -> object:
        return connection.get(f"/{index}/_doc/{row}")

    def mget(rows: list[int]) -> object:
        return connection.post(f"/{index}/_mget", {"ids": list(map(str, rows))})

    store = opened.store

    def read(rows: list[int]) -> object:
        return list(store.passage_texts(rows))

    found = {
        "one text from the file": [timed(partial(store.passage_text, row)) for row in ones],
        "20 texts from the file": [timed(partial(read, rows)) for rows in many],
        "one text from the cluster (get)": [timed(partial(get, row)) for row in ones],
        "20 texts from the cluster (mget)": [timed(partial(mget, rows)) for rows in many],
    }
    connection.delete(f"/{index}")
    return {name: Spread.of(values) for name, values in found.items()}


def _put_texts(connection: Connection, index: str, folder: Path) -> None:

    settings = {"number_of_shards": 3, "number_of_replicas": 1}
    fields = {"text": {"type": "keyword", "index": False, "doc_values": False}}
    connection.put(f"/{index}", {"settings": settings, "mappings": {"dynamic": "strict", "properties": fields}})
    actions = (
        ({"create": {"_id": str(row)}}, json.dumps({"text": text})) for row, text in enumerate(passage_texts(folder))
    )
    for _ in send(connection, index, actions):
        pass
    connection.post(f"/{index}/_refresh")


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of the files of a generation by their kinds."""
    sizes = dict.fromkeys(_KINDS, 0)
    for file in folder.iterdir():
        kind = next(name for name, beginnings in _KINDS.items() if file.name.startswith(beginnings))
        sizes[kind] += file.stat().st_size
    return sizes


def _fetched(connection: Connection, name: str, generation: str) -> float:
    """Bytes a second that come from the cluster, all checks included."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        begun = time.perf_counter()
        fetched = fetch_files(connection, name, generation, Path(folder), lambda _done, _total: None)
        seconds = time.perf_counter() - begun
        return sum(file.stat().st_size for file in fetched.iterdir()) / seconds
