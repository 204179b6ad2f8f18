"""What a question wants: a list, a definition, a number, a person, a verdict; and as of which day."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from answer.records import Question, QuestionKind

_PERSON = (
    r"(?:applicant|petitioner|client|victim|survivor|person|individual|alien|noncitizen|woman|man|girl|boy|case"
    r"|filing|application|petition|i-914|one)"
)
_DECISION = (
    r"(?:qualif\w+|eligib\w+|approv\w+|grant\w*|den(?:y|ied|ial)|reject\w*|refus\w+|credible|lying|truthful"
    r"|deserv\w+|inadmissible|entitled)"
)
_ASKED = r"(?:does|do|did|is|are|was|would|will|can|could|may|should)"
_ANY_CASE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "does this applicant qualify", "can my client be approved"
        rf"\b{_ASKED}\s+(?:this|that|my|our|these)\s+(?:\w+\s+){{0,3}}?{_PERSON}s?\b.*\b{_DECISION}\b",
        # "should I deny"
        r"\bshould\s+(?:i|we|uscis|the officer|the adjudicator)\s+(?:\w+\s+){0,2}?"
        r"(?:deny|approve|grant|refuse|reject|believe|favou?r)\b",
        # "My applicant is 29 … Does she qualify"
        rf"\b(?:my|this|our)\s+(?:\w+\s+){{0,2}}?{_PERSON}\b.*[.,;:]\s.*\b{_ASKED}\s+(?:she|he|they|it)\b.*\b{_DECISION}\b",
        r"\b(?:approve or deny|deny or approve|grant or deny)\b",
        rf"\bis (?:she|he|this {_PERSON}) (?:lying|credible|telling the truth)\b",
        # "does he qualify", "would she meet the standard"; not "if a victim marries, is she eligible"
        rf"^(?!.*\b(?:if|when|once|after)\s+(?:an?|the|someone|somebody)\b).*"
        rf"\b(?:does|is|would|will)\s+(?:he|she)\s+(?:\w+\s+){{0,2}}?(?:{_DECISION}|meets?|satisf\w+)\b",
        # "is Maria Lopez eligible", "does A012345678 qualify"
        rf"\b(?:is|does|would|will)\s+(?:(?-i:[A-Z][a-z]+ [A-Z][a-z]+)|a-?\d{{8,9}})\b.*\b{_DECISION}\b",
    )
)
_PERSON_ASKED = (
    r"^\s*(?:who\s+(?:is|was)\s+(?:the\s+)?(?:current\s+|present\s+|new\s+)?"
    r"(?!eligible|considered|exempt|allowed|required|subject|a\b|an\b)\w|what is the name of)"
)
_CONTACT = r"\b(?:e-?mail address|phone|telephone number|street address|web ?site address)\b"
_MONEY = r"\b(?:fees?|costs?|price|salary|minimum wage|how much (?:money|is|does|do))\b"
_LIST = (
    r"\b(?:list|checklist|elements?|requirements?|factors?|criteria|conditions|steps|goals|missions|objectives|kinds"
    r"|types|categories|examples|grounds|exceptions|what (?:all )?must|what evidence|every situation"
    r"|what (?:do|does|did) .{3,60} (?:need|have) to (?:show|prove|submit|demonstrate|establish|file)"
    r"|which (?:points|documents|forms)|at (?:which|what) (?:points|times)|under (?:which|what) circumstances)\b"
)
_NUMBER = (
    r"\b(?:how (?:many|much|long|old|often|soon|fast|fresh)|what (?:number|percentage|age|amount)"
    r"|(?:annual|yearly)\s+(?:cap|limit)|average|rate|deadline)\b"
)
_DEFINITION = (
    r"\bwhat (?:does|do|is meant by)\b.*\bmeans?\b|\bdefin(?:e|ed|ition)\b|\bmeaning of\b|\bwhat counts as\b"
    r"|^\s*what (?:is|are) (?:an? |the )?[\w\s'-]{3,40}\??\s*$"
)
_KINDS: tuple[tuple[QuestionKind, tuple[re.Pattern[str], ...]], ...] = (
    ("verdict", _ANY_CASE),
    ("person", (re.compile(_PERSON_ASKED, re.IGNORECASE),)),
    ("contact", (re.compile(_CONTACT, re.IGNORECASE),)),
    ("money", (re.compile(_MONEY, re.IGNORECASE),)),
    ("list", (re.compile(_LIST, re.IGNORECASE),)),
    ("number", (re.compile(_NUMBER, re.IGNORECASE),)),
    ("definition", (re.compile(_DEFINITION, re.IGNORECASE),)),
)
"""Looks of a question by what it wants; the first that fits counts."""
_BEFORE_RULE = re.compile(
    r"\b(?:before|prior to|until)\s+(?:the\s+)?(?P<year>(?:19|20)\d{2})\s+(?:final\s+)?"
    r"(?:rule|regulations?|change|amendments?|revision)\b"
    r"|\bunder\s+the\s+(?:old|prior|previous|former)\s+(?:rule|regulations?|text|version)\b"
    r"|\b(?:old|former|previous)\s+(?:rule|regulations?)\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas of\s+(?P<day>\d{4}-\d{2}-\d{2})\b|\bon\s+(?P<on>\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


def read_question(text: str, *, as_of: date, changes: Sequence[date] = ()) -> Question:
    """Understand a question.

    Args:
        text: As typed.
        as_of: Day whose law is asked for unless the question itself says otherwise.
        changes: Days on which provisions of the corpus moved, for "before the 2024 rule".
    """
    day, search_text = _day(text, as_of, changes)
    kind = _kind(text)
    if kind == "verdict":
        search_text = f"eligibility requirements: {search_text}"
    return Question(text, search_text, kind, day, dated=day != as_of)


def _kind(text: str) -> QuestionKind:
    fitting = (kind for kind, looks in _KINDS if any(look.search(text) for look in looks))
    return next(fitting, "general")


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
