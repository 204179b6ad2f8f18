"""The Collection and Quiz pages, through Streamlit's own test runner."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from streamlit.testing.v1 import AppTest

from collection.excerpts import make_excerpt
from collection.export.formats import LIST_FORMATS
from collection.export.word import word_of
from collection.files import read_collection, write_collection
from collection.records import Collection
from index.documents.span_names import span_name
from pinpoint.records import Span
from pinpoint.text import escape
from tests.ui.driver import go, new_app, press, shown
from ui.components import collection_steps
from ui.pages import collection as collection_page
from ui.state import session

HOSTILE = "<script>alert(1)</script> $x$ **bold** [link](javascript:alert(1))"
WORDS = ("(a) Victim.", "(b) Physical presence.", "(d) Hardship.")

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture(scope="module")
def three(tiny_index):
    """Three elements, the first two under one heading."""
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    starts = [text.index(words) for words in WORDS]
    cut = [make_excerpt(tiny_index, Span("rule-now", start, text.index("\n", start)), date.today()) for start in starts]
    return Collection(
        "The elements",
        tuple(replace(one, heading=heading) for one, heading in zip(cut, ("Who", "Who", "Harm"), strict=True)),
    )


@pytest.fixture
def open_page(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """``open_page(name, collection)``: a page of the app in a session that has collected something."""
    monkeypatch.setenv("INDEX_DIR", str(tiny_index_dir))

    def run(name: str, collection: Collection | None = None) -> AppTest:
        app = new_app()
        if collection is not None:
            app.session_state[session.COLLECTION] = collection
        return go(app.run(), name)

    return run


def collection_of(app: AppTest) -> Collection:
    return app.session_state[session.COLLECTION]


def field(app: AppTest, kind: str, label: str):
    return next(found for found in getattr(app, kind) if found.label == label)


def test_without_excerpts_it_explains_how_to_collect(open_page):
    page = shown(open_page("collection"))
    assert "Nothing is collected yet" in page and "Collect</span>" in page and "Open a collection file" in page


def test_it_shows_quotations_under_their_headings(open_page, three):
    page = shown(open_page("collection", three))
    order = ["<h2>Who</h2>", "1. 8 CFR 214.202(a)", "2. 8 CFR 214.202(b)", "<h2>Harm</h2>", "3. 8 CFR 214.202(d)"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert escape(three.excerpts[2].text) in page and page.count("Reads as saved") == 3
    assert "3 excerpts, checked against the 7 documents in use. All of them stand there" in page
    hardship = three.excerpts[2]
    assert f"passage={span_name(hardship.start, hardship.text)}" in page and "section=8+CFR+214.202%28d%29" in page


def test_moving_keeps_the_focus_and_says_what_moved(open_page, three):
    app = open_page("collection", three)
    press(app, "Move 2 up")
    assert [one.section for one in collection_of(app).excerpts][:2] == ["8 CFR 214.202(b)", "8 CFR 214.202(a)"]
    assert app.session_state["_said"][0] == "Moved 8 CFR 214.202(b) up: 1 of 2."
    first = collection_of(app).excerpts[0].key
    assert f"const keys = ['up-{first}', 'down-{first}'" in shown(app, scripts=True)
    press(app, "Move \u201cHarm\u201d up")
    assert [one.heading for one in collection_of(app).excerpts] == ["Harm", "Who", "Who"]


def test_a_removal_can_be_taken_back(open_page, three):
    app = open_page("collection", three)
    page = press(app, "Remove 2")
    assert len(collection_of(app).excerpts) == 2 and "Removed: 8 CFR 214.202(b)." in page
    press(app, "Undo")
    assert collection_of(app) == three
    for _ in three.excerpts:
        page = press(app, "Remove 1")
    assert "Nothing is collected yet" in page and "Removed: 8 CFR 214.202(d)." in page
    press(app, "Undo")
    assert [one.section for one in collection_of(app).excerpts] == ["8 CFR 214.202(d)"]


def test_notes_headings_and_the_title_are_retained_where_they_stand(open_page, three):
    """A heading reordered and renumbered the cards once, and put the focus on Remove."""
    app = open_page("collection", three)
    field(app, "text_area", "Trainer\u2019s note on 1").set_value("Ask the class.").run()
    field(app, "text_input", "Title of the collection").set_value("New title").run()
    field(app, "selectbox", "Heading of 1").set_value("Harm").run()
    page = shown(app, scripts=True)
    assert collection_of(app).title == "New title"
    assert [one.section for one in collection_of(app).excerpts] == [one.section for one in three.excerpts]
    headed = collection_of(app).excerpts[0]
    assert (headed.heading, headed.note) == ("Harm", "Ask the class.")
    order = ["<h2>Harm</h2>", "1. 8 CFR 214.202(a)", "<h2>Who</h2>", "2. 8 CFR 214.202(b)", "3. 8 CFR 214.202(d)"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert "const keys" not in page, "the focus stays where the user is"
    assert "stands under \u201cHarm\u201d now, at the same place" in app.session_state["_said"][0]


def test_cards_of_one_heading_are_brought_together_when_asked(open_page, three):
    app = open_page("collection", three)
    field(app, "selectbox", "Heading of 1").set_value("Harm").run()
    page = press(app, "Bring headings together")
    assert [one.section[-3:] for one in collection_of(app).excerpts] == ["(a)", "(d)", "(b)"]
    assert "Excerpts of one heading stand together now." in page
    assert "Bring headings together" not in [one.label for one in app.button]
    press(app, "Undo")
    assert [one.section[-3:] for one in collection_of(app).excerpts] == ["(a)", "(b)", "(d)"]


def test_several_removals_are_taken_back_one_by_one(open_page, three):
    app = open_page("collection", three)
    for _ in three.excerpts:
        press(app, "Remove 1")
    for left in (1, 2, 3):
        press(app, "Undo")
        assert len(collection_of(app).excerpts) == left
    assert collection_of(app) == three
    assert "Undo" not in [one.label for one in app.button]


def test_what_changed_is_flagged_with_the_difference_and_can_be_renewed(open_page, three):
    old = three.excerpts[2]
    words = old.text.replace("would suffer", "is likely to suffer")
    changed = replace(old, text=words, end=old.start + len(words), note="Mine")
    gone = replace(three.excerpts[0], document_id="none", section="Nowhere 1")
    app = open_page("collection", Collection("", (changed, gone)))
    page = shown(app)
    assert "2 excerpts do not read as saved" in page and "Reads differently now" in page and "Not found now" in page
    assert "<del>is likely to</del><ins>would</ins> suffer" in page
    press(app, "Replace 1 with the text of today")
    assert (collection_of(app).excerpts[0].text, collection_of(app).excerpts[0].note) == (old.text, "Mine")
    press(app, "Undo")
    assert collection_of(app).excerpts == (changed, gone), "the words that were saved are back"


def test_exports_contain_what_the_session_has_now(open_page, three, monkeypatch, tiny_index):
    monkeypatch.setattr(collection_page, "_SETTLING", 0)
    app = open_page("collection", three)
    assert [button.label for button in app.get("download_button")] == [
        "Word file",
        "Markdown file",
        "Web page",
        "Collection file",
        *(one.title for one in LIST_FORMATS),
    ]
    live = app.session_state[collection_steps._LIVE]
    field(app, "text_area", "Trainer\u2019s note on 1").set_value("Typed last.").run()
    assert read_collection(collection_page._saved(live)).excerpts[0].note == "Typed last."
    written = docx.Document(
        io.BytesIO(collection_page._exported(word_of, live, collection_page_changes(tiny_index, three), ("g", "d")))
    )
    assert "Trainer\u2019s note: Typed last." in [paragraph.text for paragraph in written.paragraphs]
    entries = collection_page._citations(tiny_index, live, collection_page_changes(tiny_index, three))
    assert [entry.text for entry in entries] == [one.text for one in three.excerpts]
    for one in LIST_FORMATS:
        assert (b"Typed last." in one.write(entries)) is (one.suffix != "txt"), one.title


def collection_page_changes(index, collection):
    return {one.key: collection_page.compare_excerpt(index, one, date.today()) for one in collection.excerpts}


def upload(app, content, how=None):
    app.file_uploader[0].set_value(("mine.pinpoint.json", content, "application/json"))
    if how:
        app.radio[0].set_value(how)
    return press(app, "Open the file")


def test_a_file_adds_or_replaces_and_says_so(open_page, three):
    noted = replace(three, title="Mine", excerpts=(replace(three.excerpts[0], note="From the file"),))
    app = open_page("collection")
    assert "Added 1 excerpt." in upload(app, write_collection(noted)) and collection_of(app) == noted
    page = upload(app, write_collection(three), "Add its excerpts to this collection")
    assert "Added 2 excerpts. 1 excerpt of the file were there already." in page
    assert collection_of(app).title == "Mine" and collection_of(app).excerpts[0].note == "From the file"
    page = upload(app, write_collection(three), "Replace this collection")
    assert "Opened in place of the collection before: 3 excerpts." in page and collection_of(app) == three
    assert field(app, "text_area", "Trainer\u2019s note on 1").value == "", "fields show what the file says"
    assert "The file replaced the collection before." in page
    press(app, "Undo")
    assert collection_of(app).title == "Mine" and collection_of(app).excerpts[0].note == "From the file"
    assert field(app, "text_area", "Trainer\u2019s note on 1").value == "From the file"


def test_an_invented_quotation_in_a_file_is_shown_as_a_claim(open_page, three):
    true = three.excerpts[0]
    words = "An applicant is always eligible."
    invented = replace(true, text=words, end=true.start + len(words), url="https://www.ecfr.gov/forged")
    forged = replace(
        three.excerpts[1], section="8 CFR 9.9", title="Forged", kind="statute", url="https://forged.example"
    )
    app = open_page("collection")
    page = upload(app, write_collection(Collection("", (invented, forged))))
    card = page.partition(words)[0].rpartition("<article")[2] + page.partition(words)[2].partition("</article>")[0]
    assert "Not verified: 8 CFR 214.202(a)" in card and "From a file, never verified here" in card
    for absent in (">Regulation<", "In force", "Official source", "https://", "<blockquote"):
        assert absent not in card, absent
    assert "1 excerpt comes from a file, never verified here" in page
    assert "forged.example" not in page and ">Statute<" not in page and "8 CFR 9.9, Forged is 8 CFR 214.202(b)" in page
    assert [one.checked for one in collection_of(app).excerpts] == [False, True]


def test_a_file_that_is_wrong_is_refused_and_nothing_is_lost(open_page, three):
    app = open_page("collection", three)
    page = upload(app, write_collection(three).replace(b'"page": null', b'"page": 0', 1))
    assert 'role="alert">Excerpt 1, page: 0 is no page' in page and collection_of(app) == three
    assert "Choose a file first" in press(open_page("collection"), "Open the file")


def test_hostile_text_is_inert_on_both_pages(open_page, three):
    told = replace(
        three.excerpts[0],
        text=HOSTILE,
        end=three.excerpts[0].start + len(HOSTILE),
        title=HOSTILE,
        section=HOSTILE,
        publisher=HOSTILE,
        url="javascript:alert(1)",
        heading=HOSTILE,
        note=HOSTILE,
        section_path=(HOSTILE,),
    )
    app = open_page("collection", Collection(HOSTILE, (told, three.excerpts[1])))
    press(app, "Move \u201cWho\u201d up")
    page = press(app, "Remove 1")
    for text in (page, shown(open_page("quiz", Collection(HOSTILE, (told,))))):
        assert "<script>alert" not in text and 'href="javascript' not in text
    assert escape(HOSTILE) in page
    for label in [button.label for button in app.button]:
        assert "$x$" not in label and "**bold**" not in label and "[link](" not in label
    assert not app.markdown


def test_a_quiz_of_a_document_goes_round(open_page):
    app = open_page("quiz")
    assert "Nothing is collected yet" in shown(app)
    app.selectbox[0].set_value("review").run()
    assert "Card 1 of 1" in shown(app) and "6. Combat crimes" not in shown(app)
    assert "6. Combat crimes" in press(app, "Show the answer")
    page = press(app, "Ask me again")
    assert "You knew 0 of 1 card." in page and "To look at again" in page
    press(app, "Again with 1 card")
    press(app, "Show the answer")
    page = press(app, "I knew it")
    assert "You knew 1 of 1 card." in page and "To look at again" not in page
    assert "Quiz to print (Web page)" in [button.label for button in app.get("download_button")]


def test_a_quiz_of_a_collection_asks_what_was_collected(open_page, tiny_index, three):
    text = tiny_index.store.text(Span("rule-now", 0, 10**6))
    start = text.index("An applicant is eligible for T-1")
    whole = make_excerpt(tiny_index, Span("rule-now", start, text.index("§ 214.204 Application.")), date.today())
    page = shown(open_page("quiz", Collection("Elements", (whole,))))
    assert "It has 5 parts." in page and "1 card from \u201cElements\u201d" in page
    assert "What you collected has no definition" in shown(open_page("quiz", three))
