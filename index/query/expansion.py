"""A query in the words of one corpus: typos corrected, abbreviations and everyday words spelled out.

What a generation knows of its words is collected when it is built (``index.carried.words``) and lies in one file beside
the term matrices; ``QueryExpander.expand`` reads a query with it.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from citations.parse import LegalCitation, parse_citations, without_citations
from index.models.embedding import frequent_words
from index.query.analyzer import phrase_terms, term_of, terms
from index.query.form_names import named_forms
from index.query.glossary import Abbreviation, Glossary
from index.query.spelling import LEAST_CHARACTERS, Correction, Spelling
from index.query.thesaurus import Expansion, expand_everyday, read_ages, thesaurus_terms, thesaurus_words
from index.ranking.lexical import LexicalIndex

FILE = "words.json"
"""Name of the words of a generation on the disk."""
_MOST_CORRECTED = 12
"""Words of one query that are looked up as mistyped; a text in another language is not respelled word by word.
Set by hand; not measured."""
_WORD = re.compile(r"(?<![\w@./\\'\u2019])[^\W\d_]+(?![\w@]|['\u2019](?!s\b)\w|\.\w|-\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpandedQuery:
    """A query in the words of the law.

    Attributes:
        corrected: The query as typed, but for typos that can stand for one word only and the names of forms.
        citations: Those in ``corrected``.
        text: The same without ages.
        terms: Its terms in order.
        expansions: What is searched beside them.
        typos: Words read in place of mistyped ones.
    """

    corrected: str
    citations: tuple[LegalCitation, ...]
    text: str
    terms: tuple[str, ...]
    expansions: tuple[Expansion, ...] = ()
    typos: tuple[str, ...] = ()

    @property
    def phrases(self) -> list[str]:
        """All phrases of the expansions, each once."""
        return list(dict.fromkeys(phrase for expansion in self.expansions for phrase in expansion.phrases))

    @property
    def embedding_text(self) -> str:
        """The query with the law's words behind it, to be embedded.

        An abbreviation is spelled out only where it is all that was typed: among other words its long form drowns them.
        """
        spelled = [
            expansion
            for expansion in self.expansions
            if not expansion.shortens and (not expansion.short or len(self.terms) <= len(expansion.typed))
        ]
        phrases = dict.fromkeys(phrase for expansion in spelled for phrase in expansion.phrases)
        return f"{self.text} ({', '.join(phrases)})" if phrases else self.text

    @property
    def note(self) -> str:
        """What was searched beside what was typed, as a sentence; "" for nothing."""
        plain = [phrase for expansion in self.expansions if not expansion.short for phrase in expansion.phrases]
        parts = [", ".join(dict.fromkeys((*self.typos, *plain)))]
        parts += [f"{e.short}: {' or '.join(e.phrases)}" for e in self.expansions if e.short]
        listed = "; ".join(part for part in parts if part)
        return f"Searched also for: {listed}." if listed else ""


class QueryExpander:
    """The words of one generation, to read queries with."""

    def __init__(
        self, spelling: Spelling, abbreviations: Sequence[Abbreviation], vocabulary: Container[str] = ()
    ) -> None:
        """Take the words of the documents.

        Args:
            spelling: Words to fix typos with.
            abbreviations: Those that the documents define.
            vocabulary: All terms of the index; a word that gives one of them is not mistyped.
        """
        self.spelling = spelling
        self.glossary = Glossary(abbreviations, spelling.is_word)
        self._vocabulary = vocabulary

    def expand(self, text: str, citations: Sequence[LegalCitation] | None = None) -> ExpandedQuery:
        """Read a query; where entries of the thesaurus overlap the longest one counts.

        Args:
            text: As typed.
            citations: Those that stand in it, where it was parsed for them before.
        """
        cited = parse_citations(text) if citations is None else tuple(citations)
        named, cited, forms = named_forms(text, cited)
        corrected, cited, typos, beside = self._correct(named, cited)
        plain, ages = read_ages(corrected)
        sequence = tuple(terms(plain, cited))
        uncited, _ = read_ages(without_citations(corrected, cited))
        abbreviations = [
            Expansion(typed.terms, tuple(form.long for form in typed.meanings), short=typed.short)
            for typed in self.glossary.typed(uncited)
        ]
        everyday = [
            entry
            for entry in expand_everyday(sequence)
            if not any(entry.typed == known.typed for known in abbreviations)
        ]
        known = {expansion.short.lower() for expansion in abbreviations}
        shortened = [entry for entry in self._shortened(sequence) if entry.phrases[0].lower() not in known]
        return ExpandedQuery(
            corrected=corrected,
            citations=cited,
            text=plain,
            terms=sequence,
            expansions=tuple(_searchable((*ages, *everyday, *beside, *forms, *abbreviations, *shortened))),
            typos=typos,
        )

    def has_word(self, word: str) -> bool:
        """Whether the documents have a word as it is written, whatever its capitals."""
        lower = word.lower()
        written = self.spelling.counts.get(lower, 0) + self.spelling.capitals.get(lower, 0)
        return bool(written) or (term_of(word) in self._vocabulary and (not word.isalpha() or word.islower()))

    def defining(self, query: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Rows of the passages that say what the abbreviations of a query mean, and of those that spell them out."""
        meanings = [form for typed in self.glossary.typed(query) for form in typed.meanings]
        defining = {row for form in meanings for row in form.defining}
        return tuple(sorted(defining)), tuple(sorted({row for form in meanings for row in form.stated} - defining))

    def _shortened(self, sequence: tuple[str, ...]) -> list[Expansion]:
        """The abbreviations of long ones that are written out in a query."""
        found = []
        position = 0
        while position < len(sequence):
            for length in range(self.glossary.longest, 1, -1):
                written = sequence[position : position + length]
                short = self.glossary.short_for(written)
                if short:
                    found.append(Expansion(written, (short,), shortens=True))
                    position += len(written) - 1
                    break
            position += 1
        return found

    def _correct(
        self, text: str, citations: tuple[LegalCitation, ...]
    ) -> tuple[str, tuple[LegalCitation, ...], tuple[str, ...], list[Expansion]]:
        """The text with close typos corrected and its citations, the corrections, and what is searched beside them."""
        typos: list[str] = []
        beside: list[Expansion] = []
        corrected, end = "", 0
        moved = list(citations)
        for match, correction in self._mistyped(text, citations):
            best, *others = correction.words
            if correction.close:
                corrected += text[end : match.start()] + (best.capitalize() if match.group()[0].isupper() else best)
                end = match.end()
                moved = _moved_behind(len(corrected) - len(best), len(best) - len(match.group()), moved)
                typos.append(best)
            else:
                others = [best, *others]
            if others:
                beside.append(Expansion((), tuple(others)))
        return corrected + text[end:], tuple(moved), tuple(dict.fromkeys(typos)), beside

    def _mistyped(self, text: str, cited: Sequence[LegalCitation]) -> list[tuple[re.Match[str], Correction]]:
        """The words outside of citations that nobody has, with their corrections."""
        found = [match for match in _WORD.finditer(text) if not self._is_known(match.group())]
        found = [match for match in found if not any(c.start < match.end() and match.start() < c.end for c in cited)]
        corrections = (
            (match, self.spelling.correct(match.group(), name=_inside_capital(text, match)))
            for match in found[:_MOST_CORRECTED]
        )
        return [(match, correction) for match, correction in corrections if correction]

    def _is_known(self, word: str) -> bool:
        """Whether a word is one: of the documents, the thesaurus, the abbreviations, or of English in general."""
        if len(word) < LEAST_CHARACTERS or word.isupper() or word.lower() in frequent_words():
            return True
        term = term_of(word)
        inflected = not frequent_words().isdisjoint((term, f"{term}e", re.sub("i$", "y", term)))
        known = term in self._vocabulary or term in thesaurus_terms() or inflected
        return known or not term or bool(self.glossary.meanings(word))


