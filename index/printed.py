"""What the index finds as JSON values, and in words: one form for the commands and for every other way in."""

from collections.abc import Sequence
from typing import Any

from index.records import Hit, SearchResult
from index.search import HybridIndex
from pinpoint.commands import to_json
from pinpoint.records import Source
from pinpoint.text import pages, plural


def search_values(  # noqa: PLR0913 - what is printed beside the hits
    index: HybridIndex,
    result: SearchResult,
    notes: Sequence[Any],
    *,
    name: str | None = None,
    explain: bool = False,
) -> dict[str, Any]:
    """The result of a search.

    Args:
        index: What was searched.
        result: What it gave.
        notes: The notes of the editor beside each hit, as JSON values; None for each where none were read.
        name: The caller's own name for the query.
        explain: Say of each hit what brought it to its rank.
    """
    return {
        "id": name,
        "in_words": search_in_words(index, result),
        "query": result.query,
        "route": result.route,
        "reading": result.reading,
        "total": result.total,
        "counted": result.counted,
        "facets": {facet.name: dict(facet.counts) for facet in result.facets},
        "notes": list(result.notes),
        "hits": [hit_values(hit, beside, explain=explain) for hit, beside in zip(result.hits, notes, strict=True)],
        "scope": result.scope,
        "incomplete": index.incomplete.sentence if index.incomplete else "",
    }


def hit_values(hit: Hit, notes: Any, *, explain: bool = False) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """A hit, with the notes of the editor beside it."""
    return {**to_json(hit), "editor_notes": notes, **({"why": dict(hit.why)} if explain else {})}


def search_in_words(index: HybridIndex, result: SearchResult) -> str:
    """What a search found, in a sentence or two."""
    said = []
    if result.hits:
        given = f"{len(result.hits):,} of {result.total:,} {result.counted}" if result.counted else ""
        said.append(
            f"Found: {given or plural(len(result.hits), 'passage')}. First: {source_in_words(result.hits[0].source)}."
        )
    else:
        said.append("Nothing was found.")
    said += dict.fromkeys((*result.missing, *result.notes))
    said += [index.incomplete.sentence] if index.incomplete else []
    return " ".join(said)


def source_in_words(source: Source) -> str:
    """Where a text stands and what is known of it on the day: "8 CFR 214.202(c), Title, p. 3: In force"."""
    where = ", ".join(filter(None, (source.section, source.title, pages(source.page, source.page_label))))
    return f"{where}: {source.status_text}"
