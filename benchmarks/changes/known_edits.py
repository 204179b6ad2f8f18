"""Known edits of real documents: whether each is said to be what it is."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace

from benchmarks.changes.edited import EditedStore, cite, copied, edit, expected, leaves, tree_of
from changes.editions import compare_editions
from index.documents.store import DocumentStore

EDITS = ("add", "remove", "move", "swap", "word", "number", "negation", "date", "note")
DOCUMENTS = ("8cfr-214-14", "8cfr-245-23", "8cfr-245-24", "8cfr-214-subpart-c", "8cfr-214-11")
"""Ids of the documents that are edited."""
_AT_ONCE = 6
"""Edits of one kind in one version. Set by hand; not measured."""
_ROUNDS = 5
"""Versions of each document and kind of edit. Set by hand; not measured."""


@dataclass(slots=True)
class Counted:
    """Changes by kind: expected, said, and both.

    Attributes:
        wrong: What is otherwise, in a line each.
    """

    asked: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def known_edits(store: DocumentStore, seed: int = 1) -> dict[str, Counted]:
    """Edit documents in known ways, compare, and count by the kind of edit what is found."""
    found = {kind: Counted() for kind in (*EDITS, "all")}
    foreign = _sentences(store)
    for name in DOCUMENTS:
        for kind, counted in found.items():
            for number in range(_ROUNDS):
                chance = random.Random(f"{seed} {name} {kind} {number}")
                _one(store, name, kind, chance, foreign, counted)
    return found


def _one(
    store: DocumentStore, name: str, kind: str, chance: random.Random, foreign: list[str], counted: Counted
) -> None:
    old, new = tree_of(store, name), tree_of(store, name)
    new = copied(new)
    for number in range(_AT_ONCE if kind != "all" else len(EDITS)):
        edit(new, EDITS[number] if kind == "all" else kind, chance, chance.sample(foreign, 3))
    cite(old)
    cite(new)
    document = replace(store.documents[name], text="", blocks=())
    before, after = EditedStore(document, old), EditedStore(document, new)
    truth = expected(new, {section.citation for section in before.tree(name).sections})
    change = compare_editions(before, name, after, name)  # type: ignore[arg-type] - what it reads, both have
    said: dict[str, set[tuple[str, str]]] = {}
    for section in change.sections:
        two = (section.old.section if section.old else "", section.new.section if section.new else "")
        for one in section.kinds:
            said.setdefault(one, set()).add(two)
    for one in {*truth, *said}:
        asked, got = truth.get(one, set()), said.get(one, set())
        counted.asked[one] += len(asked)
        counted.said[one] += len(got)
        counted.right[one] += len(asked & got)
        counted.wrong += [f"{name}, {kind}: {one} {two} is not said" for two in sorted(asked - got)]
        counted.wrong += [f"{name}, {kind}: {one} {two} is said" for two in sorted(got - asked)]


def _sentences(store: DocumentStore) -> list[str]:
    """Paragraphs of a document that is not edited, for what is added."""
    return [leaf.lines[0] for _, leaf in leaves(tree_of(store, "8cfr-212-16"))] + [
        leaf.lines[0] for _, leaf in leaves(tree_of(store, "22usc-ch78"))
    ]
