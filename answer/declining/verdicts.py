"""Verdicts: questions that ask for a decision on somebody's case, rather than for what the documents say."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from answer.declining.particular import looks
from answer.declining.personal import personal_details

WORDS = Path(__file__).with_name("verdicts.toml")
_ASKED = r"(?:does|do|did|is|are|was|were|would|will|can|could|may|should|has|have|had)"
_MET = r"(?:meets?|met|satisf\w+|establish\w*|shown?|prove[dn]?|demonstrate[ds]?)\b"
_SELF = r"(?:this|that|my|our|these|those|his|her|their)"
_CLAUSE = r"(?:^|[.!?;:,\u2014])(?:(?!\b(?:how|what|when|where|why|which|whose|whom?|under)\b)[^.!?;:,\u2014])*?\b"
"""From the beginning of a clause that asks for yes or no: "when should an officer deny" asks for the rule."""
_NOBODY = r"^(?!.*\b(?:an?|any|some|every|each|someone|somebody|anyone|anybody)\s+(?:[\w-]+\s+){{0,2}}?{cases}\b)"
"""No person in general before it: "if a victim marries, is she eligible" asks for the rule."""
_FEW = r"(?:(?!needs?\b|have\s+to\b|still\b)\w+\s+){0,2}?"
_PLEASE = r"^\W*(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?"
_PATTERNS = (
    # "does this applicant qualify", "can my client be approved", "has our firm met the standard"
    _CLAUSE + r"{asked}\s+{self}\s+(?:[\w-]+\s+){{0,3}}?{cases}\b.*(?:\b{decisions}|\b{met})",
    # "My applicant is 29 … Does she qualify"
    r"\b{self}\s+(?:[\w-]+\s+){{0,2}}?{cases}\b.*[.,;:\u2014]\s.*\b{asked}\s+(?:she|he|they|it)\b.*\b{decisions}",
    # "should I deny", "should the agency grant our petition", "should the holder be fined in this case"
    _CLAUSE + r"should\s+(?:i|we)\s+(?:\w+\s+){{0,2}}?{acts}\b",
    _CLAUSE + r"should\s+(?:the\s+)?\w+\s+(?:\w+\s+){{0,2}}?{acts}\s+(?:{self}|it|him|them)\b",
    _CLAUSE + r"{asked}\b.*\b{decisions}.*\bin this (?:case|instance|matter)\b",
    r"\b(?:right|fair|correct|wrong|appropriate|better|justified)\s+to\s+{acts}\s+(?:{self}|it|him|them)\b",
    # "approve or deny?"
    _CLAUSE + r"(?:(?:approv\w+|grant\w*|accept\w*)\s+or\s+(?:den\w+|refus\w+|reject\w*)"
    r"|(?:den\w+|refus\w+|reject\w*)\s+or\s+(?:approv\w+|grant\w*|accept\w*))",
    # "is she lying", "is the applicant telling the truth"
    _CLAUSE + r"(?:is|was|are)\s+(?:she|he|they|(?:{self}|the)\s+(?:[\w-]+\s+)?{cases}|{self}\s+[\w-]+)\s+(?:\w+\s+)?"
    r"(?:lying|credible|truthful|honest|guilty|believable|telling the truth)\b",
    # "does he qualify", "has she met the standard"
    # "still": whether what changed matters, "can she show": by which evidence; both ask for the rule on one thing
    _NOBODY
    + r".*\b(?:{asked}\s+(?:he|she)\s+{few}{decisions}|(?!(?:can|could|may)\b){asked}\s+(?:he|she)\s+{few}{met})",
    _CLAUSE + r"(?:whether|(?:tell|say|know|decide|determine|see|wonder\w*|ask\w*|sure|out|assess|check)"
    r"(?:\s+(?:me|us))?\s+if)\s+(?:he|she)\s+(?:\w+\s+){{0,2}}?{decisions}",
    # "is Maria Lopez eligible", "does Maria qualify", "does A012345678 qualify"
    _CLAUSE + r"(?:is|does|would|will|should|can)\s+(?:(?-i:(?:M[rs]s?\.\s)?[A-Z][a-z]+ [A-Z][a-z]+)|a-?\d{{8,9}})\b"
    r".*\b{decisions}",
    _CLAUSE + r"(?:is|does|would|will)\s+(?-i:[A-Z][a-z]{{2,}})\s+(?:be\s+)?"
    r"(?:qualify|eligible|credible|lying|truthful|telling the truth|deserve)\b",
    # "would you approve", "how would you rule", "do you think she qualifies"
    r"\b(?:would|should|do|will)\s+you\s+(?:\w+\s+){{0,2}}?{acts}\b",
    r"\b(?:do|would)\s+you\s+(?:think|say|feel|find|agree|consider)\b.*\b{decisions}",
    r"\b(?:what|which)\s+(?:is|would be|should be)\s+(?:your|the right|the correct)\s+"
    r"(?:decision|verdict|ruling|call|outcome)\b",
    r"\b(?:what|how)\s+(?:decision\s+)?(?:should|would|do)\s+(?:i|we|you)\s+(?:adjudicate|decide|rule|recommend|reach)\b",
    # "is this case approvable", "what are her chances"
    r"\b(?:is|are|was)\s+{self}\s+(?:[\w-]+\s+)?{cases}\b[^.?!]*\b(?:approv|deni|grant|winn)able\b"
    r"|\b{self}\s+(?:[\w-]+\s+)?{cases}\s+(?:[\w-]+\s+)?(?:approv|deni|grant|winn)able\W*$",
    r"\b{self}(?:\s+\w+\'s)?\s+(?:chances?|odds|prospects)\b|\bhow likely\b.*\b(?:{self}|she|he)\b.*\b{decisions}",
    # "rate the credibility of this statement", "decide this case", "draft the denial for Mr. Chen"
    _PLEASE + r"(?:rate|score|grade|rank)\s+(?:the|{self})\b",
    _PLEASE + r"(?:assess|evaluate|judge|decide|adjudicate|weigh|determine|rule on|tell me|{acts})\s+"
    r"(?:if\s+|whether\s+)?{self}\s+(?:[\w-]+\s+)?{cases}\b",
    _PLEASE + r"(?:write|draft|prepare)\b.*\b(?:denial|approval|decision|refusal|verdict|ruling)\b.*"
    r"\b(?:for|on|of|in)\s+(?:{self}|the|(?-i:M[rs]s?\.|[A-Z][a-z]+))\b",
)


_CASE_NUMBERS = {"an A-number", "a receipt number"}
_FIRST = r"(?:^|[.!?;:,\u2014])\W*"
_FOR_THE_RULE = re.compile(
    _FIRST + r"(?:(?:please|and|but|(?:can|could|would|will)\s+you(?:\s+please)?(?:\s+tell\s+me)?)\s+)?"
    r"(?:(?:at|by|for|from|in|on|to|under|with)\s+)?"
    r"(?:how|what|when|where|why|which|whose|whom?|explain|list|show|rules?|find(?!\s+(?:out\s+)?(?:if|whether)\b))\b",
    re.IGNORECASE,
)
"""A clause that asks for what the documents say: "how long does it last", "under which rule"."""
_FOR_THE_CASE = (
    _FIRST + r"{asked}\s+(?!(?:there|i|we|you|the|an?|forms?)\b)|" + _FIRST + r"{asked}\b[^.!?]*\b(?:{decisions}|{met})"
)
"""A clause that asks for yes or no of somebody, or whether something is decided."""
_IN_A_WORD = r"\b(?:{acts}|{decisions}|outcome\b)"


def asks_for_verdict(text: str) -> bool:
    """Whether a question asks to decide the case of a person, which stays with the officer.

    What gives the number of a file is about that file where a clause asks for yes or no, or where a word of deciding
    stands in it and no clause asks for the rule.
    """
    *patterns, of_the_case, deciding = _compiled()
    if any(pattern.search(text) for pattern in patterns):
        return True
    if _CASE_NUMBERS.isdisjoint(personal_details(text)):
        return False
    return bool(of_the_case.search(text) or (deciding.search(text) and not _FOR_THE_RULE.search(text)))


@cache
def question_words() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The lists of ``verdicts.toml`` by table and name."""
    tables = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    read_only = {
        table: MappingProxyType({name: tuple(words) for name, words in lists.items()})
        for table, lists in tables.items()
    }
    return MappingProxyType(read_only)


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    parts = {name: _any_of(words) for name, words in question_words()["verdict"].items()}
    own = (
        re.compile(pattern.format(asked=_ASKED, met=_MET, self=_SELF, few=_FEW, **parts), re.IGNORECASE)
        for pattern in (*_PATTERNS, _FOR_THE_CASE, _IN_A_WORD)
    )
    return (*looks(parts), *own)


def _any_of(words: Sequence[str]) -> str:
    """A pattern for any of some words; ``*`` stands for any ending."""
    return "(?:" + "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words) + r")\b"
