"""Which findings of a draft are touched."""

from datetime import date

import pytest

from changes.compare import compare_documents, compare_folders
from changes.watching.drafts import watch_draft
from drafts.reading.pasted import read_pasted
from drafts.records import STATES
from index.search import HybridIndex

A = "Each officer shall keep a quetzal ledger for every referral received at the office."
B = "The ledger is closed after seven years and sent to the central archive in Toledo."
MANIFEST = '[[document]]\nid = "ledgers"\nfile = "l.md"\ntitle = "Ledgers"\nkind = "regulation"\ncited_as = "8 CFR"\n'
DRAFT = f"\u201c{B}\u201d 8 CFR 299.1(b).\n\nSee also 8 CFR 299.1(a)."


def files(*paragraphs):
    lines = "\n\n".join(f"({label}) {one}" for label, one in zip("abcdef", paragraphs, strict=False))
    return {"l.md": f"# Ledgers\n\n## \u00a7 299.1 Ledgers.\n\n{lines}\n", "manifest.toml": MANIFEST}


@pytest.fixture
def watched(two_generations, fake_embedder):
    def run(new):
        folders = two_generations(files(A, B), files(*new))
        old, latest = (HybridIndex(folder, fake_embedder) for folder in folders)
        return watch_draft(read_pasted(DRAFT), compare_folders(*folders), old, latest, date(2026, 1, 1))

    return run


def test_a_quotation_whose_words_changed_is_touched_with_both_states(watched):
    found = watched((A, B.replace("seven", "nine")))
    quoted = next(one for one in found.touched if one.text == B)
    assert quoted.kinds == ("words",)
    assert (quoted.before, quoted.after) == (STATES["found"], STATES["differs"])
    assert ("removed", "seven") in quoted.words
    assert not [one for one in found.touched if "299.1(a)" in one.citation], "the other citation is not touched"


def test_a_draft_that_no_change_concerns_is_not_touched(watched):
    found = watched((A, B, "Something new is said here about the colour of the covers of ledgers."))
    assert not found.touched
    assert found.looked_at >= 3


def test_two_editions_of_one_generation(two_generations, fake_embedder):
    other = {**files(A, B), "n.md": files(A, B.replace("seven", "nine"))["l.md"]}
    other["manifest.toml"] += MANIFEST.replace('"ledgers"', '"newer"').replace("l.md", "n.md")
    _, folder = two_generations(files(A, B), other)
    changes = compare_documents(folder, "ledgers", folder, "newer")
    index = HybridIndex(folder, fake_embedder)
    found = watch_draft(read_pasted(DRAFT), changes, index, index, date(2026, 1, 1))
    assert any("299.1(b)" in one.citation and one.kinds == ("words",) for one in found.touched)
