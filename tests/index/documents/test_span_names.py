"""Words that a button or an address names: the same words are found again, others are never taken for them."""

import html
import re
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ui.components.clicks
from collection.excerpts import make_excerpt
from collection.records import Collection
from index.documents.span_names import NamedSpan, find_span, read_name, span_name
from index.search import load_index
from pinpoint.records import Span
from tests.ui.driver import go, new_app, press, shown
from ui.state import session

HARDSHIP = "(d) Hardship. The applicant would suffer extreme hardship"


class Texts:
    """The one document that is looked into."""

    def __init__(self, text):
        self._whole = text

    def section(self, document_id, number):
        return SimpleNamespace(span=Span(document_id, number, len(self._whole)))

    def text(self, span):
        return self._whole[span.start : span.end]


def found(named_in, words, looked_in, within=None):
    """Where words of one text are found in another, as the text found; None when they are not."""
    named = read_name(span_name(named_in.index(words), words))
    span = find_span(Texts(looked_in), "d", named, Span("d", *within) if within else None)
    return looked_in[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("before", "words", "after", "expected", "reason"),
    [
        ("One two three.", "two", "One two three.", "two", "nothing changed"),
        ("One two three.", "two", "Zero. One two three.", "two", "pushed along"),
        ("Zero. One two three.", "two", "One two three.", "two", "drawn nearer"),
        ("One two three.", "two", "One ten three.", None, "other words at the same place"),
        ("One two three.", "two", "x two, two", None, "at two other places: nobody can say which"),
        ("One two three.", "two", "One two and two", "two", "where it stood, whatever stands elsewhere"),
        ("One two three.", "two", "stwo-twofold", None, "within words only"),
        ("(see § 1.2(a))", "§ 1.2(a)", "x (see § 1.2(a))", "§ 1.2(a)", "a citation in brackets"),
        (
            "a\nlong line\n" * 400,
            "long line\n" + "a\nlong line\n" * 300,
            "x\n" + "a\nlong line\n" * 301 + "end",
            "long line\n" + "a\nlong line\n" * 300,
            "a long stretch, at the beginning of a line",
        ),
        ("One two", "two", "", None, "an empty document"),
    ],
)
def test_where_words_are_found(before, words, after, expected, reason):
    assert found(before, words, after) == expected, reason


@given(st.text(max_size=80), st.text(max_size=80), st.text(min_size=1, max_size=20), st.text(max_size=80))
def test_only_the_very_words_are_ever_found(before, after, words, other):
    text = found(before + words + after, words, other + words + after)
    assert text in (None, words)
    assert found(before + words + after, words, other) in (None, words)


@pytest.mark.parametrize(
    ("name", "read", "reason"),
    [
        ("120-340.0a1b2c3d4e5f", NamedSpan(120, 340, "0a1b2c3d4e5f"), "as it is written"),
        ("120-340", NamedSpan(120, 340, ""), "of before there were digests"),
        ("340-120.0a1b2c3d4e5f", None, "the end before the start"),
        ("5-5", None, "nothing"),
        ("120-340.0A1B2C3D4E5F", None, "in capitals"),
        ("120-340.0a1b", None, "a digest cut short"),
        ("-1-5", None, "before the beginning"),
        ("1-9999999999999", None, "more than any text"),
        ("\u0661-\u0669", None, "digits of another script"),
        ("", None, "empty"),
        ("1-2.0a1b2c3d4e5f\n", None, "a line end"),
    ],
)
def test_names_are_read(name, read, reason):
    assert read_name(name) == read, reason


def test_a_name_without_a_digest_finds_nothing():
    assert find_span(Texts("One two"), "d", NamedSpan(0, 3, "")) is None


class Drawn:
    """The app over a corpus that is read anew while a page is open."""

    def __init__(self, corpus, ingest, monkeypatch):
        self._corpus, self._ingest = corpus, ingest
        self._index_dir = corpus.parent / "index"
        self._click = None
        ingest(corpus, self._index_dir)
        monkeypatch.setenv("INDEX_DIR", str(self._index_dir))
        monkeypatch.setattr(ui.components.clicks, "_component", lambda: self._mounted)
        self.app = new_app().run()

    def _mounted(self, **_):
        click, self._click = self._click, None
        return SimpleNamespace(click=click, arrival=None)

    def open(self, name, **address):
        for key, value in address.items():
            self.app.query_params[key] = value
        return shown(go(self.app, name))

    def read_anew(self, *changes):
        rule = self._corpus / "rules" / "8cfr-214-subpart-c.md"
        text = rule.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        rule.write_text(text, encoding="utf-8")
        self._ingest(self._corpus, self._index_dir)

    def index(self, embedder):
        return load_index(self._index_dir, embedder)

    def click(self, action, value):
        self._click = {"action": action, "value": value}
        return shown(self.app.run())

    @property
    def excerpts(self):
        return (
            self.app.session_state[session.COLLECTION].excerpts if session.COLLECTION in self.app.session_state else ()
        )

    @property
    def said(self):
        return self.app.session_state["_said"][0]


