"""Terms that a document defines: which definitions hold where, their list, and the words they are found by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.documents.section_tree import SectionTree
from index.documents.span_names import span_name
from pinpoint.stored import Passage, StoredSection
from pinpoint.text import escape
from ui.html.actions import collect_button, copy_button
from ui.html.annotate import Annotation
from ui.html.documents.view import View
from ui.html.text import facts
from ui.state.navigation import Location, location_link

_DEFINES = re.compile(r"\bdefinitions?\b|\bdefined\b|\bterms\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*")
_LEAST_CHARACTERS = 3
"""Shorter terms, such as a character that stands for a quantity, are listed but not looked for in the text."""
_MOST_LISTED = 400  # terms below a text, the rest are counted; set by hand; not measured
_UNFOLDED = 40
"""More terms than these are listed as links to where they stand, not with their texts. Set by hand; not measured."""
_MOST_ABBREVIATIONS = 60  # listed below a text; set by hand; not measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """A term with the section that defines it.

    Attributes:
        words: The ways in which the term is written.
        start: Half-open span of the part of the document in which it holds.
        end: See ``start``.
    """

    term: str
    section: StoredSection
    words: tuple[str, ...]
    start: int
    end: int


def definitions(contents: SectionTree, top: StoredSection) -> list[Defined]:
    """The definitions that hold for a section or stand in it, by alphabet.

    Definitions under a heading that announces them hold for the part of the law around that heading, any other for
    the section that they stand in.
    """
    found = []
    for section in contents.sections:
        if section.kind == "definition":
            begin, end = _reach(contents, section)
            if begin <= top.start < end or top.start <= section.start < top.end:
                term = " ".join(section.heading.split())
                found.append(
                    Defined(
                        term=term, section=section, words=tuple(dict.fromkeys(_written(term))), start=begin, end=end
                    )
                )
    return sorted(found, key=lambda one: (one.term.casefold(), one.section.number))


def term_annotations(defined: Sequence[Defined], text: str, offset: int, own: StoredSection) -> list[Annotation]:
    """The first use of each defined term in a paragraph as a link to its entry in the list.

    Args:
        defined: What ``definitions`` found.
        text: The paragraph.
        offset: Where it starts in the document.
        own: The section it stands in; inside a definition its own term is no link.
    """
    holding = (one for one in defined if one.start <= offset < one.end)
    by_word = {word.casefold(): one for one in holding for word in one.words if len(word) >= _LEAST_CHARACTERS}
    if not by_word:
        return []
    listed = "|".join(re.escape(word) for word in sorted(by_word, key=lambda word: (-len(word), word)))
    annotations: dict[int, Annotation] = {}
    for match in re.finditer(rf"(?<!\w)(?:{listed})(?=(?:s|es)?(?!\w))", text, re.IGNORECASE):
        one = by_word[match.group().casefold()]
        inside = one.section.start <= own.start < one.section.end
        if not inside and one.section.number not in annotations:
            before = (
                f'<a class="pp-term" href="#term-{one.section.start}" '
                f'title="{escape(f"Defined in {one.section.citation}")}">'
            )
            annotations[one.section.number] = Annotation(offset + match.start(), offset + match.end(), before, "</a>")
    return list(annotations.values())


def listed_terms(view: View, defined: Sequence[Defined]) -> str:
    """The definitions and the abbreviations of the shown text as HTML, each to unfold; "" for none."""
    drawn = _entry if len(defined) <= _UNFOLDED else _bare_entry
    entries = "".join(drawn(view, one) for one in defined[:_MOST_LISTED])
    more = f"<p>and {len(defined) - _MOST_LISTED:,} more</p>" if len(defined) > _MOST_LISTED else ""
    forms = "".join(_abbreviation(view, short, long, passage) for short, long, passage in _abbreviations(view))
    short = f'<h3 class="pp-small">Short forms in this text</h3><ul class="pp-plain">{forms}</ul>' if forms else ""
    if not entries and not short:
        return ""
    terms = f'<div class="pp-terms">{entries}{more}</div>' if entries else ""
    return f'<section aria-labelledby="defined-terms"><h2 id="defined-terms">Defined terms</h2>{terms}{short}</section>'


def _entry(view: View, one: Defined) -> str:
    section = one.section
    text = view.text(section.start, section.end).rstrip()
    where = location_link(view.location(section), escape(section.citation))
    tools = copy_button(
        "Copy citation", view.cited(section), label=f"Copy citation of {section.citation}"
    ) + collect_button(section.document_id, section.start, text, label=f"Collect {section.citation}")
    return (
        f'<details class="pp-more"><summary>{escape(one.term)}</summary><div id="term-{section.start}" '
        f'tabindex="-1"><blockquote class="pp-quote">{escape(text)}</blockquote>{facts(where)}'
        f'<p class="pp-tools pp-shown">{tools}</p></div></details>'
    )


def _bare_entry(view: View, one: Defined) -> str:
    section = one.section
    where = location_link(view.location(section), escape(one.term), label=f"{one.term}, {section.citation}")
    return f'<p id="term-{section.start}" tabindex="-1">{where}</p>'


def _abbreviation(view: View, short: str, long: str, passage: Passage) -> str:
    section = view.index.store.section(passage.document_id, passage.section)
    name = section.citation if section.parent >= 0 else ""
    where = Location(
        document=view.document.id, section=name, passage=span_name(passage.start, passage.text), as_of=view.as_of
    )
    return f"<li><b>{escape(short)}</b> {escape(long)} ({location_link(where, escape(section.citation))})</li>"


def _abbreviations(view: View) -> Iterator[tuple[str, str, Passage]]:
    """Abbreviations that stand in the shown text, and where this document first says what they stand for."""
    words = set(re.findall(r"[A-Za-z][A-Za-z&./-]*[A-Za-z]", view.text(view.window.start, view.window.end)))
    forms = [form for form in view.index.glossary.own if form.short in words and view.document.id in form.documents]
    for form in sorted(forms, key=lambda form: form.short)[:_MOST_ABBREVIATIONS]:
        passage = view.index.stated(form, view.document.id)
        if passage is not None:
            yield form.short, form.long, passage


def _reach(contents: SectionTree, section: StoredSection) -> tuple[int, int]:
    """The part of the document in which a definition holds."""
    holder = contents.parent(section)
    announced = _DEFINES.search(holder.heading) or holder.kind == "document"
    scope = contents.parent(holder) if announced and holder.kind == "heading" else holder
    if announced and holder.kind == "provision":
        scope = next((above for above in reversed(contents.line(holder)) if above.kind == "heading"), holder)
    return scope.start, scope.end


def _written(term: str) -> Iterator[str]:
    """A term without its abbreviation, and the abbreviation: ``Law Enforcement Agency (LEA)`` gives both."""
    yield _BRACKETED.sub(" ", term).strip() or term
    for short in re.findall(r"\(([^()]+)\)", term):
        if len(short.split()) == 1:
            yield short
