"""The files that a handout can become."""

from collections.abc import Callable
from dataclasses import dataclass

from collection.export.handout import Handout
from collection.export.markdown import markdown_of
from collection.export.web_page import web_page_of
from collection.export.word import word_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A kind of file.

    Attributes:
        title: What people call it.
        suffix: Of its name, without a dot.
        mime: Its type on the web.
        write: Makes it of a handout.
    """

    title: str
    suffix: str
    mime: str
    write: Callable[[Handout], bytes]


FORMATS = (
    FileFormat(
        title="Word file",
        suffix="docx",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        write=word_of,
    ),
    FileFormat(title="Markdown file", suffix="md", mime="text/markdown", write=markdown_of),
    FileFormat(title="Web page", suffix="html", mime="text/html", write=web_page_of),
)
"""In the order in which they are offered."""


def format_of(name: str) -> FileFormat | None:
    """The format of a file by the end of its name; None where there is none."""
    return next((one for one in FORMATS if name.lower().endswith(f".{one.suffix}")), None)
