"""Acts that are cited by their titles: "section 7201(d) of the Intelligence Reform and Terrorism Prevention Act".

The titles are those under which the documents of an index cite their own sections, so that no list of acts is needed.
"""

import re
from collections.abc import Iterator, Sequence

from citations.parse import LegalCitation
from index.search import HybridIndex

_TITLE = re.compile(r".{6,}\bAct\b(?:\sof\s\d{4})?$")
_SECTION = r"(?P<section>\d+[A-Za-z]{0,2}(?:-\d+)?)(?P<path>(?:\s*\(\w{1,5}\))*)"
_ONE = re.compile(r"\((\w{1,5})\)")
_SIGN = r"(?:\u00a7{1,2}\s?|(?:[Ss]ections?|[Ss]ecs?\.)\s)"
_OF_ANY_ACT = re.compile(
    rf"{_SIGN}{_SECTION}\s(?:of|in)\s(?:the\s)?"
    r"(?P<act>(?:[A-Z][\w.'\u2019-]*,?\s(?:(?:of|and|for|to|in|the|on|against)\s){0,2}){1,10}?Act\b(?:\sof\s\d{4})?)"
)


class Acts:
    """Reads sections of the acts of an index that a text cites by title."""

    def __init__(self, titles: Sequence[str]) -> None:
        """Look for some titles, the longest first, since one may begin as another does."""
        names = sorted(titles, key=len, reverse=True)
        self._titles = {_folded(name): name for name in names}
        named = "|".join(r"\s".join(map(re.escape, name.split())) for name in names)
        self._behind = re.compile(rf"{_SIGN}{_SECTION}\s(?:of|in)\s(?:the\s)?(?P<act>{named})", re.IGNORECASE)
        self._before = re.compile(rf"(?P<act>{named}),?\s(?:at\s)?{_SIGN}{_SECTION}", re.IGNORECASE)

    @staticmethod
    def named(text: str) -> Iterator[LegalCitation]:
        """The sections that a text cites of any act by its title, as the text writes it, whether it is held or not."""
        for match in _OF_ANY_ACT.finditer(text):
            path = tuple(_ONE.findall(match["path"]))
            yield LegalCitation(f"{match['act']},", f"sec. {match['section']}", path, "", match.start(), match.end())

    def cited(self, text: str) -> Iterator[LegalCitation]:
        """The sections that a text cites by the title of their act, without order."""
        if not self._titles or "act" not in text.lower():
            return
        for pattern in (self._behind, self._before):
            for match in pattern.finditer(text):
                title = self._titles[_folded(match["act"])]
                path = tuple(_ONE.findall(match["path"]))
                yield LegalCitation(f"{title},", f"sec. {match['section']}", path, "", match.start(), match.end())


def acts_of(index: HybridIndex) -> Acts:
    """The acts whose sections the documents of an index cite by the title of the act."""
    roots = (index.store.section(name, 0).citation for name in index.documents)
    return Acts([root for root in dict.fromkeys(roots) if _TITLE.fullmatch(root)])


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
