"""Quotations that are wrong by their address or day, or that no document has."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.drafts.making.forms import is_citable, parallel, path_of, section_of, spelling
from benchmarks.drafts.making.miscited import NOT_HELD
from benchmarks.drafts.making.pool import Pool, plain
from benchmarks.drafts.making.prose import prose
from benchmarks.drafts.making.provisions import below_missing, moved_to
from benchmarks.drafts.making.quoting import cite_expected, quoted
from benchmarks.drafts.records import Item, Sentence
from drafts.records import State
from pinpoint.stored import StoredSection


def wrong_quotations(kind: str, pool: Pool, chance: Random) -> Iterator[Item]:
    """Quotations of a kind, one after the other; none for a kind that is made elsewhere."""
    if kind in _OTHERS:
        yield from _OTHERS[kind](pool, chance)


def _elsewhere(pool: Pool, sentence: Sentence, cited: str, kind: str, reason: str, chance: Random) -> Item | None:
    """A quotation under an address where its words do not stand; None where they do."""
    addresses = pool.truth.addresses(sentence.text)
    stands = {cited, *parallel(cited)} & addresses
    if stands or not is_citable(cited) or not all(pool.truth.in_force(one, pool.day) for one in under(pool, cited)):
        return None
    pool.use(sentence)
    made = quoted(sentence, sentence.text, kind, reason, chance)
    return replace(
        made,
        cite=spelling(cited, chance),
        cite_expected=cite_expected(cited),
        expected=replace(made.expected, states=("wrong_place",), targets=(), now=tuple(sorted(addresses))),
    )


def under(pool: Pool, cited: str) -> tuple[StoredSection, ...]:
    """The sections that bear an address; () where it has ended, which is what the kind is about."""
    return () if moved_to(pool.truth, cited) else pool.truth.sections(cited)


def _sibling(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(lambda one: plain(one) and path_of(one.citation) != ()):
        store, section = pool.truth.store, pool.section(sentence)
        beside = store.children(store.section(section.document_id, section.parent))
        others = [one.citation for one in beside if one.number != section.number and path_of(one.citation)]
        if others and (
            item := _elsewhere(pool, sentence, chance.choice(others), "sibling", "stands in a paragraph beside", chance)
        ):
            yield item


def _other_section(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(lambda one: plain(one) and section_of(one.citation) != ""):
        tree = pool.truth.store.tree(sentence.document_id)
        others = [
            one.citation
            for one in tree.sections
            if path_of(one.citation) and section_of(one.citation) != section_of(sentence.citation)
        ]
        if others and (
            item := _elsewhere(
                pool, sentence, chance.choice(others), "other_section", "stands in another section", chance
            )
        ):
            yield item


def _too_deep(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(lambda one: plain(one) and section_of(one.citation) != ""):
        below = [one.citation for one in pool.truth.store.children(pool.section(sentence)) if path_of(one.citation)]
        if below and (
            item := _elsewhere(
                pool, sentence, chance.choice(below), "too_deep", "stands above the paragraph that is cited", chance
            )
        ):
            yield item


def _missing_paragraph(pool: Pool, chance: Random) -> Iterator[Item]:
    for sentence in pool.drawn(lambda one: plain(one) and path_of(one.citation) != ()):
        cited = below_missing(pool.truth, sentence.citation, chance)
        item = _elsewhere(pool, sentence, cited, "cited_missing", "the paragraph cited is not there", chance)
        if item:
            yield replace(item, cite_expected=cite_expected(cited, ("does_not_exist",)))


def _ended(pool: Pool, chance: Random) -> Iterator[Item]:
    """Words that stood in force once and stand nowhere now, cited as then."""
    for sentence, now in _only_once(pool):
        made = quoted(sentence, sentence.text, "ended", "the text was replaced before the day", chance)
        yield replace(
            made,
            expected=replace(made.expected, states=("replaced",), now=(now,)),
            cite_expected=cite_expected(sentence.citation, ("replaced",), (now,)),
        )


def _ended_under_new(pool: Pool, chance: Random) -> Iterator[Item]:
    """Words of the old text under the address that is in force."""
    for sentence, now in _only_once(pool, same_number=True):
        made = quoted(sentence, sentence.text, "ended_under_new", "the section now reads otherwise", chance)
        yield replace(
            made,
            # "differs" is what the cited text shows, "replaced" says more: whose words they were.
            expected=replace(made.expected, states=("replaced", "differs"), targets=()),
            cite=spelling(now, chance),
            cite_expected=cite_expected(now),
        )


def _only_once(pool: Pool, *, same_number: bool = False) -> Iterator[tuple[Sentence, str]]:
    """Sentences that only text that has ended has, each with what holds its provision now."""
    for sentence in pool.drawn(plain, ended=True):
        now = moved_to(pool.truth, sentence.citation)
        if same_number and not now and pool.truth.cited_in_force(sentence.citation, pool.day):
            now = sentence.citation
        spans = pool.truth.matches(sentence.text)
        sections = [pool.truth.store.deepest(span) for span in spans]
        if now and not any(pool.truth.in_force(section, pool.day) for section in sections):
            pool.use(sentence)
            yield sentence, now


def _new_under_old(pool: Pool, chance: Random) -> Iterator[Item]:
    """Words of the new text under the old address: they do not stand there, and it has ended."""
    moved = {entry.new: entry.old for entry in pool.truth.store.crosswalk()}
    for sentence in pool.drawn(lambda one: plain(one) and section_of(one.citation) in moved):
        old = moved[section_of(sentence.citation)]
        item = _elsewhere(pool, sentence, old, "new_under_old", "stands in the new section", chance)
        if item:
            yield replace(
                item,
                # That the address has ended and that the words stand elsewhere are both true.
                expected=replace(item.expected, states=("wrong_place", "replaced")),
                cite_expected=cite_expected(old, ("replaced",), (section_of(sentence.citation),)),
            )


def _not_yet(pool: Pool, chance: Random) -> Iterator[Item]:
    """Words that take effect after the day, under an address that does so too."""
    before = pool.truth.day_before(pool.day)
    for sentence in pool.drawn(plain):
        matched = [pool.truth.store.deepest(span) for span in pool.truth.matches(sentence.text)]
        stood = any(pool.truth.in_force(section, before) for section in matched)
        if stood or pool.truth.cited_in_force(sentence.citation, before):
            continue
        pool.use(sentence)
        made = quoted(sentence, sentence.text, "quoted_not_yet", "takes effect after the day", chance)
        state = pool.truth.before_effect(sentence.citation)
        yield replace(
            made,
            expected=replace(made.expected, states=(state,)),
            cite_expected=cite_expected(sentence.citation, (state,)),
            day=before,
        )


def _past_day(pool: Pool, chance: Random) -> Iterator[Item]:
    before = pool.truth.day_before(pool.day)
    for sentence in pool.drawn(plain, ended=True):
        if pool.truth.in_force(pool.section(sentence), before):
            pool.use(sentence)
            yield replace(quoted(sentence, sentence.text, "quoted_past_day", "in force then", chance), day=before)


def _invented(pool: Pool, chance: Random, *, cited: bool) -> Iterator[Item]:
    """Sentences in the manner of rules, and fragments of three documents put together: they stand nowhere."""
    kind = "invented" if cited else "invented_uncited"
    drawn = pool.drawn(plain, cited=cited)
    ready = chance.sample(prose()["invented"], len(prose()["invented"]))
    for sentence in drawn:
        others = [one.text.split() for one, _ in zip(drawn, range(2), strict=False)]
        if len(others) < 2:  # noqa: PLR2004 - three in all
            return
        words = sentence.text.split()
        text = " ".join((*words[:4], *others[0][5:9], *others[1][-5:])).replace(";", ",").rstrip(".,") + "."
        text = ready.pop() if ready and chance.random() < 0.6 else text  # noqa: PLR2004 - more of the plausible ones
        if pool.truth.stands_anywhere(text) or any(char in text for char in "()"):
            continue
        pool.use(sentence)
        made = quoted(sentence, text, kind, "no document has these words", chance, cited=cited, source="-")
        # Beside a citation both are true: the provision reads otherwise, and no document has the words.
        states: tuple[State, ...] = ("not_in_these_documents", "differs") if cited else ("not_in_these_documents",)
        yield replace(made, expected=replace(made.expected, states=states, targets=(), altered=True))


def _not_held(pool: Pool, chance: Random) -> Iterator[Item]:
    for made in _invented(pool, chance, cited=False):
        cite = chance.choice(NOT_HELD)
        if pool.truth.sections(cite):
            continue
        yield replace(
            made,
            expected=replace(made.expected, kind="quoted_not_held", reason="the act is not among the documents"),
            cite=cite,
            cite_expected=replace(cite_expected(cite, ("not_in_these_documents",)), targets=()),
        )


_OTHERS: dict[str, Callable[[Pool, Random], Iterator[Item]]] = {
    "sibling": _sibling,
    "other_section": _other_section,
    "too_deep": _too_deep,
    "cited_missing": _missing_paragraph,
    "ended": _ended,
    "ended_under_new": _ended_under_new,
    "new_under_old": _new_under_old,
    "quoted_not_yet": _not_yet,
    "quoted_past_day": _past_day,
    "invented": lambda pool, chance: _invented(pool, chance, cited=True),
    "invented_uncited": lambda pool, chance: _invented(pool, chance, cited=False),
    "quoted_not_held": _not_held,
}
