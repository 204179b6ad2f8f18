"""What the operations give: in words, with digests by which quotations are held later."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from operations.operations import Operations
from operations.rendering import render
from operations.requests import (
    AskRequest,
    CheckRequest,
    FetchRequest,
    Held,
    LocateRequest,
    ProvisionRequest,
    SearchRequest,
    parse_span,
)
from pinpoint.records import Span
from pinpoint.text import digest_of

DAY = date(2025, 1, 1)
LOCATED = [  # (citation, state, cited form of the first text, what is said, reason)
    ("8 CFR 214.202(c)", "found", "8 CFR 214.202(c)", "Found: 8 CFR 214.202(c)", "as it is cited"),
    ("8 C.F.R. § 214.202 (c)", "found", "8 CFR 214.202(c)", "Found: 8 CFR 214.202(c)", "another spelling"),
    ("214.202(c)", "found", "8 CFR 214.202(c)", "Found: 8 CFR 214.202(c)", "without its code"),
    ("8 CFR 214.11(b)(2)", "replaced", "8 CFR 214.11(b)(2)", "8 CFR 214.202(b)", "an old address"),
    ("8 CFR 214.202(z)", "above", "8 CFR 214.202", "8 CFR 214.202(z) is not there", "no such paragraph"),
    ("8 CFR 999.1", "absent", "", "8 CFR 999.1 is not in these documents", "no such section"),
    ("nix:0-4", "absent", "", "The span is of no document that is among these", "a span of no document"),
]


@pytest.mark.parametrize(("citation", "state", "section", "says", "reason"), LOCATED, ids=[r[-1] for r in LOCATED])
def test_a_citation_is_located(operations, citation, state, section, says, reason):
    found = operations.locate(LocateRequest(citation=citation, as_of=DAY))
    assert (found["state"], (found["found"] or [{"section": ""}])[0]["section"]) == (state, section), reason
    assert says in found["in_words"]
    for one in found["found"]:
        assert one["text"] == operations.index.store.text(parse_span(one["span"]))
        assert one["digest"] == hashlib.sha256(one["text"].encode()).hexdigest()
        assert one["editor_notes"] == []


def test_an_old_address_gives_its_text_and_what_holds_now(operations):
    old, new = operations.locate(LocateRequest(citation="8 CFR 214.11(b)(2)", as_of=DAY))["found"][:2]
    assert (old["status"], old["replaced_by"]) == ("ended", "8 CFR 214.202(b)")
    assert new["section"] == "8 CFR 214.202(b)" and new["note"].startswith("Holds since then")


def test_a_new_address_on_an_older_day_gives_what_stood_before(operations):
    found = operations.locate(LocateRequest(citation="8 CFR 214.202(b)", as_of=date(2023, 1, 1)))
    assert found["state"] == "not yet in force"
    assert "8 CFR 214.11(b)(2)" in [one["section"] for one in found["found"]]


def test_parts_are_named_where_a_paragraph_is_not_there(operations):
    found = operations.locate(LocateRequest(citation="8 CFR 214.202(z)", as_of=DAY))
    assert "8 CFR 214.202(c)" in found["nearest"]


def test_that_nothing_was_found_is_said(operations):
    found = operations.search(SearchRequest(query="zzqq AND yyxx"))
    assert found["hits"] == [] and found["in_words"].startswith("Nothing was found.")
    declined = operations.ask(AskRequest(question="Who won the chess olympiad in Reykjavik?"))
    assert declined["in_words"].startswith("Not answered.") and declined["reason"] in declined["in_words"]


def test_digests_are_those_of_the_documents(operations):
    answer = operations.ask(AskRequest(question="8 CFR 214.202(c)(1)", as_of=DAY))
    assert answer["citations"]
    for one in (*answer["citations"], *answer["hits"]):
        text = operations.index.store.text(parse_span(one["span"]))
        assert text == one.get("quote", one.get("text")) and one["digest"] == digest_of(text)


def test_what_is_held_is_unchanged_moved_changed_or_gone(operations):
    store = operations.index.store
    passages = store.all_passages()
    passage = next(one for one in passages if sum(other.text == one.text for other in passages) == 1)
    span, digest = passage.span, digest_of(passage.text)
    shifted = Span(span.document_id, span.start + 1, span.end + 1)
    elsewhere = next(name for name in operations.index.documents if name != span.document_id)
    held = (
        Held(span=span, digest=digest),
        Held(span=shifted, digest=digest),
        Held(span=Span(elsewhere, 0, len(passage.text)), digest=digest),
        Held(span=span, digest="0" * 64),
        Held(span=Span("nix", 0, 9), digest="0" * 64),
        Held(span=Span(span.document_id, 10**9, 10**9 + 9), digest="0" * 64),
    )
    result = operations.check(CheckRequest(held=held))
    states = [one["state"] for one in result["held"]]
    assert states == ["unchanged", "moved", "moved", "changed", "gone", "gone"]
    assert [one["now"] and one["now"]["span"] for one in result["held"]][:3] == [str(span)] * 3
    assert result["in_words"] == "6 quotations held: 1 unchanged, 2 moved, 1 changed, 2 gone."
    assert "another document" in result["held"][2]["sentence"]


def test_what_cites_a_provision_that_is_not_held_is_found(operations):
    targets = {link.target for name in operations.index.documents for link in _links(operations, name)}
    missing = next(one for one in sorted(targets) if not _held(operations, one) and one.startswith("8 CFR"))
    found = operations.cited_by(ProvisionRequest(citation=missing))
    assert f"{missing} is not in these documents." in found["in_words"]
    assert missing in [by["as"] for by in found["provisions"][0]["cited_by"]]


def test_a_comparison_has_both_texts_with_their_digests(operations):
    (found,) = operations.compare(ProvisionRequest(citation="8 CFR 214.11(b)(2)"))["comparisons"]
    assert (found["old"], found["new"]) == ("8 CFR 214.11(b)(2)", "8 CFR 214.202(b)")
    for pair in found["pairs"]:
        for side in filter(None, (pair["old"], pair["new"])):
            assert side["text"] == operations.index.store.text(parse_span(side["span"]))


def test_a_document_is_fetched_whole(operations):
    document = next(iter(operations.index.documents))
    fetched = operations.fetch(FetchRequest(id=document))
    whole = operations.index.store.section(document, 0).span
    assert (fetched["id"], fetched["text"]) == (str(whole), operations.index.store.text(whole))
    assert fetched["metadata"]["digest"] == digest_of(fetched["text"])


def test_fifty_threads_get_the_same(operations):
    queries = ["8 CFR 214.202(c)", "annual cap", '"physical presence"', "request AND law", "minor victim"] * 10

    def ask(query: str) -> str:
        return render(operations.search(SearchRequest(query=query, as_of=DAY)))

    alone = {query: ask(query) for query in queries[:5]}
    with ThreadPoolExecutor(max_workers=50) as pool:
        assert list(pool.map(ask, queries)) == [alone[query] for query in queries]


def test_a_number_that_json_has_not_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        render({"score": float("nan")})


def _links(operations: Operations, document: str):
    return operations.index.store.links(operations.index.store.section(document, 0).span)


def _held(operations: Operations, target: str) -> bool:
    return bool(operations.index.resolver.with_citation(target))
