"""Signals: how well the evidence fits a question; what declining is decided on."""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from answer.declining.asked import asking_part
from answer.declining.personal import is_heading
from answer.declining.verdicts import question_words
from answer.records import Evidence, Question
from citations.parse import LegalCitation, only_cites, parse_citations
from index.query.analyzer import fold, terms
from index.records import Hit

_BEST = 3
"""Best sentences in whose passages a year of the question must stand. Set by hand; not measured."""
_RARE = math.log(200)
"""Weight of a term that stands in one passage of 200. A word of a name that the passages lack makes the name a missing
one if it is no more frequent: a capital alone did not do (docs/tried.md, "Declining"). 200 is set by hand."""
_FIGURES = 8
"""Best sentences one of which must give the figure that a question asks for. Set by hand; not measured."""
_NAME = re.compile(
    r"\b(?!(?:Form|Part|Section|Chapter|Volume|Supplement)\b)[A-Z][a-z]{2,}\b(?: (?:of |the |and )*[A-Z][a-z]+\b)*"
)
_FIRST = re.compile(r"^[A-Z][a-z]+ (?:of |the |and )+")
_PLACED = re.compile(r"\b(?:in|from|to|at|near|outside|through|within)\s+(?:the\s+)?$", re.IGNORECASE)
_NUMBERED = re.compile(r"\b\d+(?:st|nd|rd|th)\s+$")
"""An ordinal: "the 9th Circuit" says where, not what."""
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_OF_A_FACT = re.compile(r"\b(?:an?|his|her|my|our|their)\s+(?:19|20)\d{2}\s+(?=[a-z])")
"""A year of somebody's case: "her 2011 removal order". What is asked about it stands elsewhere."""
_EDITIONS = (
    re.compile(
        r"(?:\b(?i:the|this|that)|\w's)\s+(?:[A-Z]{2,}\s+)?(?P<year>(?:19|20)\d{2})\s+(?P<name>[A-Z]\w+(?:\s+[A-Z]\w*)*)"
    ),
    re.compile(r"\b(?P<name>[A-Z]{4,})\s+(?:of\s+)?(?P<year>(?:19|20)\d{2})\b(?=\W*$|\s+[a-z]|[,;:?!])"),
)
"""A work that a question tells by its year: "the 2014 QHSR", "DHS's 2020 Strategy", "QHSR 2014", "the QHSR of 2014"."""
_FIGURE = re.compile(r"\d|\b(?:no|none|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand)\b")
_COUNTED = re.compile(r"\bhow many (?P<things>(?:[\w-]+ ){1,3})", re.IGNORECASE)
_BEHIND = 5
"""Words behind a number among which the things stand that it counts. Set by hand; not measured."""
_COUNTED_WORDS = 2
"""Unfamiliar words that are counted. Set by hand; not measured."""
_PART = re.compile(
    r"^\W*(?:what\s+(?:is|are|does|do)|summari[sz]e|quote|show|give|explain|describe|read)\s+(?:me\s+)?(?:the\s+)?"
    r"(?:(?:text|content|wording|summary|meaning)\s+of\s+)?(?:the\s+)?"
    r"(?P<part>(?P<name>[a-z]{4,12})\s+(?P<number>\d+(?:\.\d+)*))\b(?!\s*(?:years?|months?|weeks?|days?|hours?|percent|%))",
    re.IGNORECASE,
)
"""A part of a document that is itself asked for: "summarize mission 3", "what is the text of objective 3.2"."""
_ATTACHED = re.compile(r"\b(?:Supplement|Schedule|Appendix|Annex|Exhibit)\s+[A-Z]\b")
"""What is attached to a form or document, by its sign: "Supplement D"."""


