"""A list of hits as CSL-JSON: data for citation processors. Written citations are ours."""

import json
from collections.abc import Sequence
from datetime import date

from collection.export.hit_lists.listed import Listed


def csl_of(entries: Sequence[Listed]) -> bytes:
    """The entries as a list of objects; what is unknown is left out."""
    return json.dumps([_item(entry) for entry in entries], ensure_ascii=False, indent=1).encode()


def _item(entry: Listed) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.key,
        "type": "legislation" if entry.law else "report",
        "title": entry.heading,
        "container-title": entry.container or entry.document,
        "collection-title": entry.document if entry.container else "",
        "volume": entry.volume,
        "section": entry.number or entry.citation,
        "page": entry.page,
        "publisher": entry.publisher,
        "issued": _date(entry.dated),
        "URL": entry.url,
        "abstract": entry.text,
        "note": ". ".join(part.rstrip(".") for part in _said(entry) if part) + ".",
    }
    return {name: value for name, value in item.items() if value}


def _said(entry: Listed) -> tuple[str, ...]:
    return entry.full_citation, entry.authority, f"{entry.status}, law as of {entry.as_of.isoformat()}", entry.note


def _date(day: date | None) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}
