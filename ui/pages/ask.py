"""Ask: a question in, verified quotations with their sources out."""

from datetime import date
from functools import partial

import streamlit as st

from answer.records import Answer, Citation
from collection.citation_text import legal_form, with_quotation
from collection.export.citation_lists.bluebook import bluebook_form
from collection.export.citation_lists.lists import cited_spans
from index.search import HybridIndex
from pinpoint.errors import GenerationGone
from pinpoint.records import Scope
from pinpoint.text import escape, plural
from ui.components import clicks, frame
from ui.components.answer_export import draw_answer_export
from ui.components.citation_files import draw_citation_files
from ui.components.days import draw_law_as_of
from ui.components.examples import examples
from ui.components.library import first_run
from ui.components.page_panel import draw_page_view
from ui.components.scope_choice import COLUMNS, chosen_scope, draw_scope
from ui.components.tab import earlier, status
from ui.html.answers import evidence
from ui.html.answers.hits import results
from ui.html.answers.references import related
from ui.html.answers.statements import declined, notes, summary
from ui.html.answers.subjects import quotations, refused
from ui.html.answers.summary import arranged
from ui.html.documents.page_picture import has_pages
from ui.html.editor_notes import NotesHtml
from ui.html.text import label
from ui.state import resources, session, widgets

_LEAD = "Answers are quotations from the indexed documents, each with the place where it stands."
_QUESTION = "Question, citation or keywords"
_LONGEST = 4000  # characters of a question, a page of facts; set by hand; not measured
_CONTEXT, _PAGE = widgets.VIEWS
_ANSWER = "answer"
"""Id of the heading that takes the focus when an earlier question is shown again."""


def page() -> None:
    """Draw the page."""
    index, host = resources.open_index(), resources.sent_to()
    frame.heading("Ask", _LEAD)
    first_run.draw(index)
    widgets.start((widgets.QUESTION, widgets.LAW_AS_OF, widgets.VIEW, widgets.SCOPE))
    # The button that was clicked goes: the focus goes on at the answer.
    gone = earlier.follow_earlier(index) or bool(st.session_state.get("_example"))
    submitted = _form(index)
    frame.sending(host)
    if submitted:
        _ask(index)
    asked = session.last_asked(index)
    earlier.draw_earlier()
    if asked is not None:
        frame.personal(asked.question)
        with st.container(key="asked"):
            _draw(index, asked.answer, asked.scope)
        clicks.focus_on(_ANSWER, now=gone)
    else:
        _draw_examples(index)
        frame.focus(_QUESTION)


def _form(index: HybridIndex) -> bool:
    """Draw the form; whether it was sent, by Enter, button or example."""
    with st.form("ask", border=False):
        words, scope, day, button = st.columns(COLUMNS, vertical_alignment="bottom", gap="small")
        # Not a field of several lines: browsers store what stands in one, whatever it says of autocomplete.
        words.text_input(
            _QUESTION,
            key=widgets.QUESTION,
            max_chars=_LONGEST,
            persist_state="session",
            autocomplete="off",
            placeholder="For example: 8 CFR 214.202(c)(1), a question in your own words, or the facts of a case",
        )
        draw_scope(scope, index)
        draw_law_as_of(day, widgets.LAW_AS_OF)
        sent = button.form_submit_button("Ask", type="primary", width="stretch")
    return bool(st.session_state.pop("_example", False) or sent)


def _ask(index: HybridIndex) -> None:
    question = st.session_state[widgets.QUESTION].strip()
    if not question:
        frame.alert("Type a question, a citation or a few words first.")
        return
    resources.prepare(question)
    with st.spinner("Searching the documents and checking quotations…"):
        day, scope = st.session_state[widgets.LAW_AS_OF] or date.today(), chosen_scope(index)
        try:
            asked = session.ask(index, question, day, scope, writer=resources.new_writer())
        except GenerationGone:  # it left the cluster while this tab was quiet: the next one is asked at once
            if resources.open_after():
                st.session_state["_example"] = True
                st.rerun()
            raise
    status.announce(status.answer_status(asked.answer))


