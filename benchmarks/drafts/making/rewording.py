"""Quotations whose words were changed, or put together in silence: none of them may be found."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from benchmarks.drafts.making import changes, legal
from benchmarks.drafts.making.pool import Pool, plain
from benchmarks.drafts.making.quoting import neighbours, quoted
from benchmarks.drafts.making.truth import words_of
from benchmarks.drafts.records import Item
from drafts.records import State

_CHANGES: dict[str, tuple[changes.Change, str]] = {
    "content_word": (changes.word("content"), "a word of content changed"),
    "function_word": (changes.word("function"), "a function word changed"),
    "another_word": (changes.another_word, "a long word changed"),
    "plural": (changes.plural, "a noun in the other number"),
    "negation_dropped": (changes.negation_dropped, "a negation dropped"),
    "negation_added": (changes.negation_added, "a negation added"),
    "digits": (changes.digits, "a number changed"),
    "written_number": (changes.word("numbers"), "a written number changed"),
    "date": (changes.day, "a date changed"),
    "designator": (changes.designator, "the paragraph referred to changed"),
    "reference": (changes.reference, "the section referred to changed"),
    "dropped_word": (changes.dropped, "a word left out without an ellipsis"),
    "bracketed_negation": (changes.bracketed_negation, "brackets add a negation"),
    "swallowed_negation": (changes.negation_behind_more, "an ellipsis leaves out words that end in a negation"),
    "hidden_negation": (changes.negation_hidden, "an ellipsis leaves out nothing but a negation"),
}
_STYLES = (
    legal.ellipsis_inside,
    legal.ellipsis_at_end,
    legal.ellipsis_at_start,
    legal.brackets,
    legal.bracketed_initial,
    legal.typography,
    legal.breaks,
)
_SINGLE = ("content_word", "function_word", "negation_dropped", "negation_added", "digits", "plural")
"""Changes of one word that are tried together with what style allows, and in fragments."""
_FRAGMENT = 8
"""Words of a fragment in which one is changed. Set by hand; not measured."""


def altered_quotations(kind: str, pool: Pool, chance: Random) -> Iterator[Item]:
    """Quotations of a kind whose words are not those of the document; none for a kind that is made elsewhere."""
    if kind in _CHANGES or kind == "uncited_change":
        yield from _changed(kind, pool, chance)
    elif kind in _OTHERS:
        yield from _OTHERS[kind](pool, chance)


def _changed(kind: str, pool: Pool, chance: Random) -> Iterator[Item]:
    uncited = kind == "uncited_change"
    for sentence in pool.drawn(plain, cited=not uncited):
        change, reason = chance.choice(list(_CHANGES.values())[:7]) if uncited else _CHANGES[kind]
        text = change(sentence.text, chance)
        if not text or pool.truth.stands_anywhere(text) or words_of(text) == words_of(sentence.text):
            continue
        pool.use(sentence)
        yield _differing(quoted(sentence, text, kind, reason, chance, cited=not uncited))


def _changed_in_style(pool: Pool, chance: Random) -> Iterator[Item]:
    """A changed word beside an ellipsis, a bracket or a break that style allows."""
    for sentence in pool.drawn(plain):
        change, reason = _CHANGES[chance.choice(_SINGLE)]
        altered = change(sentence.text, chance)
        text = chance.choice(_STYLES)(altered, chance) if altered else ""
        before = sentence.text.split()
        # The change must not be among the words that the style leaves out or replaces.
        fresh = [word for word in altered.split() if word not in before]
        if not fresh or not all(word in text for word in fresh) or pool.truth.stands_anywhere(text):
            continue
        pool.use(sentence)
        yield _differing(quoted(sentence, text, "change_and_style", f"{reason}, in legal style", chance))


def _changed_fragment(pool: Pool, chance: Random) -> Iterator[Item]:
    """Some words of a sentence, one of them changed."""
    for sentence in pool.drawn(plain):
        words = sentence.text.rstrip(".;").split()
        first = chance.randint(0, len(words) - _FRAGMENT)
        fragment = " ".join(words[first : first + _FRAGMENT]).strip(",;:")
        change, reason = _CHANGES[chance.choice(_SINGLE)]
        text = change(fragment, chance)
        if not text or text.count("(") != text.count(")") or pool.truth.stands_anywhere(text):
            continue
        pool.use(sentence)
        made = quoted(sentence, text, "fragment_change", f"{reason}, in a fragment", chance, source=fragment)
        # Of so few words it can be said that they differ from the provision, or that no document has them.
        yield _differing(made, "differs", "not_in_these_documents")


def _differing(item: Item, *states: State) -> Item:
    # A bracketed or hidden negation can be left to a person, but it must never be found.
    states = states or ("differs",)
    return replace(item, expected=replace(item.expected, states=states, altered=True))


def _joined(pool: Pool, chance: Random) -> Iterator[Item]:
    for first, second in neighbours(pool, apart=2):
        text = f"{first.text} {second.text}"
        # A sentence that only cites may be left out; one of prose between them may not.
        between = any(one.index == first.index + 1 for one in pool.beside(first))
        if between and not pool.truth.stands_anywhere(text):
            yield _differing(quoted(first, text, "joined", "a sentence between two left out in silence", chance))


def _turned_round(pool: Pool, chance: Random) -> Iterator[Item]:
    for first, second in neighbours(pool):
        # A title that stands before too is not turned round.
        if (
            len({match.start for match in pool.truth.matches(second.text) if match.document_id == first.document_id})
            > 1
        ):
            continue
        text = f"{second.text.rstrip('.;')} \u2026 {first.text}"
        yield _differing(quoted(first, text, "turned_round", "the ellipsis hides that the order is turned", chance))


_OTHERS: dict[str, Callable[[Pool, Random], Iterator[Item]]] = {
    "change_and_style": _changed_in_style,
    "fragment_change": _changed_fragment,
    "joined": _joined,
    "turned_round": _turned_round,
}
