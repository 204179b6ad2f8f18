"""Where the words of a quotation stand in the documents: in a provision, or anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from drafts.checking.comparing.holders import Holders, Texts
from drafts.checking.comparing.likeness import Nearest, nearest
from drafts.checking.comparing.matching import Match, find_all, shortest
from drafts.checking.comparing.pattern import Pattern
from index.search import HybridIndex
from pinpoint.records import Span
from pinpoint.stored import StoredSection

_READ_WHOLE = 300_000
"""Characters of a provision that is searched whole; of a longer one, what may hold the words. Set by hand."""
_HOLDERS, _HOLDERS_ALIKE = 40, 12
"""Passages that are searched for the very words, and for words like them. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a quotation that stand in a document.

    Attributes:
        section: The deepest section that holds them.
    """

    span: Span
    section: StoredSection
    match: Match


@dataclass(frozen=True, slots=True)
class Alike:
    """Words that are like those of a quotation.

    Attributes:
        score: Share of the quotation's words that stand there in runs, 0 to 1.
    """

    score: float
    span: Span


class Searching:
    """Searches an index for the words of quotations."""

    def __init__(self, index: HybridIndex) -> None:
        """Search in an index."""
        self._index = index
        self._texts, self._holders = Texts(index), Holders(index)

    def within(self, pattern: Pattern, section: StoredSection) -> Found | None:
        """The shortest span of a provision, or of its paragraphs, in which the words stand; None for nowhere."""
        found = []
        for part in self._readable(section.span, pattern):
            match = shortest(pattern, self._texts.of(part))
            if match:
                found.append(self._at(part, match))
        return min(found, key=lambda one: one.span.end - one.span.start, default=None)

    def anywhere(self, pattern: Pattern, around: Sequence[StoredSection] = ()) -> list[Found]:
        """Every span of the documents in which the words stand.

        Args:
            pattern: The quotation.
            around: Sections of the code that are searched whole beside what its words lead to.
        """
        spans = [one.span for one in around if one.end - one.start <= _READ_WHOLE]
        longest = max(pattern.runs, key=len, default=())
        spans += self._holders.spans_of_run(pattern.plain, [word.text for word in longest], _HOLDERS)
        if pattern.gaps:
            spans += self._widened(spans)
        found: dict[Span, Found] = {}
        for span in spans:
            for match in find_all(pattern, self._texts.of(span)):
                one = self._at(span, match)
                found.setdefault(one.span, one)
        return list(found.values())

    def alike_in(self, pattern: Pattern, spans: Sequence[Span]) -> Alike | None:
        """What is most like a quotation in some spans; None where nothing is."""
        best: Alike | None = None
        for span in spans:
            for part in self._readable(span, pattern):
                found: Nearest | None = nearest(pattern.words, self._texts.of(part))
                if found and (best is None or found.score > best.score):
                    best = Alike(found.score, part.part(found.start, found.end))
        return best

    def alike_anywhere(self, pattern: Pattern) -> Alike | None:
        """What is most like a quotation in all documents; None where nothing is."""
        return self.alike_in(pattern, self._holders.spans(pattern.plain, _HOLDERS_ALIKE))

    def _widened(self, spans: Sequence[Span]) -> list[Span]:
        """The whole sections of the code around spans, since an ellipsis may leave out much."""
        store = self._index.store
        found: dict[Span, None] = {}
        for span in spans:
            middle = (span.start + span.end) // 2
            whole = store.enclosing_section(store.deepest(Span(span.document_id, middle, middle + 1)))
            if whole.end - whole.start <= _READ_WHOLE and not whole.span.within(span):
                found[whole.span] = None
        return list(found)

    def _readable(self, span: Span, pattern: Pattern) -> list[Span]:
        if span.end - span.start <= _READ_WHOLE:
            return [span]
        held = [one for one in self._holders.spans(pattern.plain, _HOLDERS) if one.overlaps(span)]
        return [Span(one.document_id, max(one.start, span.start), min(one.end, span.end)) for one in held]

    def _at(self, part: Span, match: Match) -> Found:
        span = part.part(match.start, match.end)
        return Found(span, self._index.store.deepest(span), match)
