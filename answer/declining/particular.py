"""Particular: looks of a yes-or-no question whose subject is one person or case and which asks to decide or judge it.

A question on anybody ("can somebody who …"), on a duty ("do I have to reject"), with a ground of its own ("because one
paper is missing"), or one that begins with a word such as "when" asks for the rule. ``<name>`` in a look stands for a
part of ``_PARTS`` or for a word list of ``verdicts.toml``.
"""

import re
from collections.abc import Mapping

_PARTS = {
    "start": r"(?:^|[.!?;:,\u2014]\s*|\b(?:so|and|but|then|now|well)\s+)\W*",
    "hers": r"(?:this|that|my|our|his|her|their)",
    "name": r"(?-i:(?!(?:USCIS|DHS|Form|Part|Section|Chapter|Congress|Supplement|Does|Is|The)\b)[A-Z][a-z]{2,}"
    r"(?: [A-Z][a-z]+)?)",
    "one": r"(?:she|he|i|we|<hers>\s+(?:[\w'\u2019-]+\s+){0,2}?[\w'\u2019-]+|<name>)",
    "them": r"(?:him|her|it|them|me|us|<hers>)\b",
    "be": r"(?:is|was|are|were|am)",
    "few": r"(?:(?!needs?\b|ha(?:ve|s|d)\s+to\b)[\w'\u2019-]+\s+){0,2}?",
    "record": r"(?:<hers>|it|these|those|the\s+(?:evidence|record|file|facts|proof))\b",
    "met": r"(?:meets?|met|satisf\w+|establish\w*|shown?|prove[dn]?|demonstrate[ds]?)\b",
    "title": r"(?-i:M(?:r|rs|s|iss)\.?|Dr\.?)",
    "not_for": r"(?!\s+(?:(?:for|as)\b|to\s+(?:show|prove|establish|meet|satisfy|support|document)|by\s+itself"
    r"|alone))",
    "no_ground": r"(?!.*\b(?:if|when|while|after|because|since|even|though|before|unless|without|who|where|just"
    r"|only|alone|solely|based\s+on|on\s+(?:that|this|those|such))\b)",
    "nobody": r"^(?!.*\b(?:an?|any|some|every|each|someone|somebody|anyone|anybody)\s+(?:[\w-]+\s+){0,2}?<cases>)",
    "no_if": r"^(?!(?:.*[.!?;])?\s*(?:if|when|once|after|unless|since)\b)(?:.*?)",
    "clause": r"(?:^|[.!?;:,\u2014])(?:(?!\b(?:how|what|when|where|why|which|whose|whom?|under)\b)[^.!?;:,\u2014])*?\b",
}
"""``start``: of a clause, so that the verb comes before its subject. ``one``: a pronoun, a word behind "my" or "this",
or a name. ``no_ground``: no condition behind it, since "am I eligible if I left" asks for the rule on those who left.
``no_if``: none before it. ``not_for``: not what evidence is enough for, which the rule on evidence says.
``nobody``: no person in general before it, since "if a victim marries, is she eligible" asks for the rule."""

