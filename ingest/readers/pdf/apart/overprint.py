"""What is taken from all pages before anything else is looked for on them."""

from ingest.readers.pdf.apart.line_numbers import without_line_numbers
from ingest.readers.pdf.apart.watermarks import without_watermarks
from ingest.readers.pdf.segments import Segment
from pinpoint.records import LeftOut


def take_overprint(segments: list[list[Segment]]) -> list[LeftOut]:
    """Take watermarks and line numbers from the segments of each page, and return what was left out."""
    pages, marks = without_watermarks(segments)
    segments[:], numbers = without_line_numbers(pages)
    return [*marks, *numbers]
