"""The OpenAPI document: what it promises holds for real answers, and what schemathesis makes of it is served."""

import json
import sys
from pathlib import Path

import pytest
import schemathesis
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from schemathesis.engine import events, from_schema

from http_server.openapi import main
from http_server.problems import MEDIA_TYPE

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "openapi.json"
RULE = "8 CFR 214.202"
DRAFT = f'See {RULE}(a). "resident of the moon", 8 CFR 214.11(b).'


@pytest.fixture(scope="module")
def document():
    """The document as it lies in docs/."""
    return json.loads(DOCUMENT.read_text(encoding="utf-8"))


def test_the_document_in_docs_is_that_of_the_server(client):
    printed = CliRunner().invoke(main, [])
    assert printed.exit_code == 0
    assert client.get("/v1/openapi.json").text == printed.output
    said = "docs/openapi.json is old: python -m http_server.openapi --write docs/openapi.json"
    assert DOCUMENT.read_text(encoding="utf-8") == printed.output, said


def test_the_schemas_of_answers_are_those_of_the_page(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "docs"), *sys.path])
    import response_schemas  # noqa: PLC0415 - it lies beside the documents

    said = "http_server/response_schemas.json is old: python docs/response_schemas.py --write"
    assert response_schemas.FILE.read_text(encoding="utf-8") == response_schemas.text(), said


WORDS = [  # (type in the words of docs/json.md, schema, reason)
    ("string or null", {"anyOf": [{"type": "string"}, {"type": "null"}]}, "or nothing"),
    ("list of strings", {"type": "array", "items": {"type": "string"}}, "a list"),
    ("list of [Note of the editor](#x), or null", None, "a list of objects or nothing"),
    ('`"a"` or `"b"`', {"type": "string", "enum": ["a", "b"]}, "one of some words"),
    ('list of `"a"` or `"b"`', {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}, "several of them"),
    (
        "list of 2 numbers",
        {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
        "so many of them",
    ),
]


@pytest.mark.parametrize(("words", "schema", "reason"), WORDS, ids=[row[-1] for row in WORDS])
def test_types_in_words_become_schemas(monkeypatch, words, schema, reason):
    monkeypatch.setattr(sys, "path", [str(ROOT / "docs"), *sys.path])
    import response_schemas  # noqa: PLC0415 - it lies beside the documents

    if schema is None:
        items = {"$ref": "#/components/schemas/NoteOfTheEditor"}
        schema = {"anyOf": [{"type": "array", "items": items}, {"type": "null"}]}
    assert response_schemas.schema_of(words) == schema
    with pytest.raises(KeyError, match="no type that"):
        response_schemas.schema_of("string of pearls")


def test_every_reference_of_the_document_leads_somewhere(document):
    def references(value):
        if isinstance(value, dict):
            yield from ([value["$ref"]] if "$ref" in value else ())
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= known


REAL = [  # (method, path, body, status, reason)
    ("POST", "/v1/search", {"query": "T visa"}, 200, "words"),
    ("POST", "/v1/search", {"query": RULE, "id": "1"}, 200, "a citation"),
    ("POST", "/v1/search", {"query": "zebra"}, 200, "nothing"),
    ("POST", "/v1/ask", {"question": "Who may apply for a T visa?"}, 200, "a question"),
    ("POST", "/v1/ask", {"question": "How many zebras are there?"}, 200, "one that is declined"),
    ("POST", "/v1/locate", {"citation": f"{RULE}(a)"}, 200, "what is there"),
    ("POST", "/v1/locate", {"citation": "8 CFR 999.1"}, 200, "what is not"),
    ("POST", "/v1/compare", {"citation": RULE}, 200, "two texts"),
    ("POST", "/v1/compare", {"citation": "8 CFR 999.1"}, 200, "none"),
    ("POST", "/v1/cited-by", {"citation": RULE}, 200, "what cites it"),
    ("POST", "/v1/check", {"text": DRAFT}, 200, "a draft"),
    ("POST", "/v1/check", {"held": [{"span": "rule-now:0-20", "digest": "0" * 64}]}, 200, "a quotation"),
    ("POST", "/v1/check", {}, 400, "neither"),
    ("POST", "/v1/changes", {"documents": ["rule-old", "rule-now"]}, 200, "two documents"),
    ("POST", "/v1/changes", {"documents": ["rule-old", "x"]}, 400, "one that is not there"),
    ("POST", "/v1/search", {"query": "a", "only": ["x"]}, 400, "no such collection"),
    ("GET", "/v1/documents", None, 200, "all"),
    ("GET", "/v1/documents/rule-now", None, 200, "one"),
    ("GET", "/v1/documents/x", None, 404, "none"),
    ("GET", "/v1/documents/rule-now/sections", None, 200, "its sections"),
    ("GET", "/v1/texts/rule-now:0-20", None, 200, "a text"),
    ("GET", "/v1/texts/rule-now:0-20?as_of=2020-01-01", None, 200, "on a day"),
    ("GET", "/v1/texts/rule-now:0-999999", None, 404, "beyond the end"),
    ("GET", "/v1/provisions/rule-now:0-20", None, 200, "a provision"),
    ("GET", "/health", None, 200, "alive"),
    ("GET", "/ready", None, 200, "ready"),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "reason"), REAL, ids=[f"{row[1]} {row[-1]}" for row in REAL]
)
def test_real_answers_are_as_the_document_says(client, document, method, path, body, status, reason):
    response = client.request(method, path, **({} if body is None else {"json": body}))
    assert response.status_code == status, response.text
    route = path.partition("?")[0]
    for name, beginning in (("{document}", "/v1/documents/"), ("{span}", "/v1/texts/"), ("{span}", "/v1/provisions/")):
        if route.startswith(beginning):
            _, slash, rest = route.removeprefix(beginning).partition("/")
            route = f"{beginning}{name}{slash}{rest}"
    content = document["paths"][route][method.lower()]["responses"][str(status)]["content"]
    schema = content[response.headers["content-type"]]["schema"]
    Draft202012Validator(schema | {"components": document["components"]}).validate(response.json())
    if status == 200 and "properties" not in schema:
        listed = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]
        assert set(response.json()) == set(listed), "every field of an answer is described"
    assert (status >= 400) is (response.headers["content-type"] == MEDIA_TYPE)


SETTINGS = {
    "seed": 20,
    "generation": {"deterministic": True, "max-examples": 6, "mode": "all"},
    "checks": {
        # A request of the right form may name what these documents lack (400); of another form it is 422.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]},
        "negative_data_rejection": {"expected-statuses": ["400", "404", "405", "415", "422"]},
    },
}


def test_what_schemathesis_makes_of_the_document_is_served_as_it_says(make_app, tiny_operations):
    config = schemathesis.config.SchemathesisConfig.from_dict(SETTINGS)
    app = make_app(tiny_operations, opened=True)  # under the name and from the address that its client has
    described = schemathesis.openapi.from_asgi("/v1/openapi.json", app, config=config)
    failures, asked = [], 0
    for event in from_schema(described).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            failures.append(str(event.info))
        elif isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.interactions)
            found = (check for checks in event.recorder.checks.values() for check in checks if check.failure_info)
            failures += [
                f"{event.recorder.label}, {one.name}: {info.failure.message}\n{info.code_sample}"
                for one in found
                if (info := one.failure_info)
            ]
    assert not failures, "\n".join(failures)
    assert asked > 500, "each address was asked, in what is allowed and in what is not"
