"""Quotations that stand in the documents as legal style allows: a check should find each."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from benchmarks.drafts.making import legal
from benchmarks.drafts.making.forms import is_citable, path_of, same_provision, section_of, spelling
from benchmarks.drafts.making.pool import Pool, plain
from benchmarks.drafts.records import Expectation, Item, Sentence
from drafts.records import State

SHORTEST, LONGEST = 5, 9
"""Words of a fragment that is quoted within a sentence. Set by hand; not measured."""


def cite_expected(citation: str, states: tuple[State, ...] = ("found",), now: tuple[str, ...] = ()) -> Expectation:
    """What should be said of the citation beside a quotation."""
    return Expectation(
        kind=f"cited beside: {states[0]}",
        says="citation",
        states=states,
        reason="the provision is there" if states[0] == "found" else "as for the citation alone",
        source=citation,
        targets=(citation, *same_provision(citation)),
        now=now,
    )


def quoted(
    sentence: Sentence, text: str, kind: str, reason: str, chance: Random, *, source: str = "", cited: bool = True
) -> Item:
    """A quotation that should be found, with the citation of its sentence."""
    return Item(
        expected=Expectation(
            kind=kind,
            says="quotation",
            states=("found",),
            reason=reason,
            source=source or sentence.text,
            targets=(sentence.citation, *same_provision(sentence.citation)) if cited else (),
        ),
        text=text,
        cite=spelling(sentence.citation, chance) if cited else "",
        cite_expected=cite_expected(sentence.citation) if cited else None,
        tail=chance.choice(("", "", "", " (emphasis added)")) if cited else "",
        marks=chance.choice((("\u201c", "\u201d"), ("\u201c", "\u201d"), ('"', '"'))),
    )


def found_quotations(kind: str, pool: Pool, chance: Random) -> Iterator[Item]:
    """Quotations of a kind that a check should find, one after the other; () for a kind that is made elsewhere."""
    if kind in _CHANGED:
        change, reason = _CHANGED[kind]
        fits = (lambda one: True) if kind in ("without_marks", "nested", "without_citations") else plain
        for sentence in pool.drawn(fits):
            text = change(sentence.text, chance)
            if text and (kind in ("nested",) or not any(char in text for char in '"\u201c\u201d')):
                pool.use(sentence)
                item = quoted(sentence, text, kind, reason, chance)
                if kind == "without_citations":
                    item = replace(item, tail=chance.choice((" (citation omitted)", " (citations omitted)", "")))
                yield item if kind != "typography" else replace(item, marks=legal.other_marks(text, chance))
    elif kind in _OTHERS:
        yield from _OTHERS[kind](pool, chance)


def _verbatim(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(plain):
        pool.use(sentence)
        text = sentence.text
        if chance.random() < 0.4:  # noqa: PLR2004 - American printers put the comma inside, whatever the source has
            text = text.rstrip(".;") + chance.choice((",", "", ".", ","))
        yield quoted(sentence, text, "verbatim", "word by word; the last mark is the draft's", chance)


def _fragment(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(plain):
        words = sentence.text.rstrip(".;").split()
        count = min(chance.randint(SHORTEST, LONGEST), len(words))
        first = chance.randint(0, len(words) - count)
        text = " ".join(words[first : first + count]).strip(",;:")
        if text.count("(") == text.count(")") and sum(len(word) > 6 for word in text.split()) >= 2:  # noqa: PLR2004
            pool.use(sentence)
            yield quoted(sentence, text, "fragment", "some words of a sentence", chance, source=text)


def _several(pool: Pool, chance: Random) -> Iterator[Item]:
    for first, second in neighbours(pool):
        text = f"{first.text} {second.text}"
        if pool.truth.stands_under(text, first.citation):
            yield quoted(
                first, text, "several_sentences", "two sentences as they follow each other", chance, source=text
            )


def neighbours(pool: Pool, apart: int = 1) -> Iterator[tuple[Sentence, Sentence]]:
    """Two sentences of one section, the second ``apart`` sentences behind the first."""
    for first in pool.drawn(plain):
        second = next((one for one in pool.beside(first) if one.index == first.index + apart), None)
        if second and plain(second) and first.text.endswith("."):
            pool.use(first)
            pool.use(second)
            yield first, second


def _block(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(lambda one: plain(one) and len(one.text.split()) >= 25):  # noqa: PLR2004 - long enough
        pool.use(sentence)
        made = quoted(sentence, sentence.text, "block", "set off, without quotation marks", chance)
        yield replace(made, layout="block", tail="")


def _paragraphs(pool: Pool, chance: Random) -> Iterator[Item]:
    """A provision and the paragraphs of its list, each a paragraph of the draft."""
    for sentence in pool.drawn(lambda one: path_of(one.citation) != ()):
        store = pool.truth.store
        section = pool.section(sentence)
        below = store.children(store.section(section.document_id, section.parent))
        at = next((n for n, one in enumerate(below) if one.number == section.number), 0)
        two = below[at : at + 2]
        texts = [store.own_text(one) for one in two]
        alone = all(not store.children(one) and "\n" not in text for one, text in zip(two, texts, strict=True))
        if len(two) < 2 or not alone or any(char in text for text in texts for char in '"\u201c[|'):  # noqa: PLR2004
            continue
        above = store.section(section.document_id, section.parent)
        if not is_citable(above.citation) or len(" ".join(texts).split()) > 150:  # noqa: PLR2004 - nobody quotes more
            continue
        pool.use(sentence)
        source = Sentence(" ".join(texts), section.document_id, above.number, above.citation, 0)
        if not pool.truth.stands_under(source.text, above.citation):
            continue
        made = quoted(source, "\n\n".join(texts), "paragraphs", "two paragraphs of a list, one after the other", chance)
        yield replace(made, layout="paragraphs", tail="")


def _carried(pool: Pool, chance: Random) -> Iterator[Item]:
    for first, second in neighbours(pool):
        text = f"{first.text} {second.text}"
        if pool.truth.stands_under(text, first.citation):
            made = quoted(
                first, f"{first.text}\n\n{second.text}", "carried", "over two paragraphs", chance, source=text
            )
            yield replace(made, layout="carried", tail="", marks=("\u201c", "\u201d"))


def _idem(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(plain):
        pool.use(sentence)
        made = quoted(sentence, sentence.text, "idem", "\u201cId.\u201d is the citation before", chance)
        yield replace(made, layout="idem", tail="")


def _interrupted(pool: Pool, chance: Random) -> Iterator[Item]:
    """Two fragments of a sentence around words of the writer."""
    for sentence in pool.drawn(lambda one: plain(one) and len(one.text.split()) > 2 * LONGEST):
        words = sentence.text.rstrip(".;").split()
        at = len(words) // 2
        first, second = " ".join(words[:at]).rstrip(",;:"), " ".join(words[at:])
        if "(" not in sentence.text:
            pool.use(sentence)
            text = f"{first}\n\n{second}"
            made = quoted(sentence, text, "interrupted", "in two fragments", chance, source=sentence.text)
            yield replace(made, layout="interrupted", tail="")


def _above(pool: Pool, chance: Random) -> Iterator[Item]:
    """Cited less exactly than could be: the words stand in a part of what is cited."""
    for sentence in pool.drawn(lambda one: plain(one) and len(path_of(one.citation)) >= 2):  # noqa: PLR2004
        path = path_of(sentence.citation)
        above = section_of(sentence.citation) + "".join(f"({one})" for one in path[:-1])
        if pool.truth.stands_under(sentence.text, above):
            pool.use(sentence)
            made = quoted(sentence, sentence.text, "above", "in a part of the paragraph that is cited", chance)
            yield replace(
                made,
                expected=replace(made.expected, targets=(above, sentence.citation)),
                cite=spelling(above, chance),
                cite_expected=cite_expected(above),
            )


def _uncited(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(plain, cited=False):
        pool.use(sentence)
        yield quoted(sentence, sentence.text, "uncited", "no citation; the words stand there", chance, cited=False)


_CHANGED = {
    "ellipsis_inside": (legal.ellipsis_inside, "words left out for an ellipsis"),
    "two_ellipses": (legal.two_ellipses, "words left out twice"),
    "ellipsis_at_end": (legal.ellipsis_at_end, "the end left out"),
    "ellipsis_at_start": (legal.ellipsis_at_start, "the beginning left out"),
    "brackets": (legal.brackets, "a word in brackets for another"),
    "bracketed_initial": (legal.bracketed_initial, "the first letter changed in brackets"),
    "other_initial": (legal.other_initial, "the first letter in the other case"),
    "typography": (legal.typography, "other marks, dashes and blanks"),
    "breaks": (legal.breaks, "broken into lines, words divided"),
    "without_citations": (legal.without_citations, "a citation in parentheses left out"),
    "without_marks": (legal.without_marks, "marks of notes left out"),
    "nested": (legal.nested, "single marks within double ones"),
}
_OTHERS = {
    "verbatim": _verbatim,
    "fragment": _fragment,
    "several_sentences": _several,
    "block": _block,
    "paragraphs": _paragraphs,
    "carried": _carried,
    "idem": _idem,
    "interrupted": _interrupted,
    "above": _above,
    "uncited": _uncited,
}
