"""How a query with operators was read, in words for the person who typed it."""

from collections.abc import Sequence

from index.query.operators.records import (
    All,
    Cited,
    Either,
    Leaf,
    Near,
    Node,
    Operators,
    Phrase,
    Prefix,
    Without,
    Word,
    leaves,
)

_FORMS = "Words count in all their forms, also in the title and headings above a passage"
_EXACT = "phrases exactly as typed"


def reading_of(operators: Operators) -> str:
    """The reading of a query with operators as sentences; why it is none where it is read as words."""
    if operators.tree is None:
        return f"Read as words, without AND, OR, NOT, near/n, * and -: {operators.why}."
    kinds = [type(leaf) for leaf in leaves(operators.tree, positive=False)]
    how = [said for said, kind in ((_FORMS, (Word, Prefix)), (_EXACT, (Phrase,))) if any(one in kind for one in kinds)]
    counted = f" {'; '.join(how)}." if how else ""
    counted = counted[:1] + counted[1:2].upper() + counted[2:]
    dropped = ", ".join(f"\u201c{word}\u201d" for word in dict.fromkeys(operators.dropped))
    left = f" Left out, since nearly every passage has it: {dropped}." if dropped else ""
    return f"Passages with {_said(operators.tree)}.{counted}{left}"


def _said(node: Node) -> str:
    """A part of the tree in words."""
    match node:
        case Without(part):
            said = f"anything but {_inside(part)}"
        case Near(left, right, most):
            said = f"{_inside(left)} within {most} {'word' if most == 1 else 'words'} of {_inside(right)}"
        case Either(parts):
            said = _row([_inside(part) for part in parts], "or")
        case All(parts):
            said = _all(parts)
        case _:
            said = _named(node)
    return said


def _named(leaf: Leaf) -> str:
    match leaf:
        case Word(text=text):
            return f"\u201c{text}\u201d"
        case Prefix(text):
            return f"a word that begins with \u201c{text}\u201d"
        case Phrase(text=text):
            return f"the phrase \u201c{text}\u201d"
        case Cited(citation):
            return f"a citation or text of {citation}"


def _all(parts: Sequence[Node]) -> str:
    """What is asked for, then what is excluded."""
    asked = [part for part in parts if not isinstance(part, Without)]
    excluded = [part.part for part in parts if isinstance(part, Without)]
    first = _row([_inside(part) for part in asked], "and")
    without = f"without {_row([_inside(part) for part in excluded], 'and without')}" if excluded else ""
    return f"{first}, {without}" if first and without else first or without


def _inside(node: Node) -> str:
    """A part within another one, in parentheses where it has several parts itself."""
    return f"({_said(node)})" if isinstance(node, All | Either | Near) else _said(node)


def _row(names: Sequence[str], word: str) -> str:
    *others, last = names or [""]
    return f"{', '.join(others)} {word} {last}" if others else last
