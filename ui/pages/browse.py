"""Browse: a document with its contents, read section by section, on a day."""

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

import streamlit as st

from collection.citation_text import effective
from index.search import HybridIndex
from pinpoint.text import escape, plural
from ui.components import frame
from ui.components.addressed import named_passage, named_section
from ui.components.days import FIRST, FORMAT, LAST
from ui.components.page_panel import draw_page_view
from ui.html.answers.references import compared
from ui.html.documents.checklist import checklists, find_checklists
from ui.html.documents.contents import breadcrumb, found, tree
from ui.html.documents.defined_terms import definitions, listed_terms
from ui.html.documents.document_list import documents_listed, matching
from ui.html.documents.page_picture import has_pages
from ui.html.documents.section_text import section_text
from ui.html.documents.surroundings import aside, following, heading, steps
from ui.html.documents.versions import comparison_of, has_versions, standing
from ui.html.documents.view import View
from ui.html.documents.window import window_of
from ui.html.quiz_link import quiz_link
from ui.section_notes.shown import draw_all_notes, draw_section_notes
from ui.server import accounts
from ui.state import resources
from ui.state.navigation import Location, location_link, read_location

_LEAD = "Read the documents section by section."
_FILTER, _FIND, _DAY, _SHOW, _READ = "browse_filter", "browse_find", "browse_day", "browse_show", "_browse_read"
_TEXT, _CHECKLIST, _COMPARED = "Text", "Checklist", "Versions compared"
_PAGED = "browse_paged"
_SHORTEST = 12  # characters from which the own text of a section is looked for on its page; set by hand; not measured
_LONGEST = 200  # characters of a filter
_ARRIVE = """<script>(() => {
  let tries = 0;
  const timer = setInterval(() => {
    const text = document.querySelector('.st-key-browse-text .pp-reading');
    if (text) {
      const part = document.getElementById('passage') ?? document.getElementById('chosen');
      if (part) {
        part.scrollIntoView({ block: 'center' });
        part.focus({ preventScroll: true });
      } else {
        const top = document.querySelector('.st-key-browse');
        if (top && top.getBoundingClientRect().top < 0) top.scrollIntoView();
      }
      const entry = document.querySelector('.pp-tree [aria-current]');
      const side = entry?.closest('[data-testid="stColumn"]');
      if (side && side.scrollHeight > side.clientHeight) {
        const from = entry.getBoundingClientRect().top - side.getBoundingClientRect().top;
        if (from < 0 || from > side.clientHeight * 0.9) side.scrollTop += from - side.clientHeight / 3;
      }
    }
    if (text || ++tries >= 20) clearInterval(timer);
  }, 50);
})() /* %d */</script>"""


def page() -> None:
    """Draw the page."""
    index = resources.open_index()
    location, unread = read_location(st.query_params.to_dict())
    wrong = [escape(sentence) for sentence in unread]
    document = index.documents.get(location.document)
    if document is None:
        frame.heading("Browse", _LEAD)
        _draw_documents(index, location, wrong)
        return
    accounts.record_reading(index, document.id)
    dates = effective(document.effective_from, document.effective_to, document.current_to)
    frame.heading(document.title, " \u00b7 ".join(part for part in (document.publisher, dates) if part))
    contents = index.store.tree(document.id)
    passage = named_passage(index, contents, location, wrong)
    section = named_section(index, contents, location, passage, wrong)
    window = window_of(contents, index.store.blocks(document.id), section, passage)
    whole = ((section.start, section.end), (window.start, window.end))
    marked = passage if passage not in whole else None
    view = View(
        index=index,
        document=document,
        contents=contents,
        window=window,
        as_of=location.as_of or date.today(),
        passage=marked,
        site=_site(),
    )
    _draw(view, wrong)


def _draw(view: View, wrong: Sequence[str]) -> None:
    visit = _visit(view)
    _warn(wrong)
    with st.container(key="browse"):
        side, main = st.columns([3, 7], gap="medium")
        with side, st.container(key="browse-contents"):
            _draw_contents(view)
        with main, st.container(key="browse-text"):
            _draw_text(view)
    st.html(_ARRIVE % visit, unsafe_allow_javascript=True)


def _draw_contents(view: View) -> None:
    words = st.text_input(
        "Find in contents", key=_FIND, max_chars=_LONGEST, placeholder="A heading or citation", autocomplete="off"
    )
    if words.strip():
        st.html(found(view.index, view.contents, words.strip(), view.as_of))
    st.html(tree(view.index, view.contents, view.window.chosen, view.as_of))


