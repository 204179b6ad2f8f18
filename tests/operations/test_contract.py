"""The command, Python, HTTP and MCP give the same JSON, byte for byte but for the numbers in ``timings_ms``."""

import json
from pathlib import Path

import pytest

from benchmarks.contract import DAY, Asked, asked, differing, without_times
from operations.operations import Operations
from operations.rendering import render
from operations.requests import ChangesRequest, FetchRequest, ProvisionRequest
from pinpoint.commands import to_json

DATA = Path(__file__).resolve().parents[2] / "evaluation" / "data"
EVERY = asked(DATA, 104)
DRAFT = "See 8 CFR 214.11(b)(2).\n\n> (2) Physical presence. The alien is absent."
CITATIONS = (
    "8 CFR 214.11(b)(2)",
    "8 C.F.R. \u00a7 214.202 (c)",
    "8 CFR 214.202(z)",
    "8 CFR 999.1",
    "214.202",
)


def test_more_than_a_hundred_are_asked():
    assert len(EVERY) > 100
    assert sum(one.tool == "ask" for one in EVERY) > 50
    assert sum(one.tool == "search" for one in EVERY) > 30


@pytest.mark.parametrize("part", range(4))
def test_searches_and_answers_are_the_same_in_every_way(part, command, opened, http, tools):
    every = EVERY[part::4]
    given = dict(zip(every, tools(*((one.tool, one.arguments) for one in every)), strict=True))

    def by_command(one: Asked) -> str:
        return command(one.tool, "-", "--as-of", DAY, "--reranker", "none", typed=one.words)

    def by_python(one: Asked) -> str:
        result = (opened.search if one.tool == "search" else opened.ask)(one.words, as_of=DAY)
        return render(opened.to_json(result))

    def by_http(one: Asked) -> str:
        return _body(http.post(f"/v1/{one.tool}", json=one.arguments))

    ways = {"the command": by_command, "Python": by_python, "HTTP": by_http, "MCP": given.__getitem__}
    assert not (departures := differing(every, ways)), "\n".join(departures)


@pytest.mark.parametrize("citation", CITATIONS)
def test_a_citation_leads_to_the_same_in_every_way(citation, command, opened, http, tools):
    arguments = {"citation": citation, "as_of": DAY}
    texts = {
        command("locate", citation, "--as-of", DAY, code=int(citation == "8 CFR 999.1")),
        render(opened.to_json(opened.located(citation, as_of=DAY))),
        _body(http.post("/v1/locate", json=arguments)),
        *tools(("locate", arguments)),
    }
    assert len(texts) == 1


@pytest.mark.parametrize("citation", CITATIONS)
def test_what_is_said_of_a_provision_is_the_same_in_every_way(citation, operations, http, tools):
    body = {"citation": citation}
    for tool, address, own in (
        ("compare", "compare", operations.compare),
        ("cited_by", "cited-by", operations.cited_by),
    ):
        texts = {render(own(ProvisionRequest(citation=citation))), _body(http.post(f"/v1/{address}", json=body))}
        assert len({*texts, *tools((tool, body))}) == 1, tool


def test_the_commands_of_a_provision_print_the_list_in_these(command, operations):
    asked_of = ProvisionRequest(citation="8 CFR 214.11(b)(2)")
    assert json.loads(command("compare", asked_of.citation)) == operations.compare(asked_of)["comparisons"]
    assert json.loads(command("links", asked_of.citation)) == operations.cited_by(asked_of)["provisions"]


def test_a_draft_is_checked_alike_in_every_way(command, opened, http, tools):
    body = {"text": DRAFT, "as_of": DAY}
    texts = {
        command("check", "-", "--as-of", DAY, typed=DRAFT, code=1),
        render(opened.to_json(opened.check(DRAFT, as_of=DAY))),
        _body(http.post("/v1/check", json=body)),
        *tools(("check", body)),
    }
    assert len(texts) == 1


def test_documents_and_sections_are_the_same_in_every_way(command, operations, http):
    assert command("documents") == _body(http.get("/v1/documents"))
    document = next(iter(operations.index.documents))
    assert command("sections", document) == _body(http.get(f"/v1/documents/{document}/sections"))


def test_changes_are_the_same_in_every_way(command, operations, http):
    old, new = list(operations.index.documents)[:2]
    body = {"documents": [old, new]}
    own = render(operations.changes(ChangesRequest(documents=(old, new))))
    assert command("changes", "--documents", old, new) == own == _body(http.post("/v1/changes", json=body))


def test_a_text_is_fetched_alike_in_every_way(operations: Operations, http, tools):
    span = str(next(iter(operations.index.store.all_passages())).span)
    own = operations.fetch(FetchRequest(id=span))
    assert render(own) == _body(http.get(f"/v1/texts/{span}"))
    (tool,) = tools(("fetch", {"id": span}))
    assert json.loads(tool) == own | {"url": json.loads(tool)["url"]}, "MCP has an address where the document has none"


def test_only_the_numbers_of_the_times_are_set_aside():
    text = render(to_json({"timings_ms": {"search": 1.5}, "total": 3, "note": "timings_ms"}))
    assert without_times(text) == '{\n "timings_ms": {},\n "total": 3,\n "note": "timings_ms"\n}'


def test_the_contract_tells_what_differs():
    ways = {"one": lambda _: '{"total": 3}', "other": lambda _: '{"total": 4}'}
    assert differing([Asked("search", "x")], ways) == [
        "search: one and other differ at 10: '{\"total\": 3}' and '{\"total\": 4}'"
    ]


def _body(response) -> str:
    """The text of an answer of the HTTP API, without the line break at its end, as that of a command."""
    assert response.status_code == 200 and response.text.endswith("}\n"), response.text
    return response.text.removesuffix("\n")
