"""Calls of every tool over the documents of an index, and the same calls in Python."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mcp_server.arguments import read_arguments
from mcp_server.tools import TOOLS
from operations.operations import Json, Operations
from operations.rendering import render
from operations.serving import Serving

_SEED = 20
_DRAFT = 'The rule is this. "{quote}" {citation}. A sentence beside it cites nothing.'
_LONG = 400
"""Characters of a quotation in a draft, at most."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call of a tool."""

    tool: str
    arguments: dict[str, Any]


def in_python(operations: Operations, call: Call) -> str:
    """The same call in Python: arguments read, operation run, result rendered; no protocol, no other process."""
    tool = next(one for one in TOOLS if one.name == call.tool)
    result: Json = tool.run(operations, read_arguments(tool.arguments, call.arguments))
    return render(result)


def answer_calls(index_dir: Path, connection: Connection) -> None:
    """Answer calls over a connection, in a process of its own, until it is sent None."""
    operations = Serving(index_dir).current()
    while call := connection.recv():
        connection.send(in_python(operations, call))


def calls_of(operations: Operations, questions: list[str], count: int) -> dict[str, list[Call]]:
    """So many different calls of each tool; those of ``compare`` repeat where fewer provisions moved."""
    chosen = random.Random(_SEED)
    index = operations.index
    sections = [
        section
        for document in index.documents
        for section in index.store.tree(document).sections
        if section.citation and section.end - section.start < 5_000  # noqa: PLR2004 - a provision, no title
    ]
    picked = chosen.sample(sections, min(len(sections), 3 * count))
    citations = [section.citation for section in picked if index.read(section.citation, listed=True).citations]
    moved = [entry.new for entry in index.crosswalk.entries] or citations
    passages = [str(section.span) for section in picked if section.end > section.start]

    def cycled(tool: str, name: str, values: list[str]) -> list[Call]:
        return [Call(tool, {name: values[at % len(values)]}) for at in range(count)]

    drafts = [
        _DRAFT.format(quote=" ".join(index.store.text(section.span).split())[:_LONG], citation=section.citation)
        for section in picked[:count]
    ]
    return {
        "search": cycled("search", "query", questions),
        "fetch": cycled("fetch", "id", passages),
        "ask": cycled("ask", "question", questions),
        "locate": cycled("locate", "citation", citations),
        "compare": cycled("compare", "citation", moved),
        "cited_by": cycled("cited_by", "citation", citations),
        "check": cycled("check", "text", drafts),
    }


def mixed(calls: dict[str, list[Call]], weights: dict[str, int], count: int) -> Iterator[Call]:
    """So many calls as an assistant may make them, by the weight of each tool."""
    order = [tool for tool, weight in weights.items() for _ in range(weight)]
    next_of: dict[str, Callable[[], int]] = {tool: iter(range(count)).__next__ for tool in calls}
    for at in range(count):
        tool = order[at % len(order)]
        yield calls[tool][next_of[tool]() % len(calls[tool])]
