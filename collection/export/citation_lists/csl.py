"""A list of citations as CSL-JSON: data for citation processors. Written citations are ours."""

import json
from collections.abc import Sequence

from collection.export.citation_lists.entries import CitedEntry
from collection.export.handout import NOTE


def csl_of(entries: Sequence[CitedEntry]) -> bytes:
    """The entries as a list of objects; what is unknown is left out."""
    return json.dumps([_item(entry) for entry in entries], ensure_ascii=False, indent=1).encode()


def _item(entry: CitedEntry) -> dict[str, object]:
    own = f"{NOTE}: {entry.own_note}" if entry.own_note else ""
    said = (*entry.remarks, entry.authority, own)
    item: dict[str, object] = {
        "id": entry.key,
        "type": "legislation" if entry.law else "report",
        "title": f"{entry.marked}{entry.heading}",
        "container-title": entry.container or entry.document,
        "collection-title": entry.document if entry.container else "",
        "volume": entry.volume,
        "section": entry.section or entry.citation,
        "page": entry.page,
        "publisher": entry.publisher,
        "issued": {"date-parts": [[entry.year]]} if entry.year else None,
        "URL": entry.url,
        "abstract": entry.text,
        "keyword": entry.under,
        "note": "".join(f"{part.rstrip('.')}. " for part in said if part).strip(),
    }
    return {name: value for name, value in item.items() if value}