@dataclass(frozen=True, slots=True)
class Signals:
    """How well the evidence fits the question; what declining is decided on.

    Attributes:
        coverage: Share of the question's term weight that stands in the best passage, 0 to 1.
        similarity: Highest cosine of question and sentence.
        missing: Years, names, parts and measures of the question that the passages do not have.
        nowhere: Names of the question that no document has.
        unfamiliar: Rare words of the question, no names, that no document has.
        reading: The highest reading of a sentence by a cross-encoder, -1 to 1; None where none was read.
    """

    coverage: float
    similarity: float
    missing: tuple[str, ...]
    nowhere: tuple[str, ...] = ()
    unfamiliar: tuple[str, ...] = ()
    reading: float | None = None

    @property
    def rare(self) -> int:
        """How many of its words are unfamiliar, two at most: a third says no more."""
        return min(len(self.unfamiliar), _COUNTED_WORDS)

    @property
    def strange(self) -> float:
        """How far unfamiliar words go without a sentence that reads as an answer in other words, 0 to 2."""
        return unanswered(self.rare, -1.0 if self.reading is None else self.reading)


def unanswered(rare: int, reading: float) -> float:
    """``Signals.strange`` of a number of rare words and the highest reading of a sentence."""
    return rare * max(0.0, -reading)


def missing_from(
    question: Question, considered: Sequence[Hit], evidence: Sequence[Evidence], weight: Callable[[str], float]
) -> tuple[str, ...]:
    """Names, years, measures and parts of a question that its evidence does not have.

    Args:
        question: As it was read.
        considered: The passages that the evidence is from.
        evidence: Best first.
        weight: Inverse document frequency of a term, as ``HybridIndex.term_weight``.

    Returns:
        Names, years, measures ("average") and parts of documents ("mission 3"), each once, as typed.
    """
    there = set(terms(_text_of(considered).lower()))
    best = {str(found.passage) for found in evidence[:_BEST]}
    figures = [fold(found.text).lower() for found in evidence[:_FIGURES]]
    asked = question.query.expanded
    missing = [
        *(name for name in _names(asked.corrected, asked.citations) if _unknown(name, there, weight)),
        *_years_missing(question, considered, best, figures),
        *_measures_missing(question, figures),
    ]
    missing += [*_part_missing(asked.corrected, considered), *_uncited(asked.corrected, asked.citations, considered)]
    return tuple(dict.fromkeys(missing))


def unknown_editions(
    question: str, considered: Sequence[Hit], covers: Callable[[str, set[str]], bool]
) -> tuple[str, ...]:
    """Works that a question tells by their year, when no passage, with its title, has both year and name.

    Another document's passage of that year is no answer about the edition that is asked for.

    Args:
        question: As it is searched.
        considered: The passages that the evidence is from.
        covers: Whether terms that are there hold all those of a name, or what the documents write for it.
    """
    return tuple(
        f"{year} {name}"
        for year, name in _editions(question)
        if not any(_is_of(hit, year, name, covers) for hit in considered)
    )


def _editions(question: str) -> list[tuple[str, str]]:
    """Year and name of the works that a question tells by their year, each once."""
    kinds = set(question_words()["edition"]["kinds"])
    works = (work for edition in _EDITIONS for work in edition.finditer(fold(question)))
    found = dict.fromkeys((work["year"], work["name"]) for work in works if not is_heading(question))
    return [(year, name) for year, name in found if not kinds.issuperset(name.lower().split())]


def _is_of(hit: Hit, year: str, name: str, covers: Callable[[str, set[str]], bool]) -> bool:
    """Whether a passage speaks of an edition, or is of a document of that name and year.

    In a document that bears the name and another year it stands in passing.
    """
    text, title = _text_of([hit]), fold(hit.title)
    if covers(name, set(terms(title))):
        return _is_dated(hit, year) or (year in text and not _YEAR.search(title))
    return year in text and covers(name, set(terms(text)))


def _is_dated(hit: Hit, year: str) -> bool:
    """Whether the document of a passage bears a year in its title or its date."""
    dated = hit.effective_from is not None and str(hit.effective_from.year) == year
    return dated or year in _YEAR.findall(fold(hit.title))


def _names(question: str, citations: Iterable[LegalCitation]) -> list[str]:
    """Proper names that a question is about, without the countries and towns that are facts of somebody's case."""
    people = bool(_people().search(question))
    for cited in citations:
        question = question[: cited.start] + " " * (cited.end - cited.start) + question[cited.end :]
    names = []
    for match in _NAME.finditer(fold(question)):
        first = _starts_sentence(question, match.start())
        at = people and _PLACED.search(question[: match.start()])
        # "Does the Atlas Act": the capital of the first word says nothing, that of the others does.
        name = _FIRST.sub("", match.group()) if first else match.group()
        at = at or _NUMBERED.search(question[: match.start()])
        if not at and not (first and name == match.group()):
            names.append(name)
    return names


