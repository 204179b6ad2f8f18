"""A query with operators as a tree: OR binds least, then AND (also unwritten), then NOT and -, then near/n.

A text in which nothing is an operator is no such query. One that cannot be read so, or in which capitals are only loud,
is searched by its words, and ``Operators.why`` says why.
"""

import re
from collections.abc import Sequence

from citations.parse import LegalCitation
from index.query.analyzer import spellings, terms, words
from index.query.operators.foreign import foreign
from index.query.operators.records import (
    All,
    Cited,
    Either,
    Near,
    Node,
    Operators,
    Phrase,
    Prefix,
    Without,
    Word,
    leaves,
)
from index.query.operators.tokens import OPERATORS, Token, tokens
from index.query.routing import asks, fold_phrase

LONGEST, MOST_OPERANDS, DEEPEST, FARTHEST, SHORTEST = 1_000, 40, 8, 50, 3
"""Characters of a query with operators, words and phrases in it, parentheses within each other, the largest n of near/n
and the fewest letters of a prefix. Set by hand; not measured."""
_SHOUTED = re.compile(r"[^\W\d_]{7,}")
"""A word in capitals that is no abbreviation."""


class _Unreadable(Exception):
    """Why a text is read as words."""


def read_operators(text: str, citations: Sequence[LegalCitation]) -> Operators | None:
    """Read a query with operators; None for one that has none.

    Args:
        text: As typed.
        citations: Those that stand in it, in order.
    """
    if not _MAY_HAVE.search(text):
        return None
    found = tokens(text, citations)
    other = [] if _is_loud(text) else [one for one in _APART.finditer(_unquoted(text, found)) if foreign(one.group())]
    if not other and not any(token.kind in (*OPERATORS, "prefix") for token in found):
        return None
    plain = _without_operators(text, found)
    for match in other:
        plain = plain[: match.start()] + _blank(match.group()) + plain[match.end() :]
    try:
        _check(text, found)
        if other:
            raise _Unreadable(foreign(other[0].group()))
        reader = _Reader(found)
        tree = reader.tree()
    except _Unreadable as why:
        return Operators(tree=None, why=str(why), words=plain)
    return Operators(tree=tree, words=plain, dropped=tuple(reader.dropped))


_MAY_HAVE = re.compile(
    r"\b(?:AND|OR|NOT|XOR|NEAR|WITHIN)\b|\b(?:ADJ|NEXT|ONEAR|NEAR)\d*|[\w/+]/|(?<!\S)/|\w\*|&&|\||(?<![^\s(])-\S"
)
"""What tells quickly that there may be an operator, also one of another system."""
_APART = re.compile(r"[^\s()]+")


def _is_loud(text: str) -> bool:
    """Whether a text is all in capitals, so that a word in capitals is no operator."""
    return text == text.upper() and bool(_SHOUTED.search(text))


def _unquoted(text: str, found: Sequence[Token]) -> str:
    """The text with spaces in place of phrases, citations and operators."""
    for token in found:
        if token.kind in ("phrase", "cited", *OPERATORS):
            text = text[: token.start] + " " * (token.end - token.start) + text[token.end :]
    return text


def _blank(written: str) -> str:
    """Spaces in place of an operator of another system; words that are joined by one stay."""
    apart = re.sub(r"[&|]", " ", written)
    return apart if apart != written and apart.strip() else " " * len(written)


def _check(text: str, found: Sequence[Token]) -> None:
    """Refuse what is no query with operators, whatever its grammar."""
    if asks(text):
        raise _Unreadable(
            "a question is read as one; leave out the question mark and the question word to use operators"
        )
    if len(text) > LONGEST:
        raise _Unreadable(f"it is longer than {LONGEST:,} characters")
    if sum(token.kind in ("word", "phrase", "prefix", "cited") for token in found) > MOST_OPERANDS:
        raise _Unreadable(f"it has more than {MOST_OPERANDS} words and phrases")
    plain = " ".join(token.text for token in found if token.kind == "word")
    if _is_loud(plain):
        raise _Unreadable("it is all in capitals; write AND, OR and NOT alone in capitals")
    if any(token.kind == "unclosed" for token in found):
        raise _Unreadable("a quotation mark is not closed")


def _without_operators(text: str, found: Sequence[Token]) -> str:
    """The text with spaces in place of operators, and of the mark of a prefix."""
    written = list(text)
    for token in found:
        if token.kind in (*OPERATORS, "open", "close"):
            written[token.start : token.end] = " " * (token.end - token.start)
        elif token.kind == "prefix":
            written[token.start : token.end] = text[token.start : token.end].replace("*", " ")
    return "".join(written)


