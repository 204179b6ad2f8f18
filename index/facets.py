"""Facets: how many of the found passages carry each value of a field."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from index.ranking.citation_boost import Rows
from index.ranking.scores import Ranking
from index.records import Facet, year_of
from pinpoint.stored import StoredDocument

FACETS = ("kind", "collection", "publisher", "year", "status")


def facets_of(ranking: Ranking, rows: Rows, documents: Mapping[str, StoredDocument], as_of: date) -> tuple[Facet, ...]:
    """Counts over found passages, most first.

    Args:
        ranking: Tells in which document each row stands, and what is known of it on a day.
        rows: The passages.
        documents: By id.
        as_of: The day.
    """
    values: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for number, count in Counter(ranking.table.documents[rows].tolist()).items():
        document = documents[ranking.names[number]]
        for name in ("kind", "collection", "publisher"):
            values[name][getattr(document, name)] += count
        values["year"][year_of(document)] += count
    values["status"].update(ranking.statuses(rows, as_of))
    return tuple(Facet(name, tuple(sorted(values[name].items(), key=lambda p: (-p[1], p[0])))) for name in FACETS)
