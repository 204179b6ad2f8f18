"""Schemas of results: what a program, or the model itself, may rest on.

They name what every record carries; docs/json.md has all fields. Further fields may come, so none is refused. They are
written out without references to parts of themselves, which not every client follows, and are no longer than they must
be: a client checks every result by them, field by field.
"""

from typing import Any

Schema = dict[str, Any]
_TYPES: dict[str, Schema] = {
    "text": {"type": "string"},
    "text?": {"type": ["string", "null"]},
    "number": {"type": "integer"},
    "number?": {"type": ["integer", "null"]},
    "share": {"type": "number"},
    "flag": {"type": "boolean"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "records": {"type": "array", "items": {"type": "object"}},
    "record": {"type": "object"},
    "record?": {"type": ["object", "null"]},
}
_FACTS = {
    "section": "text",
    "title": "text",
    "page": "number?",
    "page_label": "text",
    "effective_from": "text?",
    "effective_to": "text?",
    "in_force": "flag",
    "status": "text",
    "status_text": "text",
}
"""What is known of where a text stands."""
_HELD = {"span": "text", "digest": "text"}
"""By what ``check`` holds a text later."""


def output_schema(tool: str) -> Schema:
    """The schema of the structured result of a tool.

    Raises:
        KeyError: There is no such tool.
    """
    return _SCHEMAS[tool]


def _record(about: str, fields: dict[str, str], **others: Schema) -> Schema:
    properties = {**{name: _TYPES[kind] for name, kind in fields.items()}, **others}
    return {"type": "object", "description": about, "properties": properties, "required": [*properties]}


def _list(about: str, items: Schema) -> Schema:
    return {"type": "array", "description": about, "items": items}


def _result(about: str, result: Schema, **beside: Schema) -> Schema:
    words = {"type": "string", "description": "What the result says, in a sentence or two."}
    properties = {"in_words": words, **beside, "result": result}
    return {"type": "object", "description": about, "properties": properties, "required": [*properties]}


_PROVISION = _record("A text of the documents, word for word.", {**_FACTS, **_HELD, "text": "text", "whole": "text"})
_COMPARED = _record(
    "A provision that moved.",
    {
        "old": "text",
        "new": "text",
        "effective": "text",
        "similarity": "share",
        "pairs": "records",
        "old_source": "record",
        "new_source": "record",
    },
)
_CITING = _record("A sentence that cites.", {**_FACTS, **_HELD, "text": "text", "as": "text"})
_SCHEMAS: dict[str, Schema] = {
    "search": _result(
        "Passages that were found.",
        _record(
            "The search.",
            {"query": "text", "route": "text", "total": "number", "notes": "texts", "scope": "text"},
            hits=_list(
                "Passages, best first.",
                _record("A passage, word for word.", {**_FACTS, **_HELD, "text": "text", "rank": "number"}),
            ),
        ),
        results=_list(
            "The same hits, one each, for clients that search and fetch.",
            _record("A hit: give its id to fetch.", {"id": "text", "title": "text", "url": "text"}),
        ),
    ),
    "fetch": _record(
        "A whole text, word for word.",
        {"id": "text", "title": "text", "text": "text", "url": "text"},
        metadata=_record(
            "Where it stands.",
            {"in_words": "text", **{name: kind for name, kind in _FACTS.items() if name != "title"}, **_HELD},
        ),
    ),
    "ask": _result(
        "An answer in quotations, or why there is none.",
        _record(
            "The answer.",
            {"question": "text", "reason": "text", "as_of": "text", "nearest": "texts", "notes": "texts"},
            status={"type": "string", "enum": ["answered", "declined"]},
            statements=_list(
                "Quotations, in order.",
                _record(
                    "A quotation, word for word, and the markers of its citations.",
                    {"text": "text"},
                    citations={"type": "array", "items": {"type": "integer"}},
                ),
            ),
            citations=_list(
                "Where the quotations stand, by marker.",
                _record("A citation.", {**_FACTS, **_HELD, "marker": "number", "quote": "text"}),
            ),
        ),
    ),
    "locate": _result(
        "What a citation names.",
        _record(
            "The texts that were found.",
            {"citation": "text", "as_of": "text", "state": "text", "notes": "texts", "nearest": "texts"},
            citations=_list(
                "Each citation by itself; one where one is named.",
                _record(
                    "A citation: its state, and the spans of its texts.",
                    {"in_words": "text", "citation": "text", "state": "text", "spans": "texts", "nearest": "texts"},
                ),
            ),
            found=_list("Texts, none where these documents lack it.", _PROVISION),
        ),
    ),
    "compare": _result(
        "The older and the newer text.",
        _record("The comparisons.", {"citation": "text"}, comparisons=_list("One for each move.", _COMPARED)),
    ),
    "cited_by": _result(
        "What cites a provision, and what it cites.",
        _record(
            "The citations.",
            {"citation": "text"},
            provisions=_list(
                "One for each text of the provision.",
                _record(
                    "A provision.",
                    {
                        "section": "text",
                        "document": "text",
                        "cites": "records",
                        "footnotes": "records",
                        "cited_by_count": "number",
                    },
                    cited_by=_list("The first sentences that cite it.", _CITING),
                    source={"type": ["object", "null"], "description": "Where it stands; null where it is not held."},
                ),
            ),
        ),
    ),
    "check": _result(
        "A draft, held against the documents.",
        _record(
            "The check.",
            {"as_of": "text", "generation": "text", "counts": "record"},
            findings=_list(
                "One for each citation and quotation of the draft.",
                _record("A finding.", {"kind": "text", "state": "text", "sentence": "text"}),
            ),
            held=_list(
                "What became of the quotations of earlier results.",
                _record(
                    "A quotation.",
                    {**_HELD, "sentence": "text", "section": "text", "now": "record?"},
                    state={"type": "string", "enum": ["unchanged", "moved", "changed", "gone"]},
                ),
            ),
        ),
    ),
}
