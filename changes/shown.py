"""What of a change is shown."""

from changes.records import SectionChange


def shows_text(section: SectionChange) -> bool:
    """Tell whether the text of a section is shown: that of one that only moved is as it was."""
    return section.kinds != ("moved",) or section.old is None or section.new is None
