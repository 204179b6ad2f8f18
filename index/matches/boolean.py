"""Which passages satisfy a query with operators: sets of rows from the terms, and positions read where these decide."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from citations.parse import LegalCitation
from index.documents.store import DocumentStore
from index.matches.passage_words import Occurrence, PassageWords, has_phrase, near
from index.query.analyzer import term_of, terms
from index.query.operators.records import All, Cited, Either, Near, Node, Phrase, Prefix, Without, Word, leaves
from index.ranking.term_channel import TermChannel

Mask = NDArray[np.bool_]
"""Of shape ``(passages,)``."""

MOST_FORMS = 2_000
"""Words that a prefix may begin; the most frequent of more are taken. Set by hand; not measured."""
MOST_READ = 20_000
"""Passages that are read for the phrases and near/n of one query: some two and a half seconds on one
processor, measured on 14,081 passages of real documents at 0.13 ms each."""
_PREFIXES = 32
"""Prefixes whose words stay in memory; each takes a look at every word of the documents. Set by hand; not measured."""
_SCORED_FORMS = 12
"""Words of a prefix that decide the order of what is found, the most frequent. Set by hand; not measured."""


class TooManyToRead(Exception):
    """A phrase or near/n of words that too many passages have."""


class Matcher:
    """Evaluates trees of operators over one generation."""

    def __init__(
        self,
        store: DocumentStore,
        channel: TermChannel,
        frequencies: Callable[[], tuple[Mapping[str, int], Mapping[str, int]]],
        citing: Callable[[LegalCitation], Mask],
    ) -> None:
        """Take a generation.

        Args:
            store: Has the texts of passages.
            channel: Has the terms of passages.
            frequencies: Words in small letters with their occurrences, and those in capitals; called for a prefix.
            citing: Which passages cite a provision or have text of it.
        """
        self.store, self._channel, self._frequencies, self._citing = store, channel, frequencies, citing
        self.form_set = lru_cache(maxsize=_PREFIXES)(lambda prefix: frozenset(self.forms(prefix)[0]))
        self.forms = lru_cache(maxsize=_PREFIXES)(self._forms)
        """Terms of the words that begin with a prefix, the most frequent first; and how many words were left out."""

    def matching(self, tree: Node, allowed: Mask) -> Mask:
        """The allowed passages that satisfy a tree.

        Raises:
            TooManyToRead: More than ``MOST_READ`` passages would have to be read.
        """
        return _Evaluation(self).within(tree, allowed)

    def scored_terms(self, tree: Node) -> list[str]:
        """The terms by which what satisfies a tree is put in order: those of what it asks for."""
        found: list[str] = []
        for leaf in leaves(tree):
            match leaf:
                case Word(terms=own):
                    found += [term for word in own for term in self._channel.vocabulary.known(word)[:1]]
                case Phrase(text=text):
                    found += terms(text, ())
                case Prefix(text):
                    found += self.forms(text)[0][:_SCORED_FORMS]
                case Cited(citation):
                    found += terms(str(citation), (citation,))
        return found

    def _forms(self, prefix: str) -> tuple[tuple[str, ...], int]:
        small, capitals = self._frequencies()
        counts: dict[str, int] = {}
        for known, spelled in ((small, str.lower), (capitals, str.upper)):
            for word, count in known.items():
                if word.startswith(prefix):
                    term = term_of(spelled(word))
                    counts[term] = counts.get(term, 0) + count
        ordered = sorted((term for term in counts if term), key=lambda term: (-counts[term], term))
        return tuple(ordered[:MOST_FORMS]), max(0, len(ordered) - MOST_FORMS)

    def absent(self, tree: Node) -> list[str]:
        """The words and prefixes that a tree asks for and that no passage has, as typed."""
        found = []
        for leaf in leaves(tree):
            match leaf:
                case Word(text=text, terms=own) if not all(map(self._channel.vocabulary.known, own)):
                    found.append(text)
                case Prefix(text) if not self.forms(text)[0]:
                    found.append(f"{text}*")
        return list(dict.fromkeys(found))

    def holding(self, leaf: Node) -> Mask:
        """Which passages have the terms of a leaf: what satisfies it, or of a phrase what may satisfy it."""
        match leaf:
            case Prefix(text):
                return self._channel.vocabulary.holding(self.forms(text)[0])
            case Cited(citation):
                return self._citing(citation)
            case Word(terms=own):
                return self._channel.side_by_side(own)
            case Phrase(folded=folded):
                return self._channel.candidates_for(folded)
            case _:
                raise TypeError(leaf)


class _Evaluation:
    """One evaluation: each passage is read once, and not more than some thousands of them."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._read: set[int] = set()

    def within(self, node: Node, allowed: Mask) -> Mask:
        """The allowed passages that satisfy a node."""
        match node:
            case All(parts):
                # What needs no reading first, so that little is left to read.
                for part in sorted(parts, key=_is_read):
                    allowed = self.within(part, allowed)
                return allowed
            case Either(parts):
                found = np.zeros_like(allowed)
                for part in parts:
                    found |= self.within(part, allowed & ~found)
                return found
            case Without(part):
                return allowed & ~self.within(part, allowed)
            case Near():
                return self._verified(allowed & self._possible(node), lambda text: self._stands(node, text))
            case Phrase(folded=phrase):
                possible = allowed & self._matcher.holding(node)
                return self._verified(possible, lambda text: has_phrase(text, phrase))
            case _:
                return allowed & self._matcher.holding(node)

    def _possible(self, node: Node) -> Mask:
        """Which passages have all the words of near/n."""
        match node:
            case Near(left, right):
                return self._possible(left) & self._possible(right)
            case Either(parts):
                found = self._possible(parts[0])
                for part in parts[1:]:
                    found |= self._possible(part)
                return found
            case _:
                return self._matcher.holding(node)

    def _verified(self, possible: Mask, satisfies: Callable[[str], bool]) -> Mask:
        rows = np.flatnonzero(possible)
        self._read.update(rows.tolist())  # a passage that another phrase had read counts once
        if len(self._read) > MOST_READ:
            raise TooManyToRead
        found = np.zeros_like(possible)
        for row, text in self._texts(rows.tolist()):
            found[row] = satisfies(text)
        return found

    def _texts(self, rows: list[int]) -> Iterator[tuple[int, str]]:
        return self._matcher.store.passage_texts(rows)

    def _stands(self, node: Near, text: str) -> bool:
        return bool(self._occurrences(node, PassageWords(text)))

    def _occurrences(self, node: Node, words: PassageWords) -> list[Occurrence]:
        match node:
            case Near(left, right, most):
                return near(self._occurrences(left, words), self._occurrences(right, words), most)
            case Either(parts):
                return sorted({found for part in parts for found in self._occurrences(part, words)})
            case Word(terms=own):
                return words.of_words(own)
            case Prefix(text):
                return words.of_any(self._matcher.form_set(text))
            case Phrase(folded=phrase):
                return words.of_phrase(phrase)
            case _:
                raise TypeError(node)


def _is_read(node: Node) -> bool:
    """Whether passages have to be read to tell which satisfy a node."""
    return any(isinstance(leaf, Phrase) for leaf in leaves(node, positive=False)) or _has_near(node)


def _has_near(node: Node) -> bool:
    match node:
        case Near():
            return True
        case All(parts) | Either(parts):
            return any(map(_has_near, parts))
        case Without(part):
            return _has_near(part)
        case _:
            return False
