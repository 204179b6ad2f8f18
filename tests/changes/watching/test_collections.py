"""Which excerpts of a collection are touched."""

from dataclasses import replace
from datetime import date

import pytest

from changes.compare import compare_folders
from changes.watching.collections import watch_collection
from collection.editing import add
from collection.excerpts import make_excerpt
from collection.records import Collection
from index.documents.store import DocumentStore
from index.search import HybridIndex
from pinpoint.records import Span

A = "Each officer shall keep a quetzal ledger for every referral received at the office."
B = "The ledger is closed after seven years and sent to the central archive in Toledo."
MORE = "A clerk counts the pages of each ledger twice a year and signs the inventory of them."
MANIFEST = '[[document]]\nid = "ledgers"\nfile = "l.md"\ntitle = "Ledgers"\nkind = "regulation"\ncited_as = "8 CFR"\n'


def files(*paragraphs, facts=""):
    lines = "\n\n".join(f"({label}) {one}" for label, one in zip("abcdef", paragraphs, strict=False))
    text = f"# 8 CFR Part 299: Ledgers\n\n## \u00a7 299.1 Ledgers.\n\n{lines}\n"
    return {"l.md": text, "manifest.toml": MANIFEST + facts, "other.md": "# Other\n\nAnother text stands here.\n"}


CASES = [
    (files(A, B), files(A, B), A, None, "", "nothing changed"),
    (files(A, B), files(A, B.replace("seven", "nine")), A, None, "", "another section changed"),
    (files(A, B), files(A, B.replace("seven", "nine")), B, ("words",), "299.1(b) changed in words", "its words"),
    (files(A, B), files(MORE, A, B), B, ("moved",), "Its words stand as they were", "it was renumbered"),
    (files(A, B), files(A), B, ("removed",), "was removed", "its section went"),
    (
        files(f"{A} {B}"),
        files(f"{A.replace('every', 'each')} {B}"),
        B,
        ("words",),
        "Its words stand as they were; other words of the section changed",
        "the sentence before it changed",
    ),
    (
        files(A, B),
        files(A, B, facts="effective_to = 2025-01-01\n"),
        A,
        ("dates",),
        "no longer in force from: none before, January 1, 2025 now",
        "the dates of the whole document",
    ),
    (
        files(A, B),
        {"other.md": "# Other\n\nAnother text stands here.\n"},
        A,
        ("removed",),
        "no longer among",
        "the document went",
    ),
]


@pytest.mark.parametrize(("old", "new", "quoted", "kinds", "said", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_excerpts_that_are_touched(two_generations, fake_embedder, old, new, quoted, kinds, said, reason):
    folders = two_generations(old, {**new, "extra.md": "# Extra\n\nSo that there is another generation.\n"})
    index = HybridIndex(folders[0], fake_embedder)
    start = index.store.text(index.store.tree("ledgers").root.span).index(quoted)
    excerpt = make_excerpt(index, Span("ledgers", start, start + len(quoted)), date(2026, 1, 1))
    found = watch_collection(
        "mine.json", add(Collection(), excerpt), compare_folders(*folders), DocumentStore(folders[0])
    )
    assert found.looked_at == 1
    assert [one.kinds for one in found.touched] == ([kinds] if kinds else []), reason
    assert all(said in one.sentence for one in found.touched), found.touched


def test_what_a_file_claims_and_nobody_can_find_is_said(two_generations, fake_embedder):
    folders = two_generations(files(A, B), files(A, B.replace("seven", "nine")))
    index = HybridIndex(folders[0], fake_embedder)
    start = index.store.text(index.store.tree("ledgers").root.span).index(A)
    excerpt = make_excerpt(index, Span("ledgers", start, start + len(A)), date(2026, 1, 1))
    claimed = replace(excerpt, text="X" * len(A), checked=False)
    elsewhere = replace(excerpt, document_id="gone", checked=False)
    found = watch_collection(
        "mine.json",
        Collection("", (claimed, elsewhere)),
        compare_folders(*folders),
        DocumentStore(folders[0]),
    )
    assert not found.touched
    assert len(found.notes) == 2
    assert "is not in the old documents" in found.notes[0]
