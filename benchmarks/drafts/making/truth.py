"""What the documents say, read off their texts and section trees alone: nothing of the checker is used.

Words are compared as runs of letters and digits without regard to case, so that marks, blanks and breaks do not count.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from benchmarks.drafts.making.forms import is_citable
from benchmarks.drafts.records import Sentence
from drafts.records import State
from index.documents.store import DocumentStore
from pinpoint.records import Span
from pinpoint.stored import StoredSection

_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"(?<=[a-z0-9)\u2019\u201d][.;])(?:\[\d+\])?\s+(?=[\u201cA-Z(])")
"""Ends of sentences: a full stop or semicolon behind a small letter, a digit or a closing mark."""
_NOT_AN_END = re.compile(r"(?:\b(?:[A-Z]|No|Nos|[Ss]ec|[Ss]ecs|U\.S\.C|C\.F\.R|Stat|[Ss]ee|e\.g|i\.e|Inc|cf|Pub|L)\.)$")
_LABEL = re.compile(r"^(?:\((?:[a-zA-Z]{1,5}|\d{1,3})\)\s*)+")
_SIGN = re.compile(r"^\u00a7\s?[\w.-]+\s")
_SHORTEST, _LONGEST = 9, 70
"""Words of a sentence that is quoted. Set by hand; not measured."""
_MOST_SYMBOLS = 0.12
"""Share of characters beside letters and blanks above which a line is a table or a form. Set by hand; not measured."""


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORD.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold())


class Truth:
    """The documents of a generation as words, sentences and addresses."""

    def __init__(self, store: DocumentStore) -> None:
        """Read every text once; 9 million characters take about a second."""
        self.store = store
        self._texts: dict[str, tuple[str, array[int], array[int]]] = {}
        for name in store.documents:
            joined, starts, positions = [], array("I"), array("I")
            length = 0
            for match in _WORD.finditer(store.text(Span(name, 0, 10**9))):
                word = unicodedata.normalize("NFKC", match.group()).casefold()
                starts.append(length)
                positions.append(match.start())
                joined.append(word)
                length += len(word) + 1
            self._texts[name] = (f" {' '.join(joined)} ", starts, positions)

    def matches(self, text: str) -> Iterator[Span]:
        """Where the words of a text stand, in any document."""
        sought = f" {' '.join(words_of(text))} "
        for name, (joined, starts, positions) in self._texts.items():
            at = joined.find(sought)
            while at >= 0:
                first = bisect_right(starts, at) - 1
                first = first if starts[first] == at else first + 1
                last = min(first + sought.count(" ") - 2, len(positions) - 1)
                yield Span(name, positions[first], positions[last] + 1)
                at = joined.find(sought, at + 1)

    def stands_anywhere(self, text: str) -> bool:
        """Tell whether any document has the words of a text one behind the other."""
        return next(self.matches(text), None) is not None

    def addresses(self, text: str) -> set[str]:
        """Cited forms of every section, from the deepest up, in which the words stand; forms are cited whole."""
        found = set()
        for span in self.matches(text):
            tree = self.store.tree(span.document_id)
            line = tree.line(tree.deepest(span.start, span.end))
            found |= {one.citation for one in line if one.parent >= 0 or is_citable(one.citation)}
        return found

    def stands_under(self, text: str, citation: str) -> bool:
        """Tell whether the words stand in a section that bears a cited form, or a part of it."""
        return citation in self.addresses(text)

    @lru_cache(maxsize=100_000)  # noqa: B019 - one truth a run
    def sections(self, citation: str) -> tuple[StoredSection, ...]:
        """The sections of all documents that bear a cited form."""
        return tuple(section for name in self.store.documents for section in self.store.tree(name).named(citation))

    def in_force(self, section: StoredSection, day: date) -> bool:
        """Tell whether nothing known says that a section is not in force on a day."""
        document = self.store.documents[section.document_id]
        ended = any(end is not None and end <= day for end in (section.effective_to, document.effective_to))
        begun = all(begin is None or begin <= day for begin in (section.effective_from, document.effective_from))
        return begun and not ended

    def before_effect(self, citation: str) -> State:
        """The state on a day before the effect of a provision: an earlier text may only not be held, unless it is.

        A document that follows another is new law; of any other nothing says that there was none before.
        """
        follows = [bool(self.store.documents[one.document_id].supersedes) for one in self.sections(citation)]
        return "not_yet_in_force" if any(follows) else "not_in_these_documents"

    def day_before(self, day: date) -> date:
        """The last day before the latest change of the law that the documents know of; ``day`` where they know none."""
        ends = [end for one in self.store.documents.values() if (end := one.effective_to) is not None and end <= day]
        return max(ends) - timedelta(days=1) if ends else day

    def cited_in_force(self, citation: str, day: date) -> bool:
        """Tell whether any section that bears a cited form is in force on a day."""
        return any(self.in_force(section, day) for section in self.sections(citation))

    def sentences(self, document_id: str) -> list[Sentence]:
        """The sentences of a document that a person would quote, with their addresses."""
        found = []
        tree = self.store.tree(document_id)
        for section in tree.sections:
            # People cite the instructions of a form, not their headings.
            cited = tree.root.citation if is_citable(tree.root.citation) else section.citation
            lines = self.store.own_text(section).split("\n")
            whole = [part for line in lines for part in divided(_SIGN.sub("", _LABEL.sub("", line)))]
            found += [
                Sentence(text, document_id, section.number, cited, index)
                for index, text in enumerate(whole)
                if is_prose(text)
            ]
        return found


def divided(line: str) -> list[str]:
    """The sentences of a line of prose."""
    found, begin = [], 0
    for match in _END.finditer(line):
        if not _NOT_AN_END.search(line[begin : match.start()]):
            found.append(line[begin : match.start()].strip())
            begin = match.end()
    return [*found, line[begin:].strip()]


def is_prose(text: str) -> bool:
    """Tell whether a text is a whole sentence that a person would quote: no table, no heading, no fragment."""
    count = len(text.split())
    if not _SHORTEST <= count <= _LONGEST or text[-1] not in ".;" or not (text[0].isalpha() or text[0] == "\u201c"):
        return False
    symbols = sum(not (char.isalpha() or char.isspace()) for char in text)
    if "|" in text or "\ufffd" in text or "\u2026" in text or ". . ." in text or "..." in text or "***" in text:
        return False
    return symbols / len(text) <= _MOST_SYMBOLS and text.count("(") == text.count(")")
