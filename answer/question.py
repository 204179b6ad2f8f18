"""The question: what sort of answer it asks for (a list, a number, a verdict …), and as of which day."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from answer.declining.verdicts import asks_for_verdict, question_words
from answer.issues.clauses import read_case, told_before_asked
from answer.issues.facts import without_facts
from answer.records import Case, Question, QuestionKind
from index.query.query import Query, read_query

_PERSON_ASKED = (
    r"^\s*(?:who\s+(?:is|was)\s+(?:the\s+)?(?:current\s+|present\s+|new\s+)?"
    r"(?!eligible|considered|exempt|allowed|required|subject|responsible|in charge|a\b|an\b)\w|what is the name of"
    rf"|who\s+(?:{'|'.join(question_words()['person']['holds'])})\b)"
)
_CONTACT = r"\b(?:e-?mail address|phone|telephone number|(?:street|mailing|postal) address|web ?site address)\b"
_MONEY = r"\b(?:fees?|costs?|price|salary|minimum wage|how much (?:money|is|does|do))\b"
_LIST = (
    r"\b(?:list|checklist|elements?|requirements?|factors?|criteria|conditions|steps|goals|missions|objectives|kinds"
    r"|types|categories|examples|grounds|exceptions|what (?:all )?must|what evidence|every situation"
    r"|what (?:do|does|did) .{3,60} (?:need|have) to (?:show|prove|submit|demonstrate|establish|file)"
    r"|which (?:points|documents|forms)|at (?:which|what) (?:points|times)|under (?:which|what) circumstances)\b"
)
_NUMBER = (
    r"\b(?:how (?:many|much (?:time|money)|long|old|often|soon|fast|fresh)|what (?:number|percentage|age|amount)"
    r"|(?:annual|yearly)\s+(?:cap|limit)|average|rate|deadline)\b"
)
_DEFINITION = (
    r"\bwhat (?:does|do|is meant by)\b.*\bmeans?\b|\bdefin(?:e|ed|ition)\b|\bmeaning of\b|\bwhat counts as\b"
    r"|^\s*what (?:is|are) (?:an? |the )?[\w\s'-]{3,40}\??\s*$"
)
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = (
    ("person", re.compile(_PERSON_ASKED, re.IGNORECASE)),
    ("contact", re.compile(_CONTACT, re.IGNORECASE)),
    ("money", re.compile(_MONEY, re.IGNORECASE)),
    ("list", re.compile(_LIST, re.IGNORECASE)),
    ("number", re.compile(_NUMBER, re.IGNORECASE)),
    ("definition", re.compile(_DEFINITION, re.IGNORECASE)),
)
"""Looks of a question by what it asks for; the first that fits counts, after a verdict."""
_BEFORE_RULE = re.compile(
    r"\b(?:before|prior to|until)\s+(?:the\s+)?(?P<year>(?:19|20)\d{2})\s+(?:final\s+)?"
    r"(?:rule|regulations?|change|amendments?|revision)\b"
    r"|\bunder\s+the\s+(?:old|prior|previous|former)\s+(?:rule|regulations?|text|version)\b"
    r"|\b(?:old|former|previous)\s+(?:rule|regulations?)\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas of\s+(?P<day>\d{4}-\d{2}-\d{2})\b|\bon\s+(?P<on>\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


def read_question(
    text: str, *, as_of: date, changes: Sequence[date] = (), read: Callable[[str], Query] = read_query
) -> Question:
    """Read a question: its day, what is searched, and the sort of answer it asks for.

    Args:
        text: As typed.
        as_of: Day whose law is asked for unless the question itself says otherwise.
        changes: Days on which provisions of the corpus moved, for "before the 2024 rule".
        read: Reads what is searched, in the words of an index where it is ``HybridIndex.read``.
    """
    line = " ".join(text.split())
    day, search_text = _day(line, as_of, changes)
    kind = _kind(line)
    case = read_case(text, verdict=kind == "verdict")
    if case and any(map(asks_for_verdict, case.asks)):
        kind = "verdict"
    search_text, aside = _without_facts(search_text, case)
    if kind == "verdict":
        search_text = f"eligibility requirements: {search_text}"
        case = case or Case((), (line,))
    return Question(text, read(search_text), kind, day, dated=day != as_of, case=case, aside=aside)


def _without_facts(text: str, case: Case | None) -> tuple[str, tuple[str, ...]]:
    """What is searched without the facts of what is told, which no document has to name; and these."""
    story, asked = told_before_asked(text) if case is None else ("; ".join(case.clauses), " ".join(case.asks))
    plain, aside = without_facts(story)
    return (f"{plain} {asked}".strip(), aside) if aside or case else (text, ())


def _kind(text: str) -> QuestionKind:
    if asks_for_verdict(text):
        return "verdict"
    return next((kind for kind, looks in _KINDS if looks.search(text)), "general")


def _day(text: str, as_of: date, changes: Sequence[date]) -> tuple[date, str]:
    """The day that a question sets, and the question without the words that set it."""
    named = _AS_OF.search(text)
    if named:
        try:
            return date.fromisoformat(named.group("day") or named.group("on")), _without(text, named)
        except ValueError:
            return as_of, text
    old = _BEFORE_RULE.search(text)
    if not old:
        return as_of, text
    year = old.group("year")
    known = [day for day in changes if not year or day.year == int(year)]
    if known:
        return min(as_of, max(known) - timedelta(days=1)), _without(text, old)
    return (date(int(year), 1, 1) - timedelta(days=1), _without(text, old)) if year else (as_of, text)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()
