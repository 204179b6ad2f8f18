"""Footnotes of a page: which elements they are, which marks refer to them, and what is only raised.

A raised figure is the mark of a note where there is a note of that number, or where it leads to one; else it is an
exponent. The unit before it ("40 m") decides where it could be both.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html.chrome import BLOCKS
from ingest.readers.html.exponents import lowered, raised
from ingest.readers.html.lines import (
    begins_line,
    goes_on,
    is_first,
    is_whole,
    targets,
    text_before,
    text_behind,
)
from ingest.readers.html.marks import Marks
from ingest.readers.html.note_marks import BACK, Candidate, find_candidates, is_note_list, several
from ingest.readers.html.page import has_tag, hollow

_TYPED = re.compile(r"^\s*\[\s?\^?\s?(\d{1,3})\]:?\s+(?=\S)")
_TYPED_REFERENCE = re.compile(r"(?<=[^\s\[])\[(\d{1,3})\]")
_NUMBERED = re.compile(r"^\s*[\[(]?\s*\^?\s*(\d{1,3}|[*†‡]{1,3})[\])]?[.:)]?\s+(?=\S)")
_NOTE_ID = re.compile(
    r"^_?(?:fn|footnote|foot|note|ftn|endnote|edn|cite_note|n)[-_.:]*(?:[a-z]*[-_.:])?(\d{1,3})$", re.IGNORECASE
)
_LIST_NAME = re.compile(
    r"(?:^|[\s_-])(?:foot|end)?notes?(?:$|[\s_-])|^(?:foot|end)notes?|references|(?:^|[\s_-])fn", re.IGNORECASE
)
_WORD_NOTE = re.compile(r"mso-element:\s*(?:foot|end)note(?![-\w])", re.IGNORECASE)
_ROLES = ("doc-footnote", "doc-endnote")
_BACK_SIGNS = re.compile("[\u21a9\u2191\ufe0e]+")
_UNIT = re.compile(
    r"(?:\d\s?(?:[kcmdµn]?m|ft|in|yd|mi|sec|s)|(?<!ection )(?<!ule )(?<!rt )(?<!§ )(?<!ter )(?<!cle )(?<!orm )\b10"
    r"|[/·]\s?(?:[kcm]?m|s|sec|kg))$"
)
"""What makes an exponent of a raised figure: a number with a unit, or ten that is no number of a section."""
_STROKE = re.compile(r"^\s?(?:[/\u2044\u2215]\s?(?:\d|$)|[+=×÷\u2212])")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_MARKER = 20  # characters; a footnote's number is shorter, an attribute may be without end
_HOLDERS = frozenset({"li", "p", "div", "aside", "dd", "td", "tr", "section", "footer", "span", "blockquote"})


class Notes:
    """The footnotes of one page, written into its tree: ``_note`` at elements, signs, ``[12]`` for references."""

    def __init__(self, body: etree._Element, marks: Marks) -> None:
        """Take a page that is prepared but for its notes; it is changed."""
        self._body, self._marks = body, marks
        self._ids = targets(body)
        self._candidates = list(find_candidates(body, self._ids))
        self._by_element = {found.element: found for found in self._candidates}
        self._notes: dict[etree._Element, str] = {}

    def run(self) -> None:
        """Find the notes and settle every raised and lowered text."""
        references = [found for found in self._candidates if not found.begins]
        linked = self._linked(references)
        for element, hint in self._elements(linked):
            self._notes[element] = hint
        labels: dict[str, set[str]] = defaultdict(set)
        used: set[etree._Element] = set()
        for element in list(self._notes):
            marker, opened = self._label(element, linked, used)
            self._notes[element] = marker
            labels[marker].add(opened)
        self._loose_labels(references, labels, used)
        self._typed_labels(references, labels)
        for found in self._candidates:
            if found.element not in used:
                self._settle(found, labels)
        self._finish(labels)

    def _linked(self, references: list[Candidate]) -> dict[etree._Element, str]:
        """Elements to which the marks of the text lead, each with the mark."""
        found: dict[etree._Element, str] = {}
        for reference in references:
            target = reference.target
            if target is None:
                continue
            holder = self._holder(target)
            if holder is None or holder in reference.element.iterancestors():
                continue
            names = f"{reference.element.get('role') or ''} {reference.element.get('class') or ''}".lower()
            is_sure = reference.is_raised or reference.opened == "[" or "noteref" in names or "footnote" in names
            is_sure = is_sure or self._leads_back(target, reference.element)
            if is_sure or _NOTE_ID.match(target.get("id") or target.get("name") or ""):
                found.setdefault(holder, reference.core)
        return found

    def _leads_back(self, target: etree._Element, reference: etree._Element) -> bool:
        """Tell whether a note leads to the mark that leads to it."""
        links = [link for link in (target, *target.iter("a")) if link.tag == "a"]
        names = {part.get(name) for part in (reference, *reference.iter("a")) for name in ("id", "name")} - {None}
        parent = reference.getparent()
        names.add(parent.get("id") if parent is not None else None)
        return any((link.get("href") or "").rpartition("#")[2] in names - {None} for link in links)

    def _holder(self, target: etree._Element) -> etree._Element | None:
        """The block that a link's target begins or is; None for a heading or a block that holds headings."""
        holder = target
        while holder.tag not in BLOCKS:
            if not begins_line(holder) or holder.getparent() is None:
                return None
            holder = holder.getparent()
        if holder.tag == "td" and holder.getparent() is not None:
            holder = holder.getparent()
        if (
            holder.tag == "p"
            and holder.getparent() is not None
            and _WORD_NOTE.search(holder.getparent().get("style") or "")
        ):
            holder = holder.getparent()
        if holder.tag not in _HOLDERS or any(part.tag in _HEADINGS for part in holder.iter()):
            return None
        # Several notes in one block, each behind a line break, are told apart by their labels.
        return None if target is not holder and self._labels_in(holder) > 1 else holder

    def _labels_in(self, holder: etree._Element) -> int:
        return sum(found.begins for found in self._in(holder))

    def _in(self, holder: etree._Element) -> list[Candidate]:
        return [self._by_element[part] for part in holder.iter("sup", "a") if part in self._by_element]

    def _elements(self, linked: dict[etree._Element, str]) -> Iterator[tuple[etree._Element, str]]:
        """Note elements in order, the outermost of each, with the number that is known of them."""
        inside: etree._Element | None = None
        for element in self._body.iter(etree.Element):
            if inside is not None and inside in element.iterancestors():
                continue
            inside = None
            stated = element.get("data-footnote") or ""
            hint = stated[:_LONGEST_MARKER] if stated.isprintable() else ""
            if hint or element in linked or self._is_note(element):
                yield element, hint or linked.get(element, "")
                inside = element

    def _is_note(self, element: etree._Element) -> bool:
        if element.get("role") in _ROLES or _WORD_NOTE.search(element.get("style") or ""):
            return True
        if element.tag not in ("li", "p", "div", "aside", "dd"):
            return False
        holder = element.getparent()
        listed = holder is not None and (
            _LIST_NAME.search(f"{holder.get('class') or ''} {holder.get('id') or ''}")
            or holder.get("role") == "doc-endnotes"
        )
        named = bool(_NOTE_ID.match(element.get("id") or ""))
        if element.tag == "li":
            return named or is_note_list(holder) or self._is_list_item(holder)
        is_classed = element.get("class") in ("footnote", "endnote", "MsoFootnoteText", "MsoEndnoteText")
        if not named and not is_classed:
            return False
        return (named and bool(listed)) or self._is_labelled(element)

    def _is_labelled(self, element: etree._Element) -> bool:
        raised_first = any(found.begins and found.is_raised for found in self._in(element))
        return raised_first or bool(_NUMBERED.match("".join(element.itertext(etree.Element))))

    def _is_list_item(self, holder: etree._Element | None) -> bool:
        return holder is not None and holder.tag in ("ol", "ul") and is_note_list(holder.getparent())

    def _label(
        self, element: etree._Element, linked: dict[etree._Element, str], used: set[etree._Element]
    ) -> tuple[str, str]:
        """Number of a note element and the bracket before it; what repeats the number in it is taken out."""
        hint = self._notes[element]
        own = [found for found in self._in(element) if found.begins and is_first(found.element, element)]
        numeral = element.get("_numeral") or ""
        element.attrib.pop("_numeral", None)
        self._drop_ways_back(element, used)
        if (
            own
            and (own[0].is_raised or own[0].target is not None)
            and (not hint or own[0].core == hint or not hint.isdigit())
        ):
            label = own[0]
            used.add(label.element)
            if is_whole(label.element, element):
                return hint or label.core, label.opened
            hollow(label.element)
            return (hint if element in linked else label.core) or label.core, label.opened
        text = element.text or "" if len(element) == 0 or (element.text or "").strip() else ""
        holder = element
        while not text.strip() and len(holder) and has_tag(holder[0]) and not (holder.text or "").strip():
            holder = holder[0]
            text = holder.text or ""
        named = _NOTE_ID.match(element.get("id") or "")
        typed = _NUMBERED.match(text)
        marker = hint or (named.group(1) if named else "") or numeral.strip().rstrip(".")
        if text.strip() == f"[{marker}]" and holder is not element and (holder.tail or "").strip():
            hollow(holder)  # a way back that leads nowhere
        elif typed and (not marker or typed.group(1) == marker):
            holder.text = text[typed.end() :]
            return typed.group(1), ""
        return marker, ""

    def _drop_ways_back(self, element: etree._Element, used: set[etree._Element]) -> None:
        """Take out the links and signs that lead from a note back to the text."""
        for link in list(element.iter("a")):
            text = "".join(link.itertext(etree.Element)).strip()
            if link.get("role") == "doc-backlink" or (text and BACK.match(text)):
                used.add(link)
                used.update(link.iter("sup"))
                if link.getparent() is not None and link is not element:
                    hollow(link)
        for part in element.iter(etree.Element):
            if part.text and _BACK_SIGNS.search(part.text):
                part.text = _BACK_SIGNS.sub("", part.text)
            if part is not element and part.tail and _BACK_SIGNS.search(part.tail):
                part.tail = _BACK_SIGNS.sub("", part.tail)

    def _loose_labels(
        self, references: list[Candidate], labels: dict[str, set[str]], used: set[etree._Element]
    ) -> None:
        """Marks at the beginning of a line, to which a mark elsewhere answers, begin a note."""
        inside = {part for note in self._notes for part in note.iter("sup", "a")}
        answered = {(found.core, found.opened.replace("[", "")) for found in references if found.element not in inside}
        raised_only = {found.core for found in references if found.is_raised and len(found.core) == 1}
        for element in self._body.iter("sup"):
            answered.update((number, "") for number in several("".join(element.itertext(etree.Element))))
        for found in self._candidates:
            element = found.element
            if not found.begins or element in used or element in inside or not goes_on(element):
                continue
            if (found.core, found.opened.replace("[", "")) not in answered:
                continue
            if found.core.isalpha() and not (found.is_raised and found.core in raised_only):
                continue
            if any(above.tag in _HEADINGS for above in element.iterancestors()) or self._leads_to_note(found):
                continue
            used.add(element)
            labels[found.core].add(found.opened)
            hollow(element, self._marks.note(found.core, f"{raised(found.core)} "))

    def _leads_to_note(self, found: Candidate) -> bool:
        holder = None if found.target is None else self._holder(found.target)
        return holder is not None and holder in self._notes

    def _typed_labels(self, references: list[Candidate], labels: dict[str, set[str]]) -> None:
        """Paragraphs that begin "[1]", to which a mark answers, are notes as well."""
        answered = {found.core for found in references}
        answered.update(_TYPED_REFERENCE.findall("".join(self._body.itertext())))
        if not answered:
            return
        for element in self._body.iter("p", "li", "dd", "div"):
            match = _TYPED.match(element.text) if element.text else None
            if match and match.group(1) in answered and not any(a.get("_note") for a in element.iterancestors()):
                element.text = (
                    self._marks.note(match.group(1), f"[{match.group(1)}] ") + (element.text or "")[match.end() :]
                )
                labels[match.group(1)].add("[")

    def _settle(self, found: Candidate, labels: dict[str, set[str]]) -> None:
        """Write a mark as a reference where it is one."""
        element = found.element
        if found.target is not None:
            holder = found.target
            note = next((at for at in (holder, *holder.iterancestors()) if at in self._notes), None)
            note = note if note is not None else self._holder(holder)
            is_note = note in self._notes if note is not None else False
            if is_note or (found.is_raised and found.core in labels):
                marker = found.core if found.core in labels or note is None else self._notes[note]
                hollow(element, f"[{marker}]")
                return
            if not found.is_raised:
                return
        is_word = found.core.isalpha() and not (found.is_raised and len(found.core) == 1)
        if found.core not in labels or is_word or _STROKE.match(text_behind(element)):
            return
        opened = {"" if sign == "[" else sign for sign in labels[found.core]}
        fits = ("" if found.opened == "[" else found.opened) in opened
        if fits and not (_UNIT.search(text_before(element)) and found.opened == ""):
            hollow(element, f"[{found.core}]")

    def _finish(self, labels: dict[str, set[str]]) -> None:
        """Write the remaining raised and lowered texts, and the numbers of the notes."""
        markers = {*self._notes.values(), *labels}
        for element in list(self._body.iter("sup", "sub")):
            text = "".join(element.itertext(etree.Element))
            if any(part.tag in BLOCKS for part in element.iterdescendants(etree.Element)):
                continue
            numbers = several(text)
            if element.tag == "sup" and numbers and all(number in markers for number in numbers):
                hollow(element, ("–" if re.search("[–-]", text) else "").join(f"[{number}]" for number in numbers))
            elif not text.startswith("["):
                hollow(element, raised(text) if element.tag == "sup" else lowered(text))
        for element, marker in self._notes.items():
            if marker:
                element.set("_note", marker)
