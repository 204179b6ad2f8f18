"""The files that a handout can become, and those that a list of citations can."""

from collections.abc import Sequence

from collection.export.citation_lists.bibtex import bibtex_of
from collection.export.citation_lists.bluebook import bluebook_text
from collection.export.citation_lists.csl import csl_of
from collection.export.citation_lists.csv_table import csv_of
from collection.export.citation_lists.entries import CitedEntry
from collection.export.citation_lists.ris import ris_of
from collection.export.handout import Handout
from collection.export.markdown import markdown_of
from collection.export.web_page import web_page_of
from collection.export.word import word_of
from pinpoint.files import WORD_MIME, FileFormat

FORMATS: tuple[FileFormat[Handout], ...] = (
    FileFormat(title="Word file", suffix="docx", mime=WORD_MIME, write=word_of),
    FileFormat(title="Markdown file", suffix="md", mime="text/markdown", write=markdown_of),
    FileFormat(title="Web page", suffix="html", mime="text/html", write=web_page_of),
)
"""Of a handout, in the order in which they are offered."""
LIST_FORMATS: tuple[FileFormat[Sequence[CitedEntry]], ...] = (
    FileFormat(title="Table (CSV)", suffix="csv", mime="text/csv", write=csv_of),
    FileFormat(title="RIS", suffix="ris", mime="application/x-research-info-systems", write=ris_of),
    FileFormat(title="CSL-JSON", suffix="json", mime="application/vnd.citationstyles.csl+json", write=csl_of),
    FileFormat(title="BibTeX", suffix="bib", mime="application/x-bibtex", write=bibtex_of),
    FileFormat(title="Bluebook text", suffix="txt", mime="text/plain", write=bluebook_text),
)
"""Of a list of citations, in the order in which they are offered."""
