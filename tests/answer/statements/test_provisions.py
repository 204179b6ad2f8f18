"""The text of cited provisions: without its heading, rows whole, and once where two documents have it."""

from datetime import date

import pytest

from answer.statements.provisions import provision_quotes
from index.search import load_index
from pinpoint.records import Span

DAY = date(2025, 1, 1)
SAME = "The operator of a boiler seals every valve of it before the first day of winter, and opens none until spring."
RULE = f"""\
# Rule

## Valves

{SAME}

## Fees

Fees of Seals

| Seal | Fee |
| --- | --- |
| brass | 40 crowns |
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory, run_ingest, fake_embedder):
    corpus, folder = tmp_path_factory.mktemp("valves"), tmp_path_factory.mktemp("valve-index") / "index"
    (corpus / "rule.md").write_text(RULE, encoding="utf-8")
    (corpus / "copy.md").write_text(f"# Copy\n\n## Valves\n\n{SAME}\n", encoding="utf-8")
    run_ingest(corpus, folder)
    return load_index(folder, fake_embedder)


def hit(index, name, begin, end):
    document = next(document_id for document_id, one in index.documents.items() if one.file == name)
    text = index.store.text(Span(document, 0, 10**6))
    start = text.index(begin)
    span = Span(document, start, text.index(end, start) + len(end))
    return index.hit(index.store.passage(span), 1, 0.0, DAY, "")


def test_a_heading_is_not_quoted_and_a_second_document_is_named(index):
    hits = [hit(index, name, "Valves", "spring.") for name in ("rule.md", "copy.md")]
    (quote,) = provision_quotes(index, hits)
    assert index.store.text(quote.span) == SAME and not quote.item
    assert [span.document_id for span in quote.also_in] == [hits[1].document_id]


def test_a_heading_alone_is_quoted(index):
    (quote,) = provision_quotes(index, [hit(index, "rule.md", "Valves", "Valves")])
    assert index.store.text(quote.span) == "Valves"


def test_a_table_has_its_parts(index):
    quotes = provision_quotes(index, [hit(index, "rule.md", "Fees of", "crowns")])
    assert [(quote.table, index.store.text(quote.span)) for quote in quotes] == [
        ("caption", "Fees of Seals"),
        ("header", "Seal | Fee"),
        ("row", "brass | 40 crowns"),
    ]
