"""Writes ``http_server/response_schemas.json``: the schemas of what the HTTP API answers, from ``json_fields.toml``.

    python docs/response_schemas.py            # print them
    python docs/response_schemas.py --write    # write them into http_server/response_schemas.json

They say what ``docs/json.md`` says, field by field and in the same words, for programs. A later version may add fields,
so that no object forbids others.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from json_fields import OBJECTS, Object, explained

FILE = Path(__file__).resolve().parents[1] / "http_server" / "response_schemas.json"
ANSWERED = (
    *("Search result", "Answer", "Located", "Comparisons of a provision", "Links of a provision", "Checked draft"),
    *("Changes", "Documents", "Sections of a document", "Fetched text"),
)
"""Objects that addresses answer with; those that these have in them follow."""
Schema = dict[str, Any]
_BY_NAME = {target.name: target for target in OBJECTS}
_PLAIN: dict[str, Schema] = {
    "string": {"type": "string"},
    "number": {"type": "number"},
    "true or false": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "object": {"type": "object"},
    "object of numbers": {"type": "object", "additionalProperties": {"type": "number"}},
    "null": {"type": "null"},
}
_LINK = re.compile(r"\[([^\]]+)\]\(#[^)]+\)")
_VALUE = re.compile(r'`"([^"]*)"`')
_COUNTED = re.compile(r"(\d+) (\w+)s")
_OR_NULL = re.compile(r",? or null$")


def schemas() -> dict[str, Schema]:
    """The schema of each object, by the name that ``schema_name`` gives it."""
    found: dict[str, Schema] = {}
    waiting = list(ANSWERED)
    while waiting:
        name = waiting.pop(0)
        if schema_name(name) not in found:
            found[schema_name(name)], named = _object(_BY_NAME[name])
            waiting += named
    return found


def schema_name(name: str) -> str:
    """The name of an object as programs write it: ``FindingOfADraft``."""
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"\w+", name))


def _object(target: Object) -> tuple[Schema, list[str]]:
    """The schema of an object, and the objects that it names."""
    named: list[str] = []
    properties: Schema = {}
    for field in target.fields:
        words, about = explained(target, field)
        properties[field] = schema_of(words) | {"description": about}
        named += _LINK.findall(words)
    title = {"type": "object", "title": target.name}
    return title | {"properties": properties, "required": list(target.fields)}, named


def schema_of(words: str) -> Schema:
    """The schema of a type in the words of docs/json.md.

    Raises:
        KeyError: Nothing is known of such words.
    """
    if words in _PLAIN:
        return dict(_PLAIN[words])
    if _OR_NULL.search(words):
        return {"anyOf": [schema_of(_OR_NULL.sub("", words)), {"type": "null"}]}
    if re.match(r"lists? of ", words):
        return {"type": "array"} | _members(words.partition(" of ")[2])
    if values := _VALUE.findall(words):
        return {"type": "string", "enum": values}
    if link := _LINK.fullmatch(words):
        return {"$ref": f"#/components/schemas/{schema_name(link.group(1))}"}
    message = f"{words!r} is no type that docs/response_schemas.py knows."
    raise KeyError(message)


def _members(words: str) -> Schema:
    """What the members of a list are, in words such as ``strings``, ``2 numbers`` or ``(string, number)``."""
    if words.startswith("("):
        each = [schema_of(one.strip()) for one in words.strip("()").split(",")]
        return {"prefixItems": each, "minItems": len(each), "maxItems": len(each)}
    if counted := _COUNTED.fullmatch(words):
        size = int(counted.group(1))
        return {"items": schema_of(counted.group(2)), "minItems": size, "maxItems": size}
    plural = words.removesuffix("s") in _PLAIN
    return {"items": schema_of(words.removesuffix("s") if plural else words)}


def text() -> str:
    """The file."""
    return json.dumps(schemas(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        FILE.write_text(text(), encoding="utf-8")
    else:
        sys.stdout.write(text())
