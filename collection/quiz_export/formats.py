"""The files that a quiz can become."""

from collections.abc import Callable
from dataclasses import dataclass

from collection.export.formats import FORMATS as HANDOUTS
from collection.quiz_export.markdown import markdown_of
from collection.quiz_export.paper import Paper
from collection.quiz_export.web_page import web_page_of
from collection.quiz_export.word import word_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFormat:
    """A kind of file.

    Attributes:
        title: What people call it.
        suffix: Of its name, without a dot.
        mime: Its type on the web.
        write: Makes it of a paper.
    """

    title: str
    suffix: str
    mime: str
    write: Callable[[Paper], bytes]


_WRITERS = {"docx": word_of, "md": markdown_of, "html": web_page_of}
QUIZ_FORMATS = tuple(
    QuizFormat(title=one.title, suffix=one.suffix, mime=one.mime, write=_WRITERS[one.suffix]) for one in HANDOUTS
)
"""Those of a handout, in the order in which they are offered."""
