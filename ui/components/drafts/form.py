"""The form of the page Check: a text to paste, files to choose, the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from drafts.reading.limits import SUFFIXES
from ui.components.days import draw_law_as_of
from ui.state import checked
from ui.state.widgets import CHECK_AS_OF

LARGEST = 25
"""Megabytes of one file in the app, where many people share the memory. Set by hand; not measured."""
TOGETHER, MOST_FILES = 50, 20
"""Megabytes and number of the files that are checked at once. Set by hand; not measured."""
_LONGEST = 500_000
"""Characters that can be pasted, some 170 pages. Set by hand; not measured."""
TEXT = "Text of the draft"
_UNSTORED = """<script>(() => {
  // A browser stores what stands in a field of several lines unless a form around it says that it must not.
  let form = document.getElementById('pp-unstored');
  if (!form) {
    form = document.createElement('form');
    form.id = 'pp-unstored';
    form.autocomplete = 'off';
    form.hidden = true;
    form.addEventListener('submit', (event) => event.preventDefault());
    document.body.append(form);
  }
  let tries = 0;
  const timer = setInterval(() => {
    for (const area of document.querySelectorAll('[class*="st-key-check-text-"] textarea')) {
      area.setAttribute('form', form.id);
      area.setAttribute('autocomplete', 'off');
    }
    if (++tries >= 20) clearInterval(timer);
  }, 100);
})() /* %d */</script>"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was handed in: the pasted text, the uploaded files, the day."""

    text: str
    files: Sequence[Any]
    as_of: date


def draw_form() -> Sent | None:
    """Draw the form; what was handed in with it, None when it was not sent."""
    number = checked.forms()
    st.html(_UNSTORED % number, unsafe_allow_javascript=True)
    with st.form(f"check-{number}", border=False):
        left, right = st.columns([7, 5], gap="medium")
        text = left.text_area(
            TEXT,
            key=f"check-text-{number}",
            height=170,
            max_chars=_LONGEST,
            placeholder="Paste a memo, a notice or a brief: every citation and every quotation in it is looked up.",
        )
        files = right.file_uploader(
            "Or files",
            type=[suffix[1:] for suffix in SUFFIXES],
            accept_multiple_files=True,
            max_upload_size=LARGEST,
            key=f"check-files-{number}",
            help=f"At most {LARGEST} MB each, {MOST_FILES} files and {TOGETHER} MB together.",
        )
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            draw_law_as_of(st.container(width=180), CHECK_AS_OF)
            sent = st.form_submit_button("Check", type="primary", width=120)
            st.html(
                '<p class="pp-fact">Nothing of a draft is stored: it stays in memory on this machine until you '
                "clear it or close the tab.</p>",
                width="content",
            )
    if not sent:
        return None
    return Sent(text.strip(), tuple(files or ()), st.session_state[CHECK_AS_OF] or date.today())


def refused(sent: Sent) -> str:
    """Say why what was handed in is not checked at all, as a sentence; "" where it is."""
    size = sum(file.size for file in sent.files) / 2**20
    if not sent.text and not sent.files:
        return "Paste a text or choose a file first."
    if len(sent.files) > MOST_FILES:
        return f"{len(sent.files)} files were chosen; {MOST_FILES} are the most at once. Check them in groups."
    if size > TOGETHER:
        return f"The files have {size:,.0f} MB together; {TOGETHER} MB are the most at once. Check them in groups."
    return ""