def _searchable(expansions: Iterable[Expansion]) -> Iterator[Expansion]:
    """Expansions without the phrases that have no terms: "whch" stands for "which", "WYA" for "who you are"."""
    for expansion in expansions:
        phrases = tuple(phrase for phrase in expansion.phrases if phrase_terms(phrase))
        if phrases:
            yield replace(expansion, phrases=phrases)


def _moved_behind(position: int, by: int, citations: Sequence[LegalCitation]) -> list[LegalCitation]:
    """Citations of a text, with those at and behind a position moved by a number of characters."""
    return [replace(c, start=c.start + by, end=c.end + by) if c.start >= position else c for c in citations]


def _inside_capital(text: str, match: re.Match[str]) -> bool:
    """Whether a word has a capital that the beginning of a sentence does not explain."""
    before = text[: match.start()].rstrip()
    return match.group()[0].isupper() and bool(before) and before[-1] not in '.?!:;"\u201c'


def load_expander(folder: Path, vocabulary: LexicalIndex) -> QueryExpander:
    """Open what ``index.carried.words`` wrote.

    A generation of an earlier version has no such file until the next ingest; its queries are read with the general
    lists alone.
    """
    file = folder / FILE
    if not file.is_file():
        return QueryExpander(Spelling({}), (), vocabulary)
    stored = json.loads(file.read_text(encoding="utf-8"))
    forms = [Abbreviation(**{key: _tuple(value) for key, value in form.items()}) for form in stored["short_forms"]]
    # A form that the documents do not have of a word that they have: "comply" where they speak of compliance.
    term_by_word = {word: term_of(word) for word in frequent_words() - stored["capitals"].keys()}
    known = set(vocabulary.known(list(set(term_by_word.values()))))
    inflected = (word for word, term in term_by_word.items() if term in known)
    counts = {**dict.fromkeys(inflected, 1), **stored["words"]}
    return QueryExpander(Spelling(counts, stored["names"], stored["capitals"], thesaurus_words()), forms, vocabulary)


def _tuple(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return tuple(value) if isinstance(value, list) else value
