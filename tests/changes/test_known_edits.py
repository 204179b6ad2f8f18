"""Known edits of a regulation, made at random: each is told, and nothing else; both ways round."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.changes.edited import cite, copied, edit, expected, store_of, tree_of
from benchmarks.changes.known_edits import EDITS
from changes.editions import compare_editions
from index.documents.store import DocumentStore
from index.generations.read import current_generation

FOREIGN = [
    "The director reads the annual summary aloud in the courtyard on the last Friday of the month.",
    "Nobody may paint the western gate without a permit of the harbour master of Cartagena.",
    "Twelve copper kettles are weighed each spring by the guild of tinsmiths in the old market.",
]
LINES = [f"({label}) {text}" for label, text in zip(
    "abcdefgh",
    (
        "Each officer shall keep a quetzal ledger for every referral received at the office.",
        "The ledger is closed after seven years and sent to the central archive in Toledo.",
        "A copy of the closed ledger is given to the applicant on request without any fee.",
        "The archive must answer a letter about a ledger within 30 days of its arrival there.",
        "An interpreter who helps to read a ledger may be paid by the hour from the small fund.",
        "Pages that water has damaged are photographed and dried before they are bound again.",
        "Every entry bears the date, the initials of the clerk and the number of the referral.",
        "The supervisor counts the ledgers of the office twice a year and signs the inventory.",
    ),
    strict=True,
)]  # fmt: skip
TEXT = (
    "# 8 CFR Part 299: Ledgers\n\n## \u00a7 299.1 Ledgers.\n\n"
    + "\n\n".join(LINES[:4])
    + (
        "\n\n## \u00a7 299.2 Archive.\n\n"
        + "\n\n".join(f"({label}) {line[4:]}" for label, line in zip("abcd", LINES[4:], strict=True))
    )
)
MANIFEST = '[[document]]\nid = "ledgers"\nfile = "l.md"\ntitle = "Ledgers"\nkind = "regulation"\ncited_as = "8 CFR"\n'


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory, run_ingest):
    folder = tmp_path_factory.mktemp("ledgers")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "l.md").write_text(TEXT, encoding="utf-8")
    (folder / "corpus" / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    run_ingest(folder / "corpus", folder / "index")
    return DocumentStore(current_generation(folder / "index"))


def said_of(change):
    found = {}
    for section in change.sections:
        two = (section.old.section if section.old else "", section.new.section if section.new else "")
        for kind in section.kinds:
            found.setdefault(kind, set()).add(two)
    return found


def filled(found):
    return {kind: twos for kind, twos in found.items() if twos}


@settings(max_examples=80)
@given(kinds=st.lists(st.sampled_from(EDITS), max_size=3), seed=st.integers(0, 10_000))
def test_edits_are_told_and_nothing_else(ledgers, kinds, seed):
    chance = random.Random(seed)
    old, new = tree_of(ledgers, "ledgers"), copied(tree_of(ledgers, "ledgers"))
    foreign = [*FOREIGN]
    for kind in kinds:
        edit(new, kind, chance, foreign)
    cite(old)
    cite(new)
    document = replace(ledgers.documents["ledgers"], text="", blocks=())
    before, after = store_of(document, old), store_of(document, new)
    truth = filled(expected(new, {section.citation for section in before.tree("ledgers").sections}))
    there = said_of(compare_editions(before, "ledgers", after, "ledgers"))
    assert there == truth
    back = said_of(compare_editions(after, "ledgers", before, "ledgers"))
    turned = {kind: {(new, old) for old, new in twos} for kind, twos in back.items()}
    names = {"added": "removed", "removed": "added"}
    assert {names.get(kind, kind): twos for kind, twos in turned.items()} == there


def test_a_document_against_itself(ledgers):
    change = compare_editions(ledgers, "ledgers", ledgers, "ledgers")
    assert not change.sections
    assert not change.facts
    assert change.unchanged == len(ledgers.tree("ledgers").sections)
