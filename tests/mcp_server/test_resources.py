"""Resources and the prompt, by the client of the SDK in this process."""

import json
from typing import Any

import anyio
import pytest
from mcp import Client, MCPError

from mcp_server import resources
from mcp_server.results import document_address, section_address
from operations.limits import MOST_QUERY


@pytest.fixture
def asked(server):
    """``asked(METHOD, *ARGUMENTS)``: what a method of the client gives."""

    def ask(method: str, *arguments: Any, mode: str = "auto", **named: Any) -> Any:
        async def run() -> Any:
            async with Client(server, mode=mode) as client:
                try:
                    return await getattr(client, method)(*arguments, **named)
                except MCPError as error:  # raised below: what it passes through would wrap it
                    return error

        given = anyio.run(run)
        if isinstance(given, MCPError):
            raise given
        return given

    return ask


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_documents_and_sections_are_read(asked, operations, mode):
    listed = asked("list_resources", mode=mode).resources
    assert [one.name for one in listed] == [*operations.index.documents]
    document = json.loads(asked("read_resource", listed[0].uri, mode=mode).contents[0].text)
    assert document["document"]["id"] == listed[0].name
    section = document["sections"][1]
    read = json.loads(asked("read_resource", section_address(section["span"]), mode=mode).contents[0].text)
    assert read["metadata"]["section"] == section["section"]
    assert read["id"] == section["span"]
    templates = asked("list_resource_templates", mode=mode).resource_templates
    assert [one.uri_template for one in templates] == ["pinpoint://document/{id}{?from}", "pinpoint://section/{span}"]


def test_long_lists_come_in_parts(asked, operations, monkeypatch):
    monkeypatch.setattr(resources, "PER_PAGE", 2)
    monkeypatch.setattr(resources, "MOST_SECTIONS", 3)
    names, cursor = [], None
    while True:
        page = asked("list_resources", cursor=cursor)
        names += [one.name for one in page.resources]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert names == [*operations.index.documents]
    sections, address = [], document_address("rule-now")
    for _ in range(100):
        part = json.loads(asked("read_resource", address).contents[0].text)
        sections += part["sections"]
        _, mark, address = part["in_words"].partition("The next are at ")
        address = address.rstrip(".")
        if not mark:
            break
    assert [one["span"] for one in sections] == [
        str(section.span) for section in operations.index.store.tree("rule-now").sections
    ]


@pytest.mark.parametrize(
    ("uri", "reason"),
    [
        ("pinpoint://document/no-such-document", "no such document"),
        ("pinpoint://document/..%2F..%2Fetc%2Fpasswd", "no such document"),
        ("pinpoint://document/../../etc/passwd", "no resource"),
        ("pinpoint://document/", "no such document"),
        ("pinpoint://document/rule-now?as_of=2024-01-01", "from"),
        ("pinpoint://document/rule-now?from=-1", "number"),
        ("pinpoint://document/rule-now?from=1e3", "number"),
        ("pinpoint://document/rule-now?from=00", "number"),
        ("pinpoint://document/rule-now?from=1&from=2", "number"),
        ("pinpoint://document/rule-now?from=99999", r"has \d+ sections: \?from= takes"),
        ("pinpoint://document/rule-now#part", "no resource"),
        ("pinpoint://document/%FF", "no resource"),
        ("pinpoint://section/nonsense", "no document"),
        ("pinpoint://section/rule-now%3A0-99999999", "no span"),
        ("pinpoint://section/rule-now%3A5-5", "no span"),
        ("pinpoint://section/rule-now:0-5?x=1", "question mark"),
        ("pinpoint://other/rule-now", "no resource"),
        ("file:///etc/passwd", "no resource"),
        ("http://127.0.0.1/", "no resource"),
        ("pinpoint://section/" + "x" * 5_000, "characters"),
        ("pinpoint://[::1/x", "no resource"),
        ("", "no resource"),
    ],
)
def test_refuses_an_address_of_nothing(asked, uri, reason):
    with pytest.raises(MCPError, match=reason) as refused:
        asked("read_resource", uri)
    assert len(str(refused.value)) < 700


@pytest.mark.parametrize(
    ("method", "cursor"),
    [
        ("list_tools", "2"),
        ("list_resources", "x"),
        ("list_resources", "999"),
        ("list_prompts", "a"),
        ("list_resources", "²"),
    ],
)
def test_refuses_a_cursor_that_it_did_not_give(asked, method, cursor):
    with pytest.raises(MCPError):
        asked(method, cursor=cursor)


def test_the_prompt_binds_a_model_to_the_words(asked):
    (prompt,) = asked("list_prompts").prompts
    assert prompt.name == "quote_only"
    (message,) = asked("get_prompt", "quote_only").messages
    for demand in ("word for word", "citation", "do not answer", "with check", "declines"):
        assert demand in message.content.text, demand
    (message,) = asked("get_prompt", "quote_only", {"question": "What is an LEA?"}).messages
    assert message.content.text.endswith("The question:\n\nWhat is an LEA?")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("other", None), ("quote_only", {"query": "a"}), ("quote_only", {"question": "x" * (MOST_QUERY + 1)})],
)
def test_the_prompt_refuses_what_it_does_not_take(asked, name, arguments):
    with pytest.raises(MCPError):
        asked("get_prompt", name, arguments)
