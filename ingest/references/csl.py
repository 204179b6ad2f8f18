"""CSL-JSON files: a list of objects, as reference managers export them."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from ingest.references.dates import csl_date
from ingest.references.records import Reference, kind_of_law
from pinpoint.errors import PinpointError

_KINDS = {
    "legislation": "statute", "regulation": "regulation", "legal_case": "precedent-decision", "report": "report",
    "standard": "guide", "hearing": "report",
}  # fmt: skip
_TEXTS = ("title", "type", "publisher", "URL", "file", "container-title")


def read_csl(text: str, file: str) -> tuple[Reference, ...]:
    """The references of a CSL-JSON text.

    Args:
        text: Without a byte order mark before it.
        file: Its name, for messages.

    Raises:
        PinpointError: It is no such list; the message names the record and the field.
    """
    try:
        read = json.loads(text)
    except RecursionError:
        _refuse(f"{file} is nested too deeply to be a list of references.")
    except ValueError as error:
        _refuse(f"{file} is not JSON ({error}).")
    items = read.get("items") if isinstance(read, dict) else read
    if not isinstance(items, list) or not items:
        _refuse(f"{file} is no list of references, or an empty one.")
    return tuple(_reference(number, item, file) for number, item in enumerate(items, start=1))


def _reference(number: int, item: object, file: str) -> Reference:
    where = f"{file}, record {number}"
    if not isinstance(item, dict):
        _refuse(f"{where} has to be an object, not {str(item):.40}.")
    texts = {name: _text(item, name, where) for name in _TEXTS}
    issued = item.get("issued") or {}
    if not isinstance(issued, dict):
        _refuse(f"{where}, issued: it has to be an object, not {str(issued):.40}.")
    date, day = csl_date(issued)
    kind = _KINDS.get(texts["type"], "")
    kind = kind_of_law(kind, texts["title"], texts["container-title"], texts["URL"])
    return Reference(
        number=number,
        title=texts["title"],
        kind=kind,
        publisher=texts["publisher"] or _institution(item),
        url=texts["URL"],
        files=(texts["file"],) if texts["file"] else (),
        dated=date,
        day=day,
    )


def _text(item: Mapping[str, Any], name: str, where: str) -> str:
    value = item.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        _refuse(f"{where}, {name}: it has to be a text, not {value!r:.40}.")
    return value.encode("utf-8", "replace").decode()  # half of a character becomes a question mark


def _institution(item: Mapping[str, Any]) -> str:
    """The only author, where it is written as one name."""
    authors = item.get("author")
    one = authors[0] if isinstance(authors, list) and len(authors) == 1 else None
    return str(one["literal"]) if isinstance(one, dict) and isinstance(one.get("literal"), str) else ""


def _refuse(fault: str) -> NoReturn:
    raise PinpointError(f"{fault} Export the list again as CSL-JSON; nothing was imported.")