def _unknown(name: str, there: set[str], weight: Callable[[str], float]) -> bool:
    """Whether a name has a word that the passages lack and the other documents hardly know.

    A capital alone does not make a name: "Receiving Party" is one in a question and "the recipient" in its answer.
    """
    rare = min(_RARE, weight(""))  # few passages: a term that stands nowhere
    return any(term not in there and weight(term) >= rare for term in terms(name))


def _years_missing(question: Question, considered: Sequence[Hit], best: set[str], figures: Sequence[str]) -> list[str]:
    """Years that the best passages do not have; of a number asked for by year, that no sentence with one has.

    The day of the law that a question sets is none of its years, nor is the year of an edition that is there.
    """
    text = _OF_A_FACT.sub("", asking_part(question.query.expanded.corrected))
    if question.kind == "number":
        counted = _COUNTED.search(text)
        things = set(terms(counted["things"])) if counted else set()
        passages = " ".join(figure for figure in figures if _counts(figure, things))
    else:
        passages = _text_of(hit for hit in considered if hit.passage_id in best)
    asked = {year for year, _ in _editions(text)}
    of_editions = {year for year in asked if any(_is_dated(hit, year) for hit in considered)}
    return [year for year in _YEAR.findall(text) if year not in passages and year not in of_editions]


def _counts(text: str, things: set[str]) -> bool:
    """Whether a sentence has a number, a year aside, shortly before one of the things that are counted."""
    plain = _YEAR.sub(" ", text)
    near = (plain[match.end() :].split()[:_BEHIND] for match in _FIGURE.finditer(plain))
    return any(not things or things & set(terms(" ".join(words))) for words in near)


def _measures_missing(question: Question, figures: Sequence[str]) -> list[str]:
    """Measures of a number that is asked for, such as an average, of which no sentence speaks."""
    return [
        name
        for name, words in question_words()["measures"].items()
        if question.kind == "number"
        and re.search(rf"\b{name}\b", question.text, re.IGNORECASE)
        and not any(word in text for word in words for text in figures)
    ]


def _part_missing(question: str, considered: Sequence[Hit]) -> list[str]:
    """The part of a document that is itself asked for, when no passage names it and none stands under its number."""
    attached = dict.fromkeys(_ATTACHED.findall(question))
    if attached:
        text = _text_of(considered)
        return [name for name in attached if not re.search(rf"\b{name}\b", text, re.IGNORECASE)]
    part = _PART.match(question)
    if not part:
        return []
    number = re.escape(part["number"])
    if re.search(rf"\b{part['name']}s?\s+{number}\b", _text_of(considered), re.IGNORECASE):
        return []
    addresses = " ".join(f"{hit.section} {' '.join(hit.section_path)}" for hit in considered)
    # A single digit stands in any address.
    return [] if len(part["number"]) > 1 and re.search(rf"(?<![\d.]){number}(?![\d.])", addresses) else [part["part"]]


def _uncited(question: str, citations: Sequence[LegalCitation], considered: Sequence[Hit]) -> list[str]:
    """The citations, of a question that is nothing else, that no passage makes; a bare section may be anybody's."""
    asked = citations if only_cites(question, citations) else ()
    known = {(c.code, c.number, c.path) for hit in considered for c in parse_citations(hit.text)} if asked else set()
    unknown = (c for c in asked if c.code != "\u00a7" and (c.code, c.number, c.path) not in known)
    return [question[c.start : c.end].strip() for c in unknown]


def _text_of(hits: Iterable[Hit]) -> str:
    return fold(" ".join(f"{hit.text} {' '.join(hit.section_path)} {hit.title}" for hit in hits))


def _starts_sentence(text: str, position: int) -> bool:
    return not text[:position].rstrip() or text[:position].rstrip()[-1] in '.?!:;"\u201c'


@cache
def _people() -> re.Pattern[str]:
    words = [*question_words()["person"]["people"], *question_words()["verdict"]["cases"]]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)
