"""The app as a whole, through Streamlit's own test runner, over the small corpus."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui.components.clicks
from answer.records import Answer, SummarySentence
from answer.summary.writer import ARRANGED
from index.generations.read import current_generation
from ingest.pipeline import IngestResult
from pinpoint.errors import AuditUnavailable
from pinpoint.text import escape
from tests.ui.driver import Click, button, go, new_app, shown
from ui.components import examples
from ui.html.answers import summary as arrangement
from ui.state import resources, widgets
from ui.state.answered import COUNT, Answered

HOSTILE = "<script>alert(1)</script> $x$ **bold** [link](javascript:alert(1))"
ELIGIBLE = "What must an applicant show to be eligible for T-1 nonimmigrant status?"
Open = Callable[..., AppTest]

pytestmark = pytest.mark.usefixtures("fresh_app")


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Click:
    clicks = Click()
    monkeypatch.setattr(ui.components.clicks, "_component", lambda: clicks.mounted)
    return clicks


@pytest.fixture
def open_app(tiny_index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """The app on its first page; of another index when one is named."""

    def run(index_dir: Path = tiny_index_dir) -> AppTest:
        monkeypatch.setenv("INDEX_DIR", str(index_dir))
        return new_app().run()

    return run


def ask(app: AppTest, question: str, as_of: date | None = None) -> str:
    app.text_input(key=widgets.QUESTION).set_value(question)
    if as_of:
        app.date_input(key=widgets.LAW_AS_OF).set_value(as_of)
    button(app, "Ask").click().run()
    return shown(app)


def search(app: AppTest, query: str) -> str:
    go(app, "search")
    app.text_input(key=widgets.QUERY).set_value(query)
    button(app, "Search").click().run()
    return shown(app)


def test_without_an_index_it_names_the_command(open_app: Open, tmp_path: Path) -> None:
    app = open_app(tmp_path / "none")
    assert "No index to search yet" in shown(app)
    assert app.code[0].value == f"pinpoint ingest corpus --index {tmp_path / 'none'}"


def test_a_damaged_index_is_reported(open_app: Open, tiny_index_dir: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_index_dir, tmp_path / "index"))
    (current_generation(folder) / "vectors.faiss").unlink()
    assert "missing or cut short" in shown(open_app(folder))


def test_an_empty_question_asks_for_one(open_app: Open) -> None:
    assert "Type a question" in ask(open_app(), "   ")


def test_examples_are_answered_and_can_be_asked(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """They were headings once, and the very documents that had them declined some."""
    made: list[Answered] = []

    def remembered(*given: object) -> Answered:
        made.append(Answered(*given))  # type: ignore[arg-type]
        return made[0]

    monkeypatch.setattr(examples, "Answered", remembered)
    app = open_app()
    made[0].wait(60)
    assert made[0].is_done and 0 < len(made[0].found) <= COUNT
    assert "These documents answer" in shown(app.run())
    for number, question in enumerate(made[0].found):
        again = open_app()
        again.button(key=f"example-{number}").click().run()
        assert 'class="pp-question"' in shown(again), question
        assert again.text_input(key=widgets.QUESTION).value == question
        assert "querySelector('#answer')" in shown(again, scripts=True), "its button is gone: focus goes to the answer"
        assert "querySelector('#answer')" not in shown(again.run(), scripts=True), "once"


def test_an_answer_quotes_the_list_with_a_pinpoint_for_each_item(open_app: Open) -> None:
    app = open_app()
    page = ask(app, ELIGIBLE)
    assert "What the documents say" in page
    assert "(a) Victim. The applicant is or has been a victim" in page
    for location in ("8 CFR 214.202", "8 CFR 214.202(a)", "8 CFR 214.202(c)(1)", "8 CFR 214.202(e)"):
        assert location in page
    assert "In force" in page and "Effective August 28, 2024" in page and "Regulation" in page
    assert "Evidence for quotation 1" in page and "<mark>An applicant is eligible" in page


def test_a_marker_shows_its_evidence(open_app: Open, click: Click) -> None:
    app = open_app()
    ask(app, ELIGIBLE)
    page = click(app, "show", "2")
    assert "Evidence for quotation 2" in page and "<mark>(a) Victim." in page
    assert "<mark>An applicant is eligible" not in page, "one quotation at a time"
    full = "8 CFR 214.202(a), 8 CFR Part 214 Subpart C: T Nonimmigrant Status (effective August 28, 2024)"
    assert [app.code[0].value, app.code[1].value] == [full, "8 C.F.R. \u00a7 214.202(a)"]
    assert (
        app.code[2].value == f"\u201c(a) Victim. {page.partition('<mark>(a) Victim. ')[2].partition('</mark>')[0]}"
        f"\u201d {full}."
    )
    assert "Back to quotation 2" in page and "Evidence 3" in page


def test_every_marker_has_evidence(open_app: Open, click: Click) -> None:
    app = open_app()
    page = ask(app, ELIGIBLE)
    markers = set(re.findall(r'data-pp="show" data-pp-value="(\d+)"', page))
    assert len(markers) > 3
    for marker in markers:
        page = click(app, "show", marker)
        assert f"Evidence for quotation {marker}" in page and f'id="quotation-{marker}"' in page


def test_another_question_begins_with_its_first_evidence(open_app: Open, click: Click) -> None:
    app = open_app()
    ask(app, ELIGIBLE)
    click(app, "show", "3")
    assert "Evidence for quotation 1" in ask(app, "8 CFR 214.202(d)")


def test_a_tab_that_is_loaded_again_finds_its_work(open_app: Open, click: Click) -> None:
    app, tab = open_app(), "0123456789abcdef" * 2
    click.arrive(tab)
    app.run()
    ask(app, ELIGIBLE)
    again, other = open_app(), open_app()
    assert ELIGIBLE not in shown(again)
    click.arrive(tab)
    assert ELIGIBLE in shown(again.run()) and again.text_input(key=widgets.QUESTION).value == ELIGIBLE
    click.arrive("f" * 32)
    assert ELIGIBLE not in shown(other.run())
    button(again, "Clear").click().run()
    last = open_app()
    click.arrive(tab)
    assert ELIGIBLE not in shown(last.run())


def test_a_refusal_says_why_and_what_was_searched(open_app: Open) -> None:
    app = open_app()
    page = ask(app, "Who is the current Under Secretary for Management?")
    assert "Not answered" in page and "What was searched" in page and "Nearest headings" in page
    assert "law as of" in page and "Passages found" in page
    assert 'class="pp-answer"' not in page
    elsewhere = ask(app, "Who is the Secretary of Agriculture?")
    assert "Not answered" in elsewhere and "Nearest headings" not in elsewhere, "no document mentions that name"


def test_a_verdict_is_left_to_the_officer(open_app: Open) -> None:
    assert "the decision stays with the officer" in ask(open_app(), "Does this applicant qualify for a T visa?")


def test_a_replaced_citation_shows_both_texts_and_their_status(open_app: Open) -> None:
    page = ask(open_app(), "8 C.F.R. § 214.11(b)(2)")
    assert "Not in force \u2013 replaced on August 28, 2024 by 8 CFR 214.202" in page
    assert "8 CFR 214.11(b)(2)" in page and ">8 CFR 214.202(b)</a>" in page


def test_the_date_decides_which_law_is_quoted(open_app: Open) -> None:
    page = ask(open_app(), "214.11(b)(3)", as_of=date(2024, 2, 10))
    assert "In force on February 10, 2024" in page


@pytest.mark.parametrize(
    ("query", "kind", "badge", "reason"),
    [
        ("8 CFR 214.202(c)(1)", "regulation", 'undated">In force from August 28, 2024; later changes unknown', "begun"),
        (
            "8 U.S.C. 1184(o)",
            "statute",
            'undated">No date recorded',
            "nothing is recorded, so it is not said to be law",
        ),
        ("homeland security review", "review", 'printed">As printed April 20, 2023; later changes not included', "old"),
    ],
)
def test_a_badge_says_what_is_known_and_up_to_which_day(open_app: Open, query, kind, badge, reason) -> None:
    app = open_app()
    search(app, query)
    app.pills(key=widgets.FACET_KEYS["kind"]).set_value([kind]).run()
    page = shown(app)
    assert f'class="pp-badge pp-{badge}</span>' in page, reason
    assert 'pp-badge pp-current">' not in page, "green is for what is certain"
    assert any("No date recorded" in one or "unknown" in one or "As printed" in one for one in _statuses(app))


def test_a_status_narrows_the_results(open_app: Open) -> None:
    app = open_app()
    search(app, "trafficking in persons")
    app.pills(key=widgets.FACET_KEYS["status"]).set_value(["no date recorded"]).run()
    page = shown(app)
    assert page.count("No date recorded</span>") == page.count('class="pp-hit"') > 0


def _statuses(app) -> list[str]:
    return list(app.pills(key=widgets.FACET_KEYS["status"]).options)


def test_search_shows_facets_with_counts_and_marks_words(open_app: Open) -> None:
    app = open_app()
    page = search(app, "reasonable requests for assistance")
    assert "<mark>request</mark>" in page or "<mark>requests</mark>" in page
    kinds = app.pills(key=widgets.FACET_KEYS["kind"]).options
    assert any("Regulation" in option for option in kinds)
    assert all(option[-1].isdigit() for option in kinds)


def test_a_result_says_how_much_it_cites_and_is_cited(open_app: Open) -> None:
    page = search(open_app(), "8 CFR 214.202(c)(1)")
    first = page.partition('class="pp-hit"')[2].partition("</article>")[0]
    assert "Cites 0, cited by 1" in first


def test_a_facet_narrows_the_results(open_app: Open) -> None:
    app = open_app()
    search(app, "trafficking in persons")
    app.pills(key=widgets.FACET_KEYS["kind"]).set_value(["statute"]).run()
    page = shown(app)
    assert page.count('<span class="pp-badge">Statute</span>') == page.count('class="pp-hit"') > 0


def test_sorting_by_authority_puts_the_statute_first(open_app: Open) -> None:
    app = open_app()
    search(app, "trafficking in persons")
    app.segmented_control(key=widgets.SORT).set_value("Authority").run()
    assert 'class="pp-badge">Statute' in shown(app).partition('class="pp-hit"')[2].partition("</article>")[0]


def test_text_not_in_force_appears_only_when_asked_for(open_app: Open) -> None:
    app = open_app()
    assert "Not in force" not in search(app, "alien eligible T-1")
    app.toggle(key=widgets.ANY_DATE).set_value(True).run()
    assert "Not in force" in shown(app)


def test_results_come_ten_a_page(open_app: Open) -> None:
    app = open_app()
    assert search(app, "trafficking").count('class="pp-hit"') == 10
    app.pagination[0].set_value(2).run()
    assert 'start="11"' in shown(app)


def test_nothing_found_is_said(open_app: Open) -> None:
    app = open_app()
    search(app, "trafficking interpreter")
    app.pills(key=widgets.FACET_KEYS["kind"]).set_value(["statute"])
    app.pills(key=widgets.FACET_KEYS["collection"]).set_value(["Training"]).run()
    assert "Nothing matches" in shown(app)


def test_the_library_lists_documents_warnings_and_the_generation(open_app: Open, tiny_index_dir: Path) -> None:
    app = open_app()
    go(app, "library")
    page = shown(app)
    assert "Quadrennial Homeland Security Review" in page and "scans/broken.pdf" in page
    assert current_generation(tiny_index_dir).name in page


def test_work_is_retained_when_the_page_changes(open_app: Open) -> None:
    app = open_app()
    ask(app, ELIGIBLE)
    search(app, "hardship")
    go(app, "")
    assert "(d) Hardship." in shown(app)
    assert app.text_input(key=widgets.QUESTION).value == ELIGIBLE


def test_clear_forgets_everything(open_app: Open) -> None:
    app = open_app()
    ask(app, ELIGIBLE)
    button(app, "Clear").click().run()
    assert ELIGIBLE not in shown(app)
    assert app.text_input(key=widgets.QUESTION).value == ""
    assert not {"_asked", "_found", "_searched"} & set(app.session_state)


def test_a_new_generation_is_picked_up(
    open_app: Open, tiny_corpus: Path, tmp_path: Path, run_ingest: Callable[..., IngestResult]
) -> None:
    run_ingest(tiny_corpus, tmp_path / "index")
    app = open_app(tmp_path / "index")
    ask(app, ELIGIBLE)
    rule = tiny_corpus / "rules" / "8cfr-214-subpart-c.md"
    rule.write_text(rule.read_text(encoding="utf-8").replace("*Hardship.*", "*Great hardship.*"), encoding="utf-8")
    run_ingest(tiny_corpus, tmp_path / "index")
    app.run()
    assert "(d) Great hardship." in shown(app)


@pytest.fixture(scope="session")
def hostile_index(
    pristine_corpus: Path, run_ingest: Callable[..., IngestResult], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """An index of documents that try to be markup in title, publisher, heading and text."""
    corpus = tmp_path_factory.mktemp("hostile") / "corpus"
    corpus.mkdir()
    text = f"{HOSTILE} Eligibility\n\nThe quetzal rule applies to every applicant: {HOSTILE} ends here.\n"
    (corpus / "bad.txt").write_text(text, encoding="utf-8")
    (corpus / "manifest.toml").write_text(
        f"[[document]]\nid = 'bad'\nfile = 'bad.txt'\ntitle = '{HOSTILE}'\npublisher = '{HOSTILE}'\n"
        f"kind = 'report'\ncollection = '{HOSTILE}'\nurl = 'javascript:alert(1)'\n",
        encoding="utf-8",
    )
    folder = corpus.parent / "index"
    run_ingest(corpus, folder)
    return folder


def test_hostile_text_is_inert_everywhere(open_app: Open, hostile_index: Path) -> None:
    app = open_app(hostile_index)
    pages = [ask(app, "quetzal rule applies to every applicant"), search(app, "quetzal rule")]
    labels = [option for group in app.pills for option in group.options]
    go(app, "library")
    pages.append(shown(app))
    for page in pages:
        assert escape(HOSTILE) in page
        assert "<script>alert" not in page and 'href="javascript' not in page
    assert any("script" in label for label in labels)
    for label in labels:
        assert "$x$" not in label and "**bold**" not in label and "[link](" not in label
    assert not app.markdown


def test_a_historical_citation_shows_where_it_stands_now_and_what_changed(open_app):
    page = ask(open_app(), "8 CFR 214.11(b)(2)")
    assert "replaced on August 28, 2024 by 8 CFR 214.202(b)" in page
    assert "Compare with 8 CFR 214.202(b), in force since August 28, 2024" in page
    assert "<del>alien</del>" in page and "<ins>applicant</ins>" in page
    assert "Struck through: only in the older text. Underlined: only in the newer text." in page, "said in words"


def test_an_answer_shows_what_it_refers_to_and_what_cites_it(open_app):
    page = ask(open_app(), "8 CFR 214.202")
    listed = page.partition("The quotations refer to")[2].partition("</section>")[0]
    assert re.search(r'href="browse\?document=rule-now&amp;section=8\+CFR\+214\.206[^"]*" data-pp="open"', listed)
    assert ">8 CFR 214.206</a> Victim of a severe form of trafficking" in listed, "named once"
    assert "cited by 1" in page and "3 USCIS-PM B.2 fn 2" in page


def test_a_section_shows_its_footnotes_with_their_sentences(open_app):
    page = ask(open_app(), "3 USCIS-PM B.2(B)(1)")
    assert "1 footnote" in page and "Minors are exempt from this requirement." in page


class _Writer:
    """A language model that quotes, adds a sentence of its own, and writes markup."""

    host = "llm.example"

    def complete(self, messages):
        quotations = json.loads(messages[1]["content"])["quotations"]
        whole = quotations[0]["text"].split(". ", 1)[1].rstrip(".")
        written = [f"“{whole}”.", f"<b>{whole}</b>"]
        return json.dumps({"sentences": [{"text": text, "markers": [1]} for text in written]})


JURISDICTION = "Who has jurisdiction over applications?"


def test_what_a_language_model_arranged_is_labelled_and_stands_above_the_quotations(open_app, monkeypatch):
    monkeypatch.setattr(resources, "new_writer", _Writer)
    app = open_app()
    assert "sent to llm.example" in shown(app), "said before anything is asked"
    page = ask(app, JURISDICTION)
    positions = [page.index(words) for words in (ARRANGED, "“USCIS has sole", "<blockquote>(a) Jurisdiction.")]
    assert positions == sorted(positions)
    assert "1 sentence did not pass and was removed." in page and "<b>USCIS" not in page
    assert "to llm.example.</footer>" in page and "on this machine" not in page


def test_hostile_words_of_a_language_model_are_inert():
    answer = Answer(None, "", "answered", "", (), (), (), summary=(SummarySentence(HOSTILE, (1,)),))
    assert escape(HOSTILE) in arrangement.arranged(answer) and "<script" not in arrangement.arranged(answer)


def test_without_a_language_model_nothing_speaks_of_one(open_app):
    page = ask(open_app(), JURISDICTION)
    assert "language model" not in page and "on this machine.</footer>" in page


def test_a_mistake_in_the_settings_of_a_language_model_is_said_at_once(open_app, monkeypatch):
    monkeypatch.setenv("PINPOINT_LLM_URL", "nowhere")
    assert "PINPOINT_LLM_MODEL is not set" in shown(open_app())


def test_a_page_that_cannot_answer_has_one_heading_of_the_first_level(
    open_app: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AuditUnavailable("The audit log cannot be written.")

    app = open_app()
    monkeypatch.setattr("ui.server.accounts.record_answer", refuse)
    page = ask(app, ELIGIBLE)
    assert "<h2>Pinpoint cannot answer</h2>" in page and "The audit log cannot be written." in page
    assert page.count("<h1>") == 1 and "<h1>Ask</h1>" in page