def _draw(index: HybridIndex, answer: Answer, scope: Scope) -> None:
    title = "What the documents say" if answer.status == "answered" else "Not answered"
    title = "Not decided" if answer.status == "declined" and answer.statements else title
    st.html(
        f'<h2 class="pp-question" id="{_ANSWER}" tabindex="-1"><span>{title}</span> {escape(answer.question)}</h2>'
        f"{notes(answer)}"
    )
    if answer.status == "declined":
        st.html(refused(answer) if answer.statements else declined(index, answer))
    if not answer.statements:
        _draw_search_instead(answer)
        draw_answer_export(index, answer, scope)
        _draw_found(index, answer, "Passages found")
        return
    found = evidence.by_section(answer.citations)
    with st.container(key="answer"):
        left, right = st.columns(2, gap="medium")
        with left:
            counted = escape(summary(index, answer, len(found)))
            st.html(
                f"{arranged(answer)}{quotations(index.documents, answer, NotesHtml(index))}"
                f"{related(answer.related, answer.as_of)}"
                f'{evidence.listed(index, found)}<p class="pp-fact">{counted}</p>'
            )
            if answer.status == "declined":
                _draw_search_instead(answer)
            draw_answer_export(index, answer, scope)
            _draw_found(index, answer, "Other passages found")
        with right, st.container(key="evidence", gap="small"):
            _draw_evidence(index, answer)


def _draw_search_instead(answer: Answer) -> None:
    if st.button("Search for these words instead"):
        session.search_next(answer.question, answer.as_of)
        frame.go("search")


def _draw_evidence(index: HybridIndex, answer: Answer) -> None:
    citation = _shown_citation(answer)
    session.show_marker(citation.marker)
    st.html(evidence.head(index, answer, citation))
    document = index.documents[citation.document_id]
    if has_pages(document) and _view() == _PAGE:
        draw_page_view(index, citation.document_id, citation.span.start, citation.span.end, key="ask")
    else:
        st.html(evidence.context(index, citation))
    st.html(evidence.tools(index, answer, citation))
    with st.expander("Citation in full"):  # all forms can be read before they are copied
        st.code(legal_form(citation), language=None, wrap_lines=True)
        st.code(bluebook_form(index, citation.source, document.publisher), language=None, wrap_lines=True)
        st.code(with_quotation(citation.quote, citation, document.url), language=None, wrap_lines=True)
        cited = partial(cited_spans, index, [citation.span], answer.as_of)
        draw_citation_files("citation", cited, key="cited")
    st.html(evidence.around(index, answer, citation))
    clicks.focus_on(evidence.EVIDENCE, now=bool(clicks.taken("show")))


def _shown_citation(answer: Answer) -> Citation:
    """The citation of the marker just clicked, else of the one shown before, else the first."""
    clicked = clicks.taken("show")
    marker = int(clicked) if clicked.isdigit() else session.shown_marker()
    return next((citation for citation in answer.citations if citation.marker == marker), answer.citations[0])


def _view() -> str:
    """Draw the choice between the text around a quotation and its page; what was chosen."""
    return str(
        st.segmented_control(
            "Show the quotation",
            (_CONTEXT, _PAGE),
            key=widgets.VIEW,
            required=True,
            persist_state="session",
            label_visibility="collapsed",
        )
    )


def _draw_found(index: HybridIndex, answer: Answer, title: str) -> None:
    cited = {citation.passage for citation in answer.citations}
    others = [hit for hit in answer.hits if hit.span not in cited]
    if others:
        listed = results(index, others, answer.question, answer.as_of)
        st.html(f'<details class="pp-found"><summary>{title} ({len(others)})</summary>{listed}</details>')


def _draw_examples(index: HybridIndex) -> None:
    if examples(index, index.folder.name).is_done:
        _draw_found_examples(index)
    else:
        _await_examples(index)
    st.html(f'<p class="pp-fact">{plural(len(index.documents), "document")} indexed. The Library lists them.</p>')


@st.fragment(run_every=2)
def _await_examples(index: HybridIndex) -> None:
    """Draw the examples that are found so far, again and again; the page itself once all are."""
    if examples(index, index.folder.name).is_done or "_example" in st.session_state:  # one was chosen here
        st.rerun()
    _draw_found_examples(index)


def _draw_found_examples(index: HybridIndex) -> None:
    questions = examples(index, index.folder.name).found
    if questions:
        with st.container(key="examples", gap=None):
            st.html('<h2 class="pp-small">These documents answer</h2>')
            for number, question in enumerate(questions):
                st.button(label(question), key=f"example-{number}", type="tertiary", on_click=_choose, args=(question,))


def _choose(question: str) -> None:
    st.session_state[widgets.QUESTION] = question[:_LONGEST]
    st.session_state["_example"] = True