class _Reader:
    """Reads tokens by precedence, each once."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0
        self.dropped: list[str] = []

    def tree(self) -> Node:
        """The whole of the query.

        Raises:
            _Unreadable: It is not well formed, or asks for nothing.
        """
        tree = self._either()
        if self._at < len(self._tokens):
            raise _Unreadable("a parenthesis is closed that was not opened")
        if tree is None:
            raise _Unreadable("its words stand nearly everywhere")
        if not any(leaves(tree)):
            raise _Unreadable("it only says what to leave out; add a word to look for")
        return tree

    def _next(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _takes(self, kind: str) -> Token | None:
        token = self._next()
        if token is None or token.kind != kind:
            return None
        self._at += 1
        return token

    def _either(self) -> Node | None:
        parts = [self._all()]
        while self._takes("or"):
            parts.append(self._all())
        return _joined(Either, parts)

    def _all(self) -> Node | None:
        parts = [self._single()]
        while (token := self._next()) is not None and token.kind not in ("or", "close"):
            self._takes("and")
            parts.append(self._single())
        return _joined(All, parts)

    def _single(self) -> Node | None:
        if self._takes("not"):
            part = self._single()
            if isinstance(part, Without):
                return part.part
            return None if part is None else Without(part)
        return self._near()

    def _near(self) -> Node | None:
        left = self._operand()
        while token := self._takes("near"):
            right = self._operand()
            if not 1 <= token.most <= FARTHEST:
                raise _Unreadable(f"near/n takes a number from 1 to {FARTHEST}, not {token.most}")
            if left is None or right is None:
                raise _Unreadable(f"a word beside {token.text} stands nearly everywhere")
            for side in (left, right):
                _check_near(side)
            left = Near(left, right, token.most)
        return left

    def _operand(self) -> Node | None:
        token = self._next()
        if token is None or token.kind in (*OPERATORS, "close"):
            raise _Unreadable(self._lacking(token))
        self._at += 1
        if token.kind == "open":
            return self._group()
        if token.kind == "prefix" and len(token.text) < SHORTEST:
            raise _Unreadable(f"\u201c{token.text}*\u201d has fewer than {SHORTEST} letters before the *")
        if token.kind == "prefix" and not token.text.isalpha():
            raise _Unreadable(f"* stands behind letters only, not as in \u201c{token.text}*\u201d")
        return self._leaf(token)

    def _lacking(self, token: Token | None) -> str:
        """What is wrong where a word should stand."""
        before = self._tokens[self._at - 1] if self._at else None
        if before is not None and before.kind == "open" and token is not None and token.kind == "close":
            return "there is nothing between two parentheses"
        if before is not None and before.kind in OPERATORS:
            return f"nothing stands behind {before.text}"
        if token is None:
            return "a parenthesis is not closed"
        if token.kind == "close":
            return "a parenthesis is closed that was not opened"
        return f"nothing stands before {token.text}"

    def _group(self) -> Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _Unreadable(f"more than {DEEPEST} parentheses stand within each other")
        part = self._either()
        if not self._takes("close"):
            raise _Unreadable("a parenthesis is not closed")
        self._depth -= 1
        return part

    def _leaf(self, token: Token) -> Node | None:
        """A word, phrase, prefix or citation; None for one of nothing but stop words."""
        if token.citation is not None:
            return Cited(token.citation)
        if token.kind == "prefix":
            return Prefix(token.text)
        if token.kind == "phrase":
            folded = fold_phrase(token.text)
            if terms(folded, ()):
                return Phrase(text=token.text, folded=folded)
        elif found := tuple(own for word in words(token.text) if (own := spellings(word))):
            return Word(text=token.text, terms=found)
        self.dropped.append(token.text)
        return None


def _joined(kind: type[All] | type[Either], parts: Sequence[Node | None]) -> Node | None:
    """Parts under one node, those of the same kind in one row; the part itself where it is the only one."""
    flat: list[Node] = []
    for part in parts:
        if part is not None:
            flat += part.parts if isinstance(part, kind) else (part,)
    if len(flat) > 1:
        return kind(tuple(flat))
    return flat[0] if flat else None


def _check_near(side: Node) -> None:
    """Refuse what has no part in a text: near/n joins words, prefixes, phrases and a choice of these."""
    match side:
        case Either(parts):
            for part in parts:
                _check_near(part)
        case All() | Without() | Cited():
            raise _Unreadable("near/n joins words and phrases, or several of them with OR")
        case _:
            pass
