"""What a question wants: a list, a definition, a number, a person, a verdict; and as of which day."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from answer.records import Question, QuestionKind

_PERSON = r"(?:applicant|petitioner|client|victim|survivor|person|individual|alien|noncitizen|woman|man|girl|boy|case|filing|application|petition|i-914|one)"
_DECISION = r"(?:qualif\w+|eligib\w+|approv\w+|grant\w*|den(?:y|ied|ial)|reject\w*|refus\w+|credible|lying|truthful|deserv\w+|inadmissible|entitled)"
_VERDICTS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"\b(?:does|do|did|is|are|was|would|will|can|could|may|should)\s+(?:this|that|my|our|these)\s+(?:\w+\s+){{0,3}}?{_PERSON}s?\b.*\b{_DECISION}\b",
    rf"\bshould\s+(?:i|we|uscis|the officer|the adjudicator)\s+(?:\w+\s+){{0,2}}?(?:deny|approve|grant|refuse|reject|believe|favou?r)\b",
    rf"\b(?:my|this|our)\s+(?:\w+\s+){{0,2}}?{_PERSON}\b.*[.,;:]\s.*\b(?:does|do|is|would|will|can|should)\s+(?:she|he|they|it)\b.*\b{_DECISION}\b",
    r"\b(?:approve or deny|deny or approve|grant or deny|is (?:she|he|this (?:person|applicant)) (?:lying|credible|telling the truth))\b",
    rf"\b(?:is|does|would|will)\s+(?:[A-Z][a-z]+ [A-Z][a-z]+|a-?\d{{8,9}})\b.*\b{_DECISION}\b",
))
_PERSON_QUESTION = re.compile(r"^\s*(?:who\s+(?:is|was)\s+(?:the\s+)?(?:current\s+|present\s+|new\s+)?(?!eligible|considered|exempt|allowed|required|subject|a\b|an\b)\w|what is the name of)", re.IGNORECASE)
_CONTACT = re.compile(r"\b(?:e-?mail address|phone|telephone number|street address|web ?site address)\b", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:fees?|costs?|price|salary|minimum wage|how much (?:money|is|does|do))\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:how (?:many|much|long|old|often|soon|fast|fresh)|what (?:number|percentage|age|amount)|(?:annual|yearly)\s+(?:cap|limit)|average|rate|deadline)\b", re.IGNORECASE)
_LIST = re.compile(
    r"\b(?:list|checklist|elements?|requirements?|factors?|criteria|conditions|steps|goals|missions|objectives|"
    r"kinds|types|categories|examples|grounds|exceptions|what (?:all )?must|what (?:do|does|did) .{3,60} "
    r"(?:need|have) to (?:show|prove|submit|demonstrate|establish|file)|what evidence|which (?:points|documents|forms)|"
    r"at (?:which|what) (?:points|times)|under (?:which|what) circumstances|every situation)\b", re.IGNORECASE)
_DEFINITION = re.compile(r"\bwhat (?:does|do|is meant by)\b.*\bmeans?\b|\bdefin(?:e|ed|ition)\b|\bmeaning of\b|^\s*what (?:is|are) (?:an? |the )?[\w\s'-]{3,40}\??\s*$|\bwhat counts as\b", re.IGNORECASE)
_BEFORE_RULE = re.compile(
    r"\b(?:before|prior to|until)\s+(?:the\s+)?(?P<year>(?:19|20)\d{2})\s+(?:final\s+)?(?:rule|regulations?|change|amendments?|revision)\b"
    r"|\bunder\s+the\s+(?:old|prior|previous|former)\s+(?:rule|regulations?|text|version)\b"
    r"|\b(?:old|former|previous)\s+(?:rule|regulations?)\b", re.IGNORECASE)
_AS_OF = re.compile(r"\bas of\s+(?P<day>\d{4}-\d{2}-\d{2})\b|\bon\s+(?P<on>\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)


def read_question(text: str, *, as_of: date, changes: Sequence[date] = ()) -> Question:
    """Understand a question.

    Args:
        text: As typed.
        as_of: Day whose law is asked for unless the question itself says otherwise.
        changes: Days on which provisions of the corpus moved, for "before the 2024 rule".
    """
    day, search_text = _day(text, as_of, changes)
    return Question(text, search_text, _kind(text), day, dated=day != as_of)


def _kind(text: str) -> QuestionKind:
    if any(pattern.search(text) for pattern in _VERDICTS):
        return "verdict"
    if _PERSON_QUESTION.match(text):
        return "person"
    if _CONTACT.search(text):
        return "contact"
    if _MONEY.search(text):
        return "money"
    if _LIST.search(text):
        return "list"
    if _NUMBER.search(text):
        return "number"
    return "definition" if _DEFINITION.search(text) else "general"


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
    known = [day for day in changes if (not year or day.year == int(year)) and day <= as_of]
    if known:
        return max(known) - timedelta(days=1), _without(text, old)
    return (date(int(year), 1, 1) - timedelta(days=1), _without(text, old)) if year else (as_of, text)


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}".strip()
