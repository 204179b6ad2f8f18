"""Sorts: what a question asks for by sort, such as an e-mail address, and whether a sentence has one of that sort."""

import re
from collections.abc import Sequence

from answer.declining.asked import asking_part
from answer.declining.counting import counting
from answer.declining.holders import names_holder
from answer.records import Evidence, Question
from index.query.analyzer import fold

_DETAILS = 3
"""Best sentences one of which must have the contact detail that is asked for. Set by hand; not measured."""
_CONSIDERED = 5
"""Best sentences one of which must have a sum of money. Set by hand; not measured. A number may stand in any sentence
that was read: that of "days to answer a notice" was not among the best five."""
_YES_OR_NO = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|may|might|must|should|shall|will|would|has|have|had)\b",
    re.IGNORECASE,
)
_SOMEBODYS = (
    r"(?<!mail )(?<!site )(?<!web )(?<!his )(?<!her )(?<!safe )(?<!home )(?<!their )(?<!my )(?<!old )(?<!new )(?<!of )"
    r"(?<!'s )(?<!\u2019s )"
)
"""Before an address: it is not of another sort, nor somebody's own."""
_CONTACTS = (  # (asked for, how it looks in a text, its name)
    (
        r"\be-?mail\s+address\b|(?<!by )(?<!via )(?<!through )(?<!an )(?<!per )(?<!her )(?<!his )(?<!send )\be-?mail\b"
        r"(?!\s+(?:address|notice|notification|message|exchange|evidence|from|is|was|alert)|s\b)",
        r"\S+@\S+\.\w+",
        "an e-mail address",
    ),
    (
        r"\b(?:what|which)(?:['\u2019]s|\s+is|\s+are)?\s+(?:the\s+)?(?:[\w-]+\s+){0,3}?" + _SOMEBODYS + r"address\b"
        r"(?!\s+(?:the|this|that|change))"
        r"|" + _SOMEBODYS + r"\b(?:mailing|street|postal|office|lockbox)\s+address\s+(?:where|of|for|to|in|at)\b"
        r"|" + _SOMEBODYS + r"\baddress\s+(?:where|to\s+(?:mail|send|file)|of\s+the)\b",
        r"\b[A-Z]{2}\.? \d{5}\b|\bP\.? ?O\.? Box\b|\b\d{1,5} (?:[NSEW]\.? )?[A-Z]\w+ (?:St|Street|Ave|Avenue|Road|Rd"
        r"|Drive|Dr|Blvd|Boulevard|Way|Lane|Court)\b",
        "a mailing address",
    ),
    (
        r"\b(?:tele)?phone\s+(?:number|no\b|of\b|for\b)|^\W*(?:(?:what|which|the|is|national|human)['\u2019s]*\s+|[\w-]+\s+){0,5}hot-?line\s+number\W*$|\bnumber\s+to\s+call\b|\bwhat\s+phone\b",
        r"\b\d{3}[-. )]+\d{3}[-. ]\d{4}\b|\b\d{3}[-.]\d{4}\b",
        "a telephone number",
    ),
    (r"\bfax\s+(?:number|no\b|line|of\b|for\b)|\bwhat\s+fax\b", r"\b[Ff]ax\b.*\d{3}[-. ]\d{4}", "a fax number"),
    (
        r"\bweb\s?site\s+address\b|\bweb\s+address\b|\burl\b",
        r"\bwww\.|https?://|\b\w+\.(?:gov|org|com)\b",
        "a web address",
    ),
)
_MONEY = re.compile(
    r"\b(?:how\s+much\s+(?:money|cash|is|does|do|are|will)|(?:monthly|weekly|daily|annual|yearly)\s+(?:cash|payment|stipend"
    r"|allowance|salary|benefit)|what\s+amount\s+of\s+money|price|salary|minimum\s+wage|costs?|cash\s+(?:a|per)\s+\w+"
    r"|(?:fees?)(?!\s*(?:waiver|exempt|-|or\b)))",
    re.IGNORECASE,
)
_SUM = re.compile(
    r"[$\u20ac\u00a3]\s?\d|\b\d[\d,.]* (?:dollars|euros|pounds|percent)|\b[Nn]o (?:\w+ )?(?:fees?|costs?|charge)\b"
    r"|\bfree\b"
    r"|\b(?:without|waive[sd]?|exempt\w*)\b[^.]{0,40}\b(?:fees?|cost|charge)|\bfees?[ -]exempt"
)


def lacking_sort(question: Question, evidence: Sequence[Evidence]) -> str:
    """A sentence on what a question asks for by sort and no best sentence has, "" if nothing."""
    asked = asking_part(fold(question.query.expanded.corrected or question.text))
    holder = names_holder(asked, [found.text for found in evidence])
    if holder:
        return holder
    texts = [fold(found.text) for found in evidence]
    if not _YES_OR_NO.match(asked):
        for wanted, look, name in _CONTACTS:
            if re.search(wanted, asked, re.IGNORECASE) and not any(re.search(look, text) for text in texts[:_DETAILS]):
                return f"The passages found do not give {name}."
        if _MONEY.search(asked) and not any(_SUM.search(text) for text in texts[:_CONSIDERED]):
            return "The passages found do not give an amount of money."
    gives, name = counting(asked, number=question.kind == "number")
    if gives and not any(gives(text) for text in texts):
        return f"The passages found do not give {name}."
    return ""
