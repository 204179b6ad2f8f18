"""Copies of one provision: which comes first on a day, by what is known of each."""

from datetime import date

import pytest

from citations.keys import citation_keys
from citations.parse import parse_citations
from index.documents.resolver import CitationResolver
from index.documents.store import DocumentStore
from pinpoint.records import Filters, Span
from pinpoint.stored import ParsedDocument, Passage, StoredDocument, StoredSection

CITED = parse_citations("8 CFR 1.1")[0]
PRINT = {2020: date(2020, 1, 1), 2024: date(2024, 1, 1)}


def copy(name, *, begin=None, end=None, current=None, pages=0):
    text = f"The text of {name}."
    document = StoredDocument(
        id=name, file=f"{name}.txt", title=name, publisher="", kind="regulation", collection="", cited_as="8 CFR",
        url="", licence="", sha256="", key=name, text=text, pages=pages, effective_from=begin, effective_to=end,
        current_to=current, printed=current is not None,
    )  # fmt: skip
    section = StoredSection(
        document_id=name, number=0, parent=-1, citation=str(CITED), keys=citation_keys(CITED), kind="provision",
        start=0, own_end=len(text), end=len(text), effective_from=begin, effective_to=end,
    )  # fmt: skip
    passage = Passage(span=Span(name, 0, len(text)), section=0, text=text, indexed_text=text)
    return ParsedDocument(document, (section,), (passage,))


OLD, NEW, UNDATED = copy("old", current=PRINT[2020]), copy("new", current=PRINT[2024]), copy("undated")
RULE = copy("rule", begin=date(2021, 5, 1), current=date(2023, 6, 1))
PAGED = copy("paged", current=PRINT[2024], pages=900)
ORDERS = [  # (held, day, first, reason)
    ((OLD, NEW), date(2026, 11, 1), "new", "today the newest edition"),
    ((OLD, NEW), date(2022, 1, 1), "old", "the later edition is not the law of that day"),
    ((OLD, NEW), date(2019, 1, 1), "old", "neither is of that day: the nearest, and the notes say so"),
    ((UNDATED, NEW), date(2026, 11, 1), "new", "one with a day before one without"),
    ((RULE, NEW), date(2026, 11, 1), "new", "a copy of 2024 is newer than one of 2023, whenever its text took effect"),
    ((RULE, NEW), date(2022, 1, 1), "rule", "in force on that day"),
    ((NEW, PAGED), date(2026, 11, 1), "paged", "of two alike, the one whose page can be shown"),
    (
        (copy("ended", end=date(2021, 1, 1), current=date(2020, 6, 1)), OLD),
        date(2022, 1, 1),
        "old",
        "what ended comes last",
    ),
]


@pytest.mark.parametrize(("held", "day", "first", "reason"), ORDERS)
def test_the_copy_that_tells_most_of_the_day_comes_first(write_tiny, held, day, first, reason):
    for documents in (held, held[::-1]):
        resolver = CitationResolver(DocumentStore(write_tiny(documents)))
        assert resolver.exactly(CITED, Filters(day))[0].document_id == first, reason
