"""Verify what a load has left in the cluster: counts, terms, vectors and files, against the generation itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.cluster.mapping import files_index, rows_index, token_lines
from index.cluster.stored import chunks
from index.cluster.stored.files import list_of_files
from index.cluster.stored.rows.row_lines import RowLines
from index.generations.lease import FACTS
from index.generations.passage_table import load_passage_table
from index.generations.read import generation_facts
from index.ranking.lexical import load_lexical
from index.ranking.vectors import load_vectors
from pinpoint.errors import DamagedGeneration
from pinpoint.files import file_sha256

if TYPE_CHECKING:
    from index.cluster.connection import Connection
    from index.cluster.network.whole import Line

_TERMS, _ROWS, _CHUNKS = 40, 40, 8
"""Terms of each field, passages and chunks that are compared. Set by hand: a wrong load is wrong in most of them."""
_LISTED = 1000
"""Chunks whose digests are asked for at once."""
_NEAREST = 10
_BREADTH = 1000
"""Candidates of the graph among which a passage has to be found by its own vector."""
_TOLERANCE = 1e-4
"""Between a score of Lucene, in float32, and its formula in float64."""
_SEED = 21


class Differs(DamagedGeneration):
    """What the cluster has is not what the generation has."""


def verify(connection: "Connection", name: str, folder: Path, rows: RowLines) -> None:
    """Compare a generation in the cluster with its folder.

    Raises:
        DamagedGeneration: Something differs; the message names what.
    """
    for difference in differences(connection, name, folder, rows):
        raise Differs(
            f"{folder.name} in the cluster is not the generation that was made: {difference}. It is not used, and was "
            "removed there. Ingest again."
        )


def differences(connection: "Connection", name: str, folder: Path, rows: RowLines) -> Iterator[str]:
    """What differs between a generation in the cluster and its folder, in plain words; nothing as a rule."""
    index = rows_index(name, folder.name)
    yield from _counts(connection, index, rows)
    random = np.random.default_rng(_SEED)
    for field, columns in (("terms", "lexical"), ("pairs", "bigrams")):
        yield from _frequencies(connection, index, folder, rows, (field, columns), random)
    yield from _samples(connection, index, folder, rows, random)
    yield from _files(connection, name, folder, random)


def _counts(connection: "Connection", index: str, rows: RowLines) -> Iterator[str]:
    found, count = connection.count(index), rows.count
    if found != count:
        yield f"{found:,} passages instead of {count:,}"
    vectors = rows.count_vectors()
    found = connection.count(index, {"exists": {"field": "vector"}})
    if found != vectors:
        yield f"{found:,} vectors instead of {vectors:,}"


def _frequencies(
    connection: "Connection",
    index: str,
    folder: Path,
    rows: RowLines,
    names: tuple[str, str],
    random: np.random.Generator,
) -> Iterator[str]:
    """Compare in how many passages sampled terms stand, and how long the passages are, as the cluster counts them."""
    field, columns = names
    lexical = load_lexical(folder, columns)
    if not len(lexical.keys):
        return
    sampled = np.unique(random.integers(len(lexical.keys), size=_TERMS))
    often = np.argsort(np.diff(lexical.starts))[-2:]
    positions = np.union1d(sampled, often)
    tokens = token_lines(lexical.keys[positions], list(range(1, len(positions) + 1)))
    lines: list[Line] = [({}, _counting(field, one)) for one in tokens]
    for position, answer in zip(positions.tolist(), connection.msearch(index, lines), strict=True):
        count = int(lexical.starts[position + 1] - lexical.starts[position])
        found = answer["hits"]["total"]["value"]
        if found != count:
            yield f"a term of {field} stands in {found:,} passages instead of {count:,}"
    yield from _lengths(connection, index, field, tokens[-1], rows.lengths(columns))


def _lengths(connection: "Connection", index: str, field: str, token: str, lengths: NDArray[np.int64]) -> Iterator[str]:
    """Compare how many passages have terms at all, and their mean length: the statistics of BM25."""
    body = {"size": 1, "explain": True, "query": {"term": {field: token}}, **_columns(["row"])}
    answer = connection.search(index, body, search_type="dfs_query_then_fetch")
    said = dict(_stated(answer["hits"]["hits"][0]["_explanation"])) if answer["hits"]["hits"] else {}
    stated = {"N": np.count_nonzero(lengths), "avgdl": lengths.sum() / max(1, np.count_nonzero(lengths))}
    for what, value in stated.items():
        if abs(said.get(what, 0) - value) > _TOLERANCE * value:
            yield f"{what} of {field} is {said.get(what)} instead of {value:g}"


def _stated(explanation: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """The numbers of an explanation by their names."""
    yield explanation["description"].partition(",")[0], float(explanation["value"])
    for part in explanation.get("details", ()):
        yield from _stated(part)


def _counting(field: str, token: str) -> dict[str, Any]:
    return {"size": 0, "track_total_hits": True, "query": {"term": {field: token}}}


def _samples(
    connection: "Connection", index: str, folder: Path, rows: RowLines, random: np.random.Generator
) -> Iterator[str]:
    """Look at what sampled passages have, and find each by its own vector."""
    if not rows.count:
        return
    sampled = np.unique(random.integers(rows.count, size=_ROWS))
    table = load_passage_table(folder)
    fields = ["row", "document", "valid_from", "valid_to"]
    body = {
        "size": len(sampled),
        "query": {"terms": {"row": sampled.tolist()}},
        **_columns(fields),
    }
    found = {hit["fields"]["row"][0]: hit["fields"] for hit in connection.search(index, body)["hits"]["hits"]}
    for row in sampled.tolist():
        stated = [row, *(int(column[row]) for column in (table.documents, table.valid_from, table.valid_to))]
        if [found.get(row, {}).get(field, [None])[0] for field in fields] != stated:
            yield f"passage {row} has other facts"
    vectors = folder / "vectors.faiss"
    if vectors.is_file():
        yield from _by_vector(connection, index, load_vectors(vectors).rows(sampled), sampled)


def _by_vector(
    connection: "Connection", index: str, vectors: NDArray[np.float32], sampled: NDArray[np.int64]
) -> Iterator[str]:
    """Ask of each sampled passage for its own vector: its score is their inner product, that of the generation."""
    lines: list[Line] = []
    there = vectors.any(axis=1)
    for row, vector in zip(sampled[there].tolist(), vectors[there], strict=True):
        nearest = {"vector": vector.tolist(), "k": _NEAREST, "filter": {"term": {"row": row}}}
        nearest["method_parameters"] = {"ef_search": _BREADTH}
        lines.append(({}, {"size": 1, "query": {"knn": {"vector": nearest}}, **_columns(["row"])}))
    answers = connection.msearch(index, lines) if lines else []
    for row, vector, answer in zip(sampled[there].tolist(), vectors[there], answers, strict=True):
        scores = [hit["_score"] for hit in answer["hits"]["hits"] if hit["fields"]["row"] == [row]]
        if not scores or abs(scores[0] - 1 - float(vector @ vector)) > _TOLERANCE:
            yield f"passage {row} has another vector"


def _columns(fields: list[str]) -> dict[str, Any]:
    """Have hits with some columns and nothing else."""
    return {"_source": False, "stored_fields": "_none_", "docvalue_fields": fields}


def _files(connection: "Connection", name: str, folder: Path, random: np.random.Generator) -> Iterator[str]:
    """Compare the list of files and the digest of every chunk, and read sampled chunks."""
    files = list_of_files(connection, name, folder.name)
    facts = generation_facts(folder)
    stated = {FACTS: file_sha256(folder / FACTS), **facts["sha256"]}
    if {file.name: file.sha256 for file in files} != stated:
        yield "the list of files names others"
        return
    wanted = {chunks.chunk_id(file.name, n): one for file in files for n, one in enumerate(file.chunks)}
    index, ids = files_index(name, folder.name), sorted(wanted)
    found = {}
    for start in range(0, len(ids), _LISTED):
        asked = {"ids": ids[start : start + _LISTED]}
        answer = connection.post(f"/{index}/_mget", asked, params={"_source_includes": "sha256"})
        found.update({one["_id"]: one.get("_source", {}).get("sha256") for one in answer["docs"]})
    for chunk in ids:
        if found.get(chunk) != wanted[chunk]:
            yield f"chunk {chunk} has another digest"
    sizes = {chunks.chunk_id(f.name, n): b - a for f in files for n in range(len(f.chunks)) for a, b in [f.span(n)]}
    for chunk in random.choice(ids, size=min(_CHUNKS, len(ids)), replace=False).tolist():
        document = connection.get(f"/{index}/_doc/{chunk}")["_source"]
        if chunks.opened(document, sizes[chunk], wanted[chunk]) is None:
            yield f"chunk {chunk} has other bytes"
