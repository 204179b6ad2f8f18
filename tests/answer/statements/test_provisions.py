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


@pytest.fixture
def load(tmp_path, run_ingest, fake_embedder):
    """``load(one, two)``: the index of two documents with these texts."""

    def made(*texts):
        (tmp_path / "corpus").mkdir()
        for name, text in zip(("one", "two"), texts, strict=True):
            (tmp_path / "corpus" / f"{name}.md").write_text(f"# {name}\n\n## Valves\n\n{text}\n", encoding="utf-8")
        run_ingest(tmp_path / "corpus", tmp_path / "index")
        return load_index(tmp_path / "index", fake_embedder)

    return made


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
    assert [index.store.text(span) for span in quote.also_in] == [SAME], "its words, not the whole passage"


TWO = (
    "The operator of a boiler with two valves must file the yearly record of each with the office of its district "
    "within 30 days of the first heating. The office answers within 10 days of that, and may not ask for a fee."
)
TEXTS = [  # (words, words of the second document, how many documents are quoted, reason)
    ("file the", "file the", 1, "the same text"),
    ("its district", "the district", 1, "another word that requires nothing"),
    ("30 days", "60 days", 2, "another number"),
    ("10 days", "30 days", 2, "another number, be it one that the first text has too"),
    ("must file", "may not file", 2, "a ban instead of a duty, be it one that the text has elsewhere"),
    ("must file", "need not file", 2, "no duty instead of a duty"),
]


@pytest.mark.parametrize(("words", "others", "quoted", "reason"), TEXTS, ids=[row[-1] for row in TEXTS])
def test_two_provisions_are_quoted_where_they_differ(load, words, others, quoted, reason):
    index = load(TWO, TWO.replace(words, others))
    quotes = provision_quotes(index, [hit(index, name, "The operator", "a fee.") for name in ("one.md", "two.md")])
    assert len({quote.span.document_id for quote in quotes}) == quoted, reason
    assert sum(len(quote.also_in) for quote in quotes) == 2 - quoted, "a text that is not quoted is named"


def test_two_provisions_of_one_document_are_both_quoted(load):
    index = load(f"{TWO}\n\n## Again\n\n{TWO}", "Nothing.")
    first = hit(index, "one.md", "The operator", "a fee.")
    again = hit(index, "one.md", "Again", "a fee.")
    quotes = provision_quotes(index, [first, again])
    assert len({quote.passage for quote in quotes}) == 2 and not any(quote.also_in for quote in quotes)


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
