"""Provisions of laws that have no code here: ``Article 83 of the GDPR``, ``Directive 2011/36/EU``.

They are no citations, since nothing can be looked up under them. That they are named tells whether documents can speak
of them at all.
"""

import re
from dataclasses import dataclass

from citations.patterns import plain_text

_NUMBER = r"\d{1,4}[A-Za-z]?(?:\s?\([A-Za-z\d]{1,4}\)){0,4}"
_ARTICLE = rf"(?:(?i:articles?|art\.?|arts\.)\s{{0,2}}{_NUMBER})"
_SECTION = rf"(?:(?i:sections?|sec\.|s\.?)\s{{0,2}}{_NUMBER})"
_WORD = r"[A-Z][A-Za-z'&-]{1,30}"
_TITLED = (
    rf"{_WORD}(?:\s(?:(?:of|and|for|the|to|in|on|against|from|by)\s){{0,3}}{_WORD}){{0,9}}?\s"
    r"(?:Act|Convention|Protocol|Treaty|Charter|Covenant|Constitution|Ordinance|Regulations?|Directive|Code)"
)
_LAW = rf"(?P<law>{_TITLED}|[A-Z]{{3,8}})(?:,?\s(?:of\s)?(?:19|20)\d{{2}})?"
_OF = r"(?:,?\s(?:of|in|under)\s(?:the\s)?|,?\s(?:the\s)?)"
_FORMS = (
    re.compile(rf"\b{_ARTICLE}{_OF}{_LAW}\b"),
    re.compile(rf"\b{_LAW},?\s{_ARTICLE}"),
    re.compile(rf"\b{_SECTION}{_OF}(?P<law>{_TITLED})(?:,?\s(?:of\s)?(?:19|20)\d{{2}})?\b"),
    re.compile(
        rf"\b(?P<law>{_TITLED})(?:,?\s(?:of\s)?(?:19|20)\d{{2}})?,?\s(?:sections?|sec\.|s\.?)\s{{0,2}}\d{{1,4}}\b"
    ),
    re.compile(
        r"\b(?:Council\s|Framework\s)?(?:Directive|Regulation|Decision)\s(?:\((?:EU|EC|EEC)\)\s)?(?:No\.?\s)?"
        r"(?P<law>(?:19|20)?\d{2}/\d{1,4}(?:/[A-Z]{2,4})?)\b"
    ),
)


@dataclass(frozen=True, slots=True)
class OtherLaw:
    """A law without a code that a text names, with the provision that is named of it.

    Attributes:
        text: As it stands there: ``Article 83 of the GDPR``.
        law: The name of the law alone, without its year: ``GDPR``.
    """

    text: str
    law: str


def other_laws(text: str) -> tuple[OtherLaw, ...]:
    """The laws without a code of which a text names a provision, or the number, each span once."""
    plain = plain_text(text)
    found: dict[int, OtherLaw] = {}
    for form in _FORMS:
        for match in form.finditer(plain):
            found.setdefault(match.start("law"), OtherLaw(" ".join(match.group().split()), match["law"]))
    return tuple(found[start] for start in sorted(found))
