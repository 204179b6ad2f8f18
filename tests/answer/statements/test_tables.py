"""Parts of tables know their table, and what is folded of a long one is laid out under its head."""

from datetime import date

import pytest

from answer.assistant import Assistant
from answer.records import Quote
from answer.statements.layout import Table, laid_out
from answer.statements.order import SHOWN_WORDS
from answer.statements.tables import table_of
from index.search import load_index
from pinpoint.commands import to_json
from pinpoint.records import Filters, Span

DAY = date(2025, 1, 1)
LONG = "the seal is broken by an officer of the district who then writes its number into the record of the boiler"
ROWS = [f"grade{number} | {LONG}" for number in range(9)]
TEXT = """\
# Rule

## Fees

The following table shows the fee of a seal.

| Seal | Fee |
| --- | --- |
| brass | 40 crowns |

| Seal | Day |
| --- | --- |
| brass | Monday |

A word between them.

## Breaking

The following table shows how a seal is broken.

| Grade | Breaking |
| --- | --- |
""" + "".join(f"| {row} |\n" for row in ROWS)
PARTS = [  # (words, what they are, first words of the table, reason)
    ("Seal | Fee", "header", "Seal | Fee", "a header"),
    ("brass | 40 crowns", "row", "Seal | Fee", "a row"),
    ("crowns", "row", "Seal | Fee", "a part of a row"),
    ("brass | Monday", "row", "Seal | Day", "a row of the table behind"),
    ("The following table shows the fee of a seal.", "caption", "Seal | Fee", "what stands above a table"),
    ("A word between them.", "row", None, "no row at all"),
    ("A word between them.", "caption", None, "above no table"),
    ("brass | 40 crowns", "", None, "not quoted as part of a table"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory, run_ingest, fake_embedder):
    corpus, folder = tmp_path_factory.mktemp("seals"), tmp_path_factory.mktemp("seal-index") / "index"
    (corpus / "rule.md").write_text(TEXT, encoding="utf-8")
    run_ingest(corpus, folder)
    return load_index(folder, fake_embedder)


@pytest.mark.parametrize(("words", "part", "first", "reason"), PARTS, ids=[case[-1] for case in PARTS])
def test_a_part_of_a_table_knows_its_table(index, words, part, first, reason):
    (document,) = index.documents
    start = index.store.text(Span(document, 0, 10**6)).index(words)
    span = Span(document, start, start + len(words))
    found = table_of(index, Quote(span, span, table=part))
    assert (index.store.text(found).strip() if found else None) == first, reason


def test_the_rest_of_a_long_table_has_its_head_and_no_json_field_more(index):
    answer = Assistant(index).ask("What does the following table show of how a seal is broken?", filters=Filters(DAY))
    more = [statement for statement in answer.statements if statement.more and "grade" in statement.text]
    shown = [statement for statement in answer.statements if not statement.more]
    assert more and sum(len(statement.text.split()) for statement in shown) <= SHOWN_WORDS
    (table,) = [part for part in laid_out(more, answer.statements) if isinstance(part, Table) and part.rows[0] in more]
    assert [head.text for head in table.headers] == ["Grade | Breaking"] and table.again == table.headers
    assert len({citation.span for citation in answer.citations}) == len(answer.citations), "nothing is quoted twice"
    assert "of_table" not in to_json(answer)["statements"][0]
