"""The page "Changes": two generations, two editions, limits, the collection of the tab, downloads."""

from datetime import date

import pytest

from collection.editing import add
from collection.excerpts import make_excerpt
from collection.records import Collection
from index.generations.read import current_generation
from index.generations.retention import prune_generations
from index.search import HybridIndex
from pinpoint.records import Span
from tests.ui.driver import go, new_app, press, shown
from ui.pages import changes
from ui.state import resources, session

A = "Each officer shall keep a quetzal ledger for every referral received at the office."
B = "The ledger is closed after seven years and sent to the central archive in Toledo."
MANIFEST = """[[document]]
id = "ledgers"
file = "l.md"
title = "Ledgers <b>"
kind = "regulation"
collection = "Rules"
cited_as = "8 CFR"

[[document]]
id = "memo"
file = "m.md"
title = "Memo"
kind = "memo"
collection = "Memos"
"""


def text(*paragraphs):
    lines = "\n\n".join(f"({label}) {one}" for label, one in zip("abcdef", paragraphs, strict=False))
    return f"# 8 CFR Part 299: Ledgers\n\n## \u00a7 299.1 Ledgers.\n\n{lines}\n"


@pytest.fixture
def app(tmp_path, monkeypatch, run_ingest, fresh_app):
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    (corpus / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    for number, word in (("seven", "first"), ("nine", "second")):
        (corpus / "l.md").write_text(text(A, B.replace("seven", number)), encoding="utf-8")
        (corpus / "m.md").write_text(f"# Memo\n\nThis is the {word} memo about the ledger.\n", encoding="utf-8")
        run_ingest(corpus, index)
    monkeypatch.setenv("INDEX_DIR", str(index))
    return go(new_app().run(), "changes")


def choose(app, label, value):
    next(one for one in app.selectbox if one.label == label).select(value).run()
    return shown(app)


def test_two_generations_are_compared_word_by_word(app):
    html = press(app, "Compare")
    assert "8 CFR 299.1(b)" in html
    assert "seven<span" in html
    assert "nine<span" in html
    assert "Ledgers &lt;b&gt;" in html
    assert "Documents: changed" in html
    assert [one.label for one in app.get("download_button")] == ["Word", "HTML", "JSON"]


@pytest.mark.parametrize(
    ("label", "value", "there", "not_there"),
    [
        ("Collection", "Memos", "memo about the ledger", "299.1(b)"),
        ("Kind of document", "regulation", "299.1(b)", "memo about the ledger"),
        ("Authority", "Memorandum", "memo about the ledger", "299.1(b)"),
        ("Kind of change", "Moved", "Only changes of the kind moved.", "299.1(b)"),
    ],
)
def test_limits(app, label, value, there, not_there):
    press(app, "Compare")
    html = choose(app, label, value)
    assert there in html
    assert not_there not in html


def test_two_editions_are_compared_by_default_in_one_generation(app, tmp_path):
    index = tmp_path / "index"
    prune_generations(index, {current_generation(index).name})
    go(app, "changes")
    assert "one generation" in shown(app)
    old = next(one for one in app.selectbox if one.label == "Old edition")
    assert "Ledgers <b> (ledgers)" in old.options, "a name in a list is no Markdown: its backslashes were shown"
    choose(app, "Old edition", "ledgers")
    choose(app, "New edition", "ledgers")
    assert "Nothing changed." in press(app, "Compare")
    choose(app, "New edition", "memo")
    assert "8 CFR 299.1" in press(app, "Compare")


def test_the_collection_of_the_tab_is_watched(app, tmp_path, fake_embedder, monkeypatch):
    assert "Nothing is collected in this tab" in press(app, "Compare")
    old = sorted(folder for folder in (tmp_path / "index").iterdir() if folder.name.startswith("0"))[0]
    index = HybridIndex(old, fake_embedder)
    start = index.store.text(index.store.tree("ledgers").root.span).index(B)
    excerpt = make_excerpt(index, Span("ledgers", start, start + len(B)), date(2026, 1, 1))
    app.session_state[session.COLLECTION] = add(Collection("Mine"), excerpt)
    html = press(app, "Compare")
    assert "Mine: 1 of 1 excerpt touched." in html
    with monkeypatch.context() as patched:
        patched.setattr(changes, "watch_collection", lambda *_: pytest.fail("a limit changes nothing of it"))
        assert "Mine: 1 of 1 excerpt touched." in choose(app, "Kind of change", "Moved")
    app.session_state[session.COLLECTION] = Collection("Other", (excerpt,))
    assert "Other: 1 of 1 excerpt touched." in shown(app.run()), "another collection is looked at anew"


READ_OLD, READ_NEW = "Read the old text: ", "Read the new text: "


def test_a_link_leads_to_the_text_in_use_and_none_to_another(app):
    """A link to the old text once opened the new one."""
    html = press(app, "Compare")
    assert 'data-pp="open"' in html
    assert "browse?document=ledgers&amp;section=8+CFR+299.1%28b%29" in html
    assert READ_NEW in html and READ_OLD not in html
    old, new = (next(one for one in app.selectbox if one.label == f"{age} generation") for age in ("Old", "New"))
    first, second = old.value, new.value
    old.select(second)
    new.select(first)
    html = press(app, "Compare")
    assert "nine<span" in html and READ_OLD in html and READ_NEW not in html


def test_both_editions_of_the_generation_in_use_can_be_read(app):
    app.radio(key="changes-way").set_value("Two editions of a document").run()
    choose(app, "Old edition", "memo")
    choose(app, "New edition", "ledgers")
    html = press(app, "Compare")
    assert READ_NEW in html and READ_OLD in html


def test_a_comparison_takes_no_place_in_the_queue_of_the_questions(app, monkeypatch):
    monkeypatch.setattr(resources, "queued", lambda *_, **__: pytest.fail("questions would wait behind it"))
    html = press(app, "Compare")
    assert "8 CFR 299.1(b)" in html
    assert "More sections" not in [one.label for one in app.button], "there is one page"
