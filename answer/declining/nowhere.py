"""Nowhere: what a question is about by name and no document mentions, such as a law, a product or an abbreviation.

An ordinary word in small type that no document has ("housework") is no name: the documents may say it in other words,
so ``unfamiliar`` finds it for the probability alone. Facts of somebody's case are not what is asked about: what stands
before the sentence that asks, a name behind a title or a relative, where somebody is from, and an everyday thing
behind "a" or "her" ("as a babysitter").
"""

import re
from collections.abc import Callable, Iterable, Iterator

from answer.declining.asked import asking_part
from answer.declining.personal import is_heading
from answer.declining.verdicts import question_words
from answer.records import Question
from citations.records import LegalCitation
from index.models.embedding import frequent_words
from index.query.analyzer import fold, term_of, words

_NAMED = re.compile(
    r"(?<![\w@./'-])(?:0x[0-9a-fA-F]+|[A-Z]{1,4}-\d+[A-Z]?|[A-Z]+\d+[A-Z]*|[A-Z]{2,}|[A-Z][a-z]+[A-Z]\w*|[A-Z][a-z]{2,})"
    r"(?:s\b|\b)(?![@/]|\.\w)"
)
"""A word in capitals, with a capital inside it, with digits in it, or with a capital."""
_CODED = re.compile(r"\d|[A-Z].*[A-Z]")
_ORDINARY = re.compile(r"(?<![\w@./'\u2019-])[a-z]{5,}(?![\w@'\u2019/-]|\.\w)")
_OF_A_CASE = re.compile(
    r"\b(?:an?|his|her|my|our|their|your|some|one|two|three|as|mrs?\.?|ms\.?|dr\.?|miss|named|called)\s+(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
_OF_SOMEBODY = re.compile(
    r"\b(?:his|her|my|our|their|your|mrs?\.?|ms\.?|dr\.?|miss|named|called)\s+(?:[a-z-]+\s+)?$", re.IGNORECASE
)
"""Behind it a name is somebody's; behind "a" it is that of a product or a form."""
_FROM = re.compile(r"\b(?:in|from|to|at|near|outside|through)\s+(?:the\s+)?(?:[A-Z]\w+\s+)?$")
_PREFIX = re.compile(r"^(?:anti|co|dis|inter|mis|non|out|over|pre|re|sub|un|under)")
_BRITISH = re.compile(r"is(?=(?:e[ds]?|ing|ations?)$)")
"""An ending that is written with a z in American English."""
_LEAST = 3
"""Characters that a word has without its prefix, at least. Set by hand; not measured."""


def nowhere(question: Question, has_word: Callable[[str], bool], found: Iterable[str]) -> tuple[str, ...]:
    """What a question is about by name and the documents do not have, each once, as typed.

    Args:
        question: As it was read.
        has_word: Whether the documents have a word as it is written, as ``HybridIndex.has_word``.
        found: Texts that were found; their initials spell an abbreviation that is nowhere itself.
    """
    known, texts = _known(question), tuple(found)
    missing = (
        name
        for name in _names(_part_of(question))
        if not (name.lower() in known or _stands(name, has_word) or _spelled(name, texts))
    )
    return tuple(dict.fromkeys(missing))


def unfamiliar(question: Question, has_word: Callable[[str], bool]) -> tuple[str, ...]:
    """Rare words in small type that a question is about and the documents do not have, each once, as typed."""
    known = _known(question)
    missing = (
        word
        for word in _ordinary(_part_of(question))
        if not (term_of(word) in known or _stands(word, has_word) or _english(word))
    )
    return tuple(dict.fromkeys(missing))


def _part_of(question: Question) -> str:
    """The sentences that ask, without citations."""
    asked = question.query.expanded
    return asking_part(fold(_without(asked.corrected, asked.citations)))


def _known(question: Question) -> set[str]:
    """Abbreviations that are written out in the search, and what was typed for them."""
    expansions = question.query.expanded.expansions
    known = {expansion.short.lower() for expansion in expansions if expansion.short}
    return known | {word.lower() for expansion in expansions for word in expansion.typed}


def _without(text: str, citations: Iterable[LegalCitation]) -> str:
    """A text without its citations but those of forms, whose names are looked for like any others."""
    for cited in citations:
        if cited.code != "Form":
            text = text[: cited.start] + " " * (cited.end - cited.start) + text[cited.end :]
    return text


def _names(part: str) -> Iterator[str]:
    """Names in the sentences that ask; a capital says nothing at the beginning of one, or in a heading."""
    heading, people = is_heading(part), _people().search(part)
    for match in _NAMED.finditer(part):
        before, name = part[: match.start()], match.group()
        coded = bool(_CODED.search(name.removesuffix("s")))
        begins = not before.strip() or before.rstrip()[-1] in '.?!:;"'
        if heading if coded else (heading or begins or _OF_SOMEBODY.search(before)):
            continue
        if not (people and _FROM.search(before)):
            yield name


def _ordinary(part: str) -> Iterator[str]:
    """Words in small letters that no article or possessive makes a thing of somebody's case."""
    for match in _ORDINARY.finditer(part):
        if not _OF_A_CASE.search(part[: match.start()]):
            yield match.group()


def _stands(name: str, has_word: Callable[[str], bool]) -> bool:
    """Whether the documents have a name, or an abbreviation without the s of its plural."""
    return has_word(name) or (name[:-1].isupper() and has_word(name[:-1]))


def _english(word: str) -> bool:
    """Whether it is an everyday English word, or one with a prefix or an ending, whatever the documents have."""
    word = _BRITISH.sub("iz", word)
    bare = _PREFIX.sub("", word)
    forms = {
        word,
        term_of(word),
        f"{term_of(word)}e",
        f"{word}d",
        *([bare, term_of(bare)] if len(bare) >= _LEAST else []),
    }
    return not frequent_words() or not frequent_words().isdisjoint(forms)


def _spelled(name: str, texts: Iterable[str]) -> bool:
    """Whether words that follow each other in a text begin as an abbreviation is spelled."""
    spelled = name.lower().removesuffix("s") if name.isupper() or name[:-1].isupper() else ""
    if not spelled.isalpha():
        return False
    return any(spelled in "".join(word[0] for word in words(text) if word[0].isupper()).lower() for text in texts)


def _people() -> re.Pattern[str]:
    listed = [*question_words()["person"]["people"], *question_words()["verdict"]["cases"]]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})s?\b", re.IGNORECASE)
