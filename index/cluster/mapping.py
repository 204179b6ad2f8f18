"""What a generation looks like in the cluster: names of its two indexes, fields of a passage, tokens of a term.

    NAME                       alias of the rows in use
    NAME-<generation>          rows: one document a passage, its id is the number of the row
    NAME-<generation>-files    the generation's own files, in chunks
    NAME-lock                  who writes

The cluster finds candidates; what they are worth is computed from the generation's own files. So a row has what a
passage is found by, and nothing to show. Its terms are written as the keys by which the term matrices of the generation
know them (``index.generations.keys``): both count the same, and the cluster's logs show no words of a question.
"""

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from index.generations.keys import Keys, key_of

FORM = 1
"""Version of what stands in a rows index; raise it when an older program could not read it."""
NEIGHBOURS, BREADTH = 32, 200
"""Links of a passage in the graph of vectors (``m``), and how many candidates for them are weighed when it is built
(``ef_construction``). Of 60,000 passages drawn from real ones (``python -m benchmarks cluster-growth``) a question with
an ``ef_search`` of 1,000 misses 0.1 % of the nearest 100 and none of the first ten; with 16 and 100, the engine's own
choice, 1 % and one in a hundred. The graph is not larger on the disk; a load takes a third longer."""
MOST_HITS = 20_000
"""Hits that one search may ask for (``index.max_result_window``): candidates are asked for by the thousand where
filters leave few of them."""
_GENERATION = r"\d{5,}-\d{8}-\d{6}-[0-9a-z_]+"
_ROWS = re.compile(_GENERATION)
_FILES = "-files"
_TOKEN = 11
"""Characters of a token: 64 bits in the 64 signs of base64url, without padding."""


def rows_index(name: str, generation: str) -> str:
    """Name of the index of a generation's rows."""
    return f"{name}-{generation}"


def files_index(name: str, generation: str) -> str:
    """Name of the index of a generation's files."""
    return f"{rows_index(name, generation)}{_FILES}"


def lock_index(name: str) -> str:
    """Name of the index in which stands who writes."""
    return f"{name}-lock"


def generation_of(index: str, name: str) -> str:
    """The generation whose rows or files an index holds; "" for an index that is not one of ``name``."""
    generation = index.removeprefix(f"{name}-").removesuffix(_FILES)
    return generation if index.startswith(f"{name}-") and _ROWS.fullmatch(generation) else ""


def is_generation_name(text: str) -> bool:
    """Whether a text has the form of a generation's name, so that it is safe as the name of a folder."""
    return _ROWS.fullmatch(text) is not None


def token(term: str) -> str:
    """How a term, or a bigram, is written in the fields ``terms`` and ``pairs``: 11 characters without blanks."""
    return _encoded(key_of(term).to_bytes(8, "little"))


def token_lines(keys: Keys, ends: Sequence[int]) -> list[str]:
    """Tokens of keys, joined by blanks, line by line.

    Args:
        keys: Of all lines one after the other, shape ``(n,)``.
        ends: Where each line ends, ascending.
    """
    raw = np.zeros((len(keys), 9), dtype=np.uint8)  # a ninth byte makes groups of twelve characters
    raw[:, :8] = keys.astype("<u8").view(np.uint8).reshape(-1, 8)
    signs = np.frombuffer(base64.urlsafe_b64encode(raw.tobytes()), dtype=np.uint8).reshape(-1, 12).copy()
    signs[:, _TOKEN] = ord(" ")
    text = signs.tobytes().decode("ascii")
    lines, begun = [], 0
    for end in ends:
        lines.append(text[begun * 12 : max(begun * 12, end * 12 - 1)])
        begun = end
    return lines


def body(*, facts: Mapping[str, Any], digest: str, name: str, shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping of the rows of a generation.

    Args:
        facts: Its ``generation.json``.
        digest: sha256 of that file.
        name: Of the generation.
        shards: Into how many parts the rows are divided.
        replicas: Copies of each part beside the first.
    """
    config = facts["config"]
    similarity = {"type": "BM25", "k1": config["k1"], "b": config["b"]}
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "refresh_interval": "-1",  # rows are written once, and refreshed when all are there
                "max_result_window": MOST_HITS,
                "knn": True,
                "similarity": {"passages": similarity},
                # A part that moves while it is loaded would be copied row by row from what a row stores, which is
                # nothing; so parts stay where they are until all rows are in files.
                "routing": {"rebalance": {"enable": "none"}},
            }
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"enabled": False, "recovery_source_enabled": False},
            "_meta": {
                "form": FORM,
                "generation": name,
                "sha256": digest,
                "format": facts["format"],
                "made": facts["made"],
                "documents": facts["documents"],
                "sections": facts["sections"],
                "passages": facts["passages"],
                "embedded": facts["embedded"],
                "analyzer": facts["analyzer"],
                "embedder": facts["embedder"],
                "embedder_digest": facts.get("embedder_digest", ""),
                "config": dict(config),
            },
            "properties": {
                "row": {"type": "integer"},
                "document": {"type": "integer"},
                "document_id": {"type": "keyword", "norms": False},
                "kind": {"type": "keyword", "norms": False},
                "collection": {"type": "keyword", "norms": False},
                "valid_from": {"type": "integer"},
                "valid_to": {"type": "integer"},
                "terms": _text(),
                "pairs": _text(),
                **_vector(int(facts["dim"])),
            },
        },
    }


def _text() -> dict[str, Any]:
    return {"type": "text", "analyzer": "whitespace", "similarity": "passages", "index_options": "freqs", "norms": True}


def _vector(dim: int) -> dict[str, Any]:
    """The field of vectors of a width; none for a generation without vectors."""
    if not dim:
        return {}
    method = {
        "name": "hnsw",
        "engine": "lucene",  # the one engine that needs no native libraries
        "space_type": "innerproduct",
        "parameters": {"m": NEIGHBOURS, "ef_construction": BREADTH},
    }
    # Exact scores come from the generation's own vectors: a second copy of the numbers beside the graph is not needed.
    return {"vector": {"type": "knn_vector", "dimension": dim, "method": method, "doc_values": False}}


def _encoded(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode("ascii").rstrip("=")
