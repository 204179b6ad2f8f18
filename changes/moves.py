"""Which sections stand at another address: renumbered, below another section, or in another order."""

import re
from collections import defaultdict

from changes.alignment.align import Alignment
from changes.alignment.order import out_of_order
from changes.alignment.version import Version
from citations.parse import parse_citations

_NUMBER = re.compile(
    r"(?:(?:table|figure|chapter|part|section|appendix|exhibit|annex|item|step|box)\s+[\da-z]+(?:[.-]\d+)*|"
    r"[ivxlc]+\.|\d+(?:\.\d+)*\.?|[a-z]\.)(?=\s|$)",
    re.IGNORECASE,
)
"""The number that a heading begins with."""


class Moves:
    """The addresses of the sections of an alignment."""

    def __init__(self, found: Alignment) -> None:
        """Find the sections whose order changed among their siblings."""
        self._found = found
        siblings: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for old, new in found.sections.items():
            if old:
                siblings[found.old.sections[old].parent, found.new.sections[new].parent][old] = new
        self._elsewhere = {old for assigned in siblings.values() for old in out_of_order(assigned)}

    def moved(self, old: int, new: int) -> bool:
        """Tell whether a section stands at another address, whatever its words."""
        if not old or self._found.old.addresses[old] == self._found.new.addresses[new]:
            return bool(old) and old in self._elsewhere and not _cited(self._found.old, old)
        if _cited(self._found.old, old) and _cited(self._found.new, new):
            return True
        return (
            old in self._elsewhere
            or not self._together(old, new)
            or _number(self._found.old, old) != _number(self._found.new, new)
        )

    def along(self, old: int, new: int) -> bool:
        """Tell whether a section that moved stands where it stood below the one above it, which moved."""
        above = self._found.old.sections[old].parent, self._found.new.sections[new].parent
        if not self._together(old, new) or not self.moved(*above):
            return False
        return _last(self._found.old, old) == _last(self._found.new, new)

    def _together(self, old: int, new: int) -> bool:
        above = self._found.old.sections[old].parent
        return self._found.sections.get(above) == self._found.new.sections[new].parent


def _cited(version: Version, section: int) -> bool:
    """Tell whether the cited form of a section is a citation, not a title with a heading."""
    return bool(parse_citations(version.sections[section].citation)) and not _titled(version, section)


def _titled(version: Version, section: int) -> bool:
    return version.addresses[section].rpartition("#")[0].endswith("/") or "/" in version.addresses[section]


def _last(version: Version, section: int) -> str:
    """What the address of a section adds to that of the one above it."""
    address, above = version.addresses[section], version.addresses[version.sections[section].parent]
    return address.removeprefix(above)


def _number(version: Version, section: int) -> str:
    found = _NUMBER.match(version.sections[section].heading.strip())
    return found.group().lower().rstrip(".") if found else ""
