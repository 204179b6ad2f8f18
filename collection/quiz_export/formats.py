"""The files that a quiz can become."""

from collection.export.formats import FORMATS as HANDOUTS
from collection.quiz_export.markdown import markdown_of
from collection.quiz_export.paper import Paper
from collection.quiz_export.web_page import web_page_of
from collection.quiz_export.word import word_of
from pinpoint.files import FileFormat

_WRITERS = {"docx": word_of, "md": markdown_of, "html": web_page_of}
QUIZ_FORMATS: tuple[FileFormat[Paper], ...] = tuple(
    FileFormat(title=one.title, suffix=one.suffix, mime=one.mime, write=_WRITERS[one.suffix]) for one in HANDOUTS
)
"""Those of a handout, in the order in which they are offered."""