def _draw_text(view: View) -> None:
    section = view.window.chosen
    defined = definitions(view.contents, view.window.top)
    lists = find_checklists(view)
    st.html(
        f"{breadcrumb(view.index, view.contents, view.window.top, view.as_of)}{heading(view)}{standing(view, section)}"
    )
    draw_section_notes(view)
    with st.container(horizontal=True, vertical_alignment="bottom", key="browse-controls"):
        st.date_input(
            "Law as of",
            key=_DAY,
            min_value=FIRST,
            max_value=LAST,
            format=FORMAT,
            on_change=_to_day,
            width=170,
        )
        offered = [_TEXT, *([_CHECKLIST] if lists else []), *([_COMPARED] if has_versions(view.index, section) else [])]
        shown = _show(offered)
        paged = has_pages(view.document) and st.toggle("Show the page", key=_PAGED)
    if paged:
        draw_page_view(view.index, view.document.id, *(view.passage or _own_words(view)), key="browse")
    if shown == _CHECKLIST and lists:
        st.html(f'<div class="pp-reading">{checklists(view, lists)}</div>{quiz_link(view)}')
    elif shown == _COMPARED:
        comparison = comparison_of(view.index, section)
        st.html(f'<div class="pp-reading">{compared(comparison) if comparison else ""}</div>')
    else:
        text = section_text(view, defined)
        st.html(f'{steps(view)}<article class="pp-reading">{text}{following(view)}</article>{steps(view, end=True)}')
    around = f"{aside(view)}{listed_terms(view, defined)}"
    if around:
        st.html(around)


def _own_words(view: View) -> tuple[int, int]:
    """The span to look for on the page: what the section itself says, or all of it where that is a mere number."""
    section = view.window.chosen
    own = view.text(section.start, section.own_end).rstrip()
    whole = own if len(own) > _SHORTEST else view.text(section.start, section.end).rstrip()
    return section.start, section.start + len(whole)


def _show(offered: Sequence[str]) -> str:
    """Draw the choice of how the text is shown, where there is one; the chosen way."""
    if st.session_state.get(_SHOW) not in offered:
        st.session_state[_SHOW] = offered[0]
    if len(offered) == 1:
        return offered[0]
    return st.segmented_control("Show", offered, key=_SHOW, required=True) or offered[0]


def _draw_documents(index: HybridIndex, location: Location, wrong: list[str]) -> None:
    documents = list(index.documents.values())
    if location.document:
        near = get_close_matches(location.document, list(index.documents), 1, 0.0)
        links = "".join(location_link(Location(name), escape(index.documents[name].title)) for name in near)
        wrong.append(f"There is no document \u201c{escape(location.document)}\u201d. The nearest is {links}.")
    _warn(wrong)
    words = st.text_input(
        "Filter documents",
        key=_FILTER,
        max_chars=_LONGEST,
        autocomplete="off",
        placeholder="Title, publisher or collection",
    )
    draw_all_notes(index)
    found_ones = matching(documents, words)
    st.html(
        f'<p class="pp-fact" role="status">{plural(len(found_ones), "document")} of {len(documents):,}.</p>'
        f"{documents_listed(index, found_ones, location.as_of or date.today())}"
    )


def _warn(wrong: Sequence[str]) -> None:
    """Say what of the address could not be read; the sentences are HTML."""
    for sentence in wrong:
        st.html(f'<p class="pp-alert" role="alert">{sentence}</p>')


def _visit(view: View) -> int:
    """Count the spans read in this session; at a new one the widgets start from their first values."""
    chosen = view.window.chosen
    key = (view.index.folder.name, view.document.id, chosen.number, view.window.start, view.passage)
    count, last = st.session_state.get(_READ, (0, None))
    if last != key:
        count += 1
        st.session_state[_SHOW] = _TEXT
        if last is None or last[1] != view.document.id:
            st.session_state[_FIND] = ""
    st.session_state[_DAY] = view.as_of
    st.session_state[_READ] = (count, key)
    return int(count)


def _to_day() -> None:
    """Put the chosen day into the address, where a copied link takes it from."""
    chosen: date | None = st.session_state[_DAY]
    if chosen is None or chosen == date.today():
        st.query_params.pop("date", None)
    else:
        st.query_params["date"] = chosen.isoformat()


def _site() -> str:
    """Address of the app, with a "/" at its end, as the browser knows it."""
    whole = (st.context.url or "").partition("?")[0].partition("#")[0]
    return whole[: whole.rfind("/") + 1]