LOOKS = (
    # "Is my boss a trafficker?", "Is she a person of good moral character?", "Does he count as a victim?"
    r"<start>(?:<be>|would|does|do|should)\s+<one>\s+(?:count\w*\s+as\s+|be\s+|<few>)(?:an?|the|of)\s+<few><characters>",
    # "Does she have good moral character?", "Do I have a case?"
    r"<start>(?:has|have|had|did|does|do)\s+<one>\s+<few>(?:have|has|got|possess|show\w*|lack)\s+<few><standings>",
    r"<start>(?:has|have|had)\s+<one>\s+(?:an?\s+)?<standings>",
    # "Was she trafficked?"
    r"<start>(?:<be>|has|have|had)\s+<one>\s+(?:been\s+|being\s+|really\s+|actually\s+|truly\s+)?<sufferings>",
    # "Is this trafficking?", "Is what happened to her forced labor or just a bad job?"
    r"<start>(?:is|was)\s+(?:(?:this|that|it)|<hers>\s+<cases>|what\s+(?:happened|they did|he did|she did)\b"
    r"[^.?!]{0,40}?)\s+"
    r"(?:really\s+|actually\s+|a case of\s+)?<offences>\W*?(?:or\b[^.?!]*)?\s*(?:[.?!]|$)",
    # "Does that amount to coercion in her case?"
    r"<start>(?:is|was|does|do|did|would)\b[^.?!]*\b(?:amounts?\s+to|counts?\s+as|constitutes?|rises?\s+to|qualif\w+)\b"
    r"[^.?!]*\b(?:for\s+(?:him|her|me|us|<hers>\s+<cases>)|in\s+<hers>\s+(?:case|situation|instance|matter))(?=\W*$)",
    # "Is her story credible?", "Does his account hold up?"
    r"<start>(?:<be>|does|do|did|would)\s+(?:<hers>|the\s+<cases>['\u2019]s|<name>['\u2019]s)\s+"
    r"(?:[\w-]+['\u2019]s\s+)?<few><accounts>\s+(?:really\s+|seem\s+|sound\s+|look\s+)?<believed><not_for>",
    # "Is her hardship extreme?", "Would Mr. Chen's fear be severe enough?"
    r"<start>(?:<be>|would|does|do)\s+(?:<hers>|the\s+<cases>['\u2019]s|(?:<title>\s*)?<name>['\u2019]s)\s+"
    r"(?:[\w-]+['\u2019]s\s+)?<few><burdens>\s+<few>(?:extreme|severe|serious|unusual|real|bad|grave|enough)"
    r"(?:\s+enough)?\s*(?:or\s+not\s*)?(?:[.?!]|$)",
    r"<start>(?:who|which(?:\s+(?:one|of\s+\w+))?(?:\s+\w+)?)\s+(?:is|was)\s+(?:more\s+)?"
    r"(?:lying|telling the truth|right|credible|believable|to be believed)\W*$",
    # "am I eligible", "will I be approved"
    r"<no_if><start>(?:am|do|did|would|will|can|could|have|should)\s+i\s+<few>(?:<decisions>|<met>)"
    r"<no_ground>",
    # "Can she get a T visa?"
    r"<nobody>(?:.*[.!?;:,\u2014])?\W*(?:can|could|will|would|should)\s+(?:she|he|i|my\s+client)\s+<few>"
    r"(?:get|receive|obtain|have|win|be\s+given)\s+(?:(?:an?|the|his|her|my|this|that)\s+)?<few><benefits><no_ground>",
    # "Will my husband be deported?"
    r"<no_if><start>(?:will|would|is|are)\s+<one>\s+(?:likely\s+to\s+|going\s+to\s+)?(?:be|get)\s+<few><decisions><no_ground>",
    # "Should I revoke?", "Can we grant?", "May I deny it?"
    r"<clause>should\s+(?:i|we)\s+(?:\w+\s+){0,2}?<rulings>",
    r"<start>(?:can|may|could|do)\s+(?:i|we)\s+(?:\w+\s+)?(?:<acts>|<rulings>)(?:\W*$|\s+<them><no_ground>)",
    r"<clause>should\s+(?:the\s+)?\w+\s+<few><rulings>\s+<them>",
    r"<clause>should\s+<hers>\s+<few>[\w'\u2019-]+\s+be\s+(?:<rulings>|<ruled>)",
    # "Will USCIS approve me?", "Is the officer going to deny my case?"
    r"<start>(?:will|would|could|might|is|are)\s+(?:the\s+)?\w+\s+(?:going\s+to\s+|likely\s+to\s+)?"
    r"(?:<acts>|<rulings>)\s+<them>",
    # "Is this enough to approve?", "Does the record support a denial?"
    r"<start>(?:<be>|would)\s+(?:<record>|what\b)[^.?!]{0,60}\b(?:enough|sufficient|adequate|strong|weak|good|bad|serious)"
    r"\s+(?:enough\s+)?(?:to|for)\s+(?:(?:me|us)\s+to\s+|an?\s+)?(?:<acts>|<rulings>|<decisions>|<ruled>)",
    r"<start>(?:does|do|did|would|is|are)\s+<record>\s*(?:[\w'\u2019-]+\s+){0,3}?"
    r"(?:support|warrant|merit|justify|deserve|call\s+for)\s+(?:an?\s+)?(?:<acts>|<decisions>|<ruled>)",
    # "Has the applicant shown extreme hardship?"
    r"<start>(?:has|have|did)\s+the\s+<cases>\s+<few><met>",
    # "Do you think she was coerced?", "In your opinion, is it fraud?"
    r"\b(?:do|would|don['\u2019]t)\s+you\s+(?:think|say|feel|find|agree|consider|believe|reckon)\b"
    r"[^.?!]*\b(?:she|he|him|her|i|my|<hers>\s+<cases>)\b",
    r"\bin\s+your\s+(?:view|opinion|judge?ment)\b|\bwhat\s+(?:do\s+you\s+make\s+of|is\s+your\s+"
    r"(?:take|opinion|view|recommendation|assessment|read)\s+on)\b|\bwhat\s+would\s+you\s+do\b",
    # "Tell me whether he is credible", "Make a decision"
    r"<clause>(?:tell\s+me|say|decide|determine|assess|evaluate|judge|conclude|confirm)\s+(?:if|whether|that)\s+"
    r"(?:she|he|i|<hers>|<title>\s*<name>|<name>)(?![\w-])[^.?!]*\b"
    r"(?:<decisions>|<met>|<characters>|<sufferings>|<standings>|<burdens>\s+(?:is|was|are)\b)",
    # "Rule on whether she is here on account of it", "Decide whether to revoke his status"
    r"(?:^|[.!?;:,\u2014-]|\band)\s*(?:please\s+)?(?:rule|decide|judge|advise)\s+(?:on\s+)?(?:if|whether)\s+"
    r"(?:(?:she|he|i|<hers>)\b|to\s+(?:<acts>|<rulings>))",
    r"^\W*(?:please\s+)?(?:make|render|give\s+(?:me|us)|issue|reach)\s+(?:an?|the|your)\s+(?:\w+\s+)?"
    r"(?:decision|verdict|ruling|determination|recommendation|finding)\b",
    # "Eligible or not?", "She is eligible, right?"
    r"<start>(?:thumbs?|go|yea|yay)[\s-]+(?:up\s+)?or\s+(?:thumbs?[\s-]+down|no[\s-]*go|nay)\b",
    r"<start>(?:<decisions>|guilty|(?:a\s+)?victim|trafficked)\s+or\s+not\W*$",
    r"<nobody>.*\b(?:he|she)\s+(?:is|was)\s+<few><decisions>\s*,?\s*(?:right|correct|isn['\u2019]t\s+(?:he|she)|no)\W*$",
    # "So we go with a denial, correct?"
    r"<start>(?:so\s+|then\s+)?(?:we|i|we['\u2019]ll|i['\u2019]ll)\s+(?:should\s+|can\s+|just\s+|would\s+)?"
    r"(?:go\s+with|call\s+(?:it|this|that|him|her)|settle\s+on|lean|conclude|<acts>|<rulings>)\b[^.?!]*"
    r"\b(?:right|correct|ok(?:ay)?|agreed?|yes|no)\s*\?*\W*$",
    # "Give me the odds that the appeal sustains this denial"
    r"\b(?:odds|chances?|likelihood|probability)\b[^.?!]*\b(?:that|of|for|we|i|she|he|they)\b[^.?!]*\b<hers>\s+"
    r"(?:[\w-]+\s+)?(?:<cases>|<ruled>)",
)
"""Looks, each with an example above it."""
_PART = re.compile(r"<([a-z_]+)>")


def looks(lists: Mapping[str, str]) -> tuple[re.Pattern[str], ...]:
    """The looks with their parts filled in.

    Args:
        lists: Pattern of any word of a list, by the name of the list.
    """
    return tuple(re.compile(_filled(look, lists), re.IGNORECASE) for look in LOOKS)


def _filled(look: str, lists: Mapping[str, str]) -> str:
    while _PART.search(look):
        look = _PART.sub(lambda part: _PARTS.get(part[1]) or lists[part[1]], look)
    return look
