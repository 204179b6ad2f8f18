"""The contents of a code are its law: lists of contents, finding aids and tables of other titles are folded away."""

import re
from datetime import date

import pytest

from index.search import load_index
from ui.html.documents.contents import tree
from ui.html.documents.window import window_of

DAY = date(2025, 1, 1)
LONG = "An applicant must file the form with the agency before the day that the notice names. " * 60
CODE = f"""\
# Front Matter

This volume has the rules as of January 1.

# Table of Titles

Title 1, General Provisions. Title 2, Grants. Title 3, The President.

# Title 8

## Chapter I

Parts: 1 Filing. 2 Fees.

## Chapter I

### § 1.1 Filing.

(a) *Form.* {LONG}

(b) *Day.* {LONG}

### § 1.2 Fees.

(a) *Amount.* {LONG}

(b) *Waiver.* {LONG}

# Finding Aids

## List of sections affected

None in this year.
"""
MANIFEST = '[[document]]\nid = "code"\nfile = "code.md"\ntitle = "Code"\nkind = "regulation"\ncited_as = "8 CFR"\n'
FOLD = re.compile(r'<details class="pp-beside">.*?</details>', re.DOTALL)


@pytest.fixture(scope="module")
def code(tmp_path_factory, run_ingest, fake_embedder):
    """An index of one code with front matter, a table of titles, lists of contents and finding aids."""
    folder = tmp_path_factory.mktemp("code")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "code.md").write_text(CODE, encoding="utf-8")
    (folder / "corpus" / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    run_ingest(folder / "corpus", folder / "index")
    return load_index(folder / "index", fake_embedder)


def drawn(index, heading: str = "") -> str:
    contents = index.store.tree("code")
    chosen = next(s for s in contents.sections if s.heading == heading or (not heading and s.parent < 0))
    return tree(index, contents, chosen, DAY)


def names(html: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", link) for link in re.findall(r"<a [^>]*>(.*?)</a>", html)]


def test_the_contents_are_the_law(code):
    shown = names(FOLD.sub("", drawn(code)))
    assert shown[0] == "Title 8" and "Chapter I" in shown, shown
    assert not {"Front Matter", "Table of Titles", "Finding Aids", "List of sections affected"} & set(shown)


def test_a_part_that_is_the_only_one_is_open_at_once(code):
    assert "§ 1.1 Filing." in names(FOLD.sub("", drawn(code)))


def test_what_is_no_law_can_be_reached_folded(code):
    folds = FOLD.findall(drawn(code))
    assert ["Front Matter", "Table of Titles", "Finding Aids"] in [names(fold) for fold in folds]
    assert any("<summary>Lists, tables and front matter (3)</summary>" in fold for fold in folds)


def test_what_is_read_is_shown_in_the_contents_whatever_it_is(code):
    page = drawn(code, "Finding Aids")
    assert 'aria-current="true"' in FOLD.sub("", page)


def test_the_parts_of_the_document_are_the_law_too(code):
    contents = code.store.tree("code")
    parts = window_of(contents, code.store.blocks("code"), contents.root, None).parts
    assert [part.heading for part in parts] and not {"Front Matter", "Finding Aids"} & {part.heading for part in parts}


def test_a_document_that_is_no_code_lists_all_its_parts(tiny_index):
    contents = tiny_index.store.tree("manual")
    assert "pp-beside" not in tree(tiny_index, contents, contents.root, DAY)