@pytest.fixture
def drawn(fresh_app, tiny_corpus, run_ingest, monkeypatch):
    return Drawn(tiny_corpus, run_ingest, monkeypatch)


def collect_value(page):
    return html.unescape(
        re.search(
            r'data-pp="collect" data-pp-value="([^"]+)" aria-label="Collect from 8 CFR '
            r'214\.202\(d\)"',
            page,
        ).group(1)
    )


PUSHED = ("This subpart governs", "It begins with a sentence that is new. This subpart governs")
REWORDED = ("would suffer extreme hardship", "is likely to suffer extreme harm")


def test_collect_takes_the_words_that_were_shown_though_they_moved(drawn):
    page = drawn.open("browse", document="rule-now", section="8 CFR 214.202")
    drawn.read_anew(PUSHED)
    drawn.click("collect", collect_value(page))
    (excerpt,) = drawn.excerpts
    assert excerpt.text.startswith(HARDSHIP) and excerpt.section == "8 CFR 214.202(d)"
    assert "at another place of it now" in drawn.said


def test_collect_takes_nothing_when_the_words_changed(drawn):
    page = drawn.open("browse", document="rule-now", section="8 CFR 214.202")
    drawn.read_anew(PUSHED, REWORDED)
    now = drawn.click("collect", collect_value(page))
    assert drawn.excerpts == () and "Nothing was collected" in drawn.said
    assert "is likely to suffer extreme harm" in now, "the page shows what stands there now"


@pytest.mark.parametrize("value", ["rule-now:0-20", "rule-now:0-20.", "rule-now:x", "nowhere:0-5.0123456789ab"])
def test_a_button_that_does_not_say_its_words_collects_nothing(drawn, value):
    drawn.click("collect", value)
    assert drawn.excerpts == ()


def test_an_address_marks_the_words_it_was_made_for_or_nothing(drawn, fake_embedder):
    text = drawn.index(fake_embedder).store.text(Span("rule-now", 0, 10**6))
    start = text.index(HARDSHIP)
    link = {"document": "rule-now", "section": "8 CFR 214.202(d)", "passage": span_name(start, HARDSHIP)}
    assert '<mark id="passage" tabindex="-1">(d) Hardship.' in drawn.open("browse", **link)
    drawn.read_anew(PUSHED)
    page = drawn.open("browse", **link)
    assert '<mark id="passage" tabindex="-1">(d) Hardship.' in page and "marked where they stand now" in page
    drawn.read_anew(REWORDED)
    page = drawn.open("browse", **link)
    assert "<mark" not in page and "are not found in it. Nothing is marked." in page
    assert "is likely to suffer extreme harm" in page, "the section is shown all the same"


def test_the_text_of_today_is_the_text_that_was_shown(drawn, fake_embedder):
    index = drawn.index(fake_embedder)
    text = index.store.text(Span("rule-now", 0, 10**6))
    start = text.index(HARDSHIP)
    end = text.index("\n", start)
    excerpt = make_excerpt(index, Span("rule-now", start, end), date.today())
    drawn.app.session_state[session.COLLECTION] = Collection("", (excerpt,))
    drawn.read_anew(REWORDED)
    assert "Replace 1 with the text of today" in [button.label for button in buttons(drawn, "collection")]
    drawn.read_anew(PUSHED)
    press(drawn.app, "Replace 1 with the text of today")
    assert drawn.excerpts[0].text.startswith("(d) Hardship. The applicant is likely to suffer"), "moved, and found"
    drawn.app.session_state[session.COLLECTION] = Collection("", (excerpt,))
    buttons(drawn, "collection")
    drawn.read_anew(("is likely to suffer extreme harm", "will suffer"))
    press(drawn.app, "Replace 1 with the text of today")
    assert drawn.excerpts == (excerpt,) and "Nothing was collected" in drawn.said


def buttons(drawn, name):
    drawn.open(name)
    return drawn.app.button
