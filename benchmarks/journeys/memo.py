"""A memo of two pages made from the text of an index, with three known faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from random import Random

from benchmarks.drafts.making.changes import another_word
from benchmarks.drafts.making.forms import is_citable
from benchmarks.drafts.making.misquoting import wrong_quotations
from benchmarks.drafts.making.pool import Pool, plain
from benchmarks.drafts.making.truth import Truth
from benchmarks.drafts.records import Sentence
from drafts.records import State

WORDS = 900
"""Words of two pages. Set by hand; not measured."""
_SEED = 19
"""Of the choice of sentences, so that every run has the same memo. Set by hand; not measured."""
_TRIED = 200
"""Sentences that are tried for a changed word. Set by hand; not measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A memo and what is wrong in it.

    Attributes:
        text: Its paragraphs, with an empty line between them.
        changed: The quotation with a changed word.
        old: The citation of a provision that was replaced.
        misplaced: The quotation with a wrong pinpoint.
        quotations: How many quotations are right.
    """

    text: str
    changed: str
    old: str
    misplaced: str
    quotations: int

    @property
    def faults(self) -> dict[str, State]:
        """The state that a check must give each fault."""
        return {self.changed: "differs", self.old: "replaced", self.misplaced: "wrong_place"}


def made_memo(truth: Truth, day: date) -> Memo:
    """A memo of the provisions of a collection whose law has moved.

    Raises:
        ValueError: The documents have nothing of which one of the faults could be made.
    """
    chance = Random(_SEED)  # noqa: S311 - a choice of sentences, no secret
    pool = Pool(truth, chance, day)
    entries = [one for one in truth.store.crosswalk() if is_citable(one.old) and truth.sections(one.new)]
    if not entries:
        raise ValueError("No provision of this index has moved. Choose an index whose manifest has a crosswalk.")
    moved = chance.choice(entries)
    collection = truth.store.documents[truth.sections(moved.new)[0].document_id].collection
    misplaced = next(wrong_quotations("sibling", pool, chance), None)
    if misplaced is None:
        raise ValueError("No sentence of this index can be cited to a wrong paragraph.")

    def fits(sentence: Sentence) -> bool:
        return plain(sentence) and truth.store.documents[sentence.document_id].collection == collection

    drawn = pool.drawn(fits)
    for sentence in islice(drawn, _TRIED):
        changed = another_word(sentence.text, chance)
        if changed and not truth.stands_anywhere(changed):
            break
    else:
        raise ValueError("No sentence of this index can be changed by a word.")
    faults = [
        f"On this point the file says \u201c{changed}\u201d {sentence.citation}.",
        f"The earlier memo rests on {moved.old} alone.",
        f"The reviewer adds: \u201c{misplaced.text}\u201d {misplaced.cite}.",
    ]
    right = _right(drawn, WORDS - sum(len(one.split()) for one in faults))
    paragraphs = ["Memorandum on the file", *right]
    for number, fault in enumerate(faults, start=1):
        paragraphs.insert(1 + number * len(right) // (len(faults) + 1), fault)
    return Memo(
        text="\n\n".join(paragraphs),
        changed=changed,
        old=moved.old,
        misplaced=misplaced.text,
        quotations=len(right),
    )


def _right(drawn: Iterator[Sentence], words: int) -> list[str]:
    """Paragraphs with a right quotation each, of so many words together."""
    found: list[str] = []
    for sentence in drawn:
        if words <= 0:
            break
        found.append(f"The text reads \u201c{sentence.text}\u201d {sentence.citation}.")
        words -= len(found[-1].split())
    return found
