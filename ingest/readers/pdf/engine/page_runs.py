"""What one page shows: its content stream and what is laid over it, without what they hide."""

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from ingest.readers.pdf.engine.content_stream import Walker
from ingest.readers.pdf.engine.drawing.annotations import read_annotations
from ingest.readers.pdf.engine.drawing.layers import Layers
from ingest.readers.pdf.engine.drawing.visibility import sift
from ingest.readers.pdf.engine.fonts import FontCache
from ingest.readers.pdf.engine.matrices import shown_matrix
from ingest.readers.pdf.engine.runs import PageRuns, Run
from ingest.readers.pdf.engine.stated import stated_text


def read_runs(page: PageObject, reader: PdfReader, fonts: FontCache, layers: Layers) -> PageRuns:
    """Read the text that a page shows, in drawing order, and its rules.

    Args:
        page: A page of ``reader``.
        reader: The open file.
        fonts: Fonts of that file met so far.
        layers: Layers of that file.

    Raises:
        EndlessPage: The page paints forms within forms without end.
        pypdf.errors.PyPdfError: The page is damaged in another way.
        Exception: Whatever else pypdf raises on damaged objects; ``damage.DAMAGE`` lists it.
    """
    box = page.cropbox
    edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
    base, width, height = shown_matrix(edges, int(page.rotation))
    walker = Walker(reader, fonts, base, layers, (width, height))
    contents = page.get("/Contents")
    if contents is not None:
        resources = page.get("/Resources", DictionaryObject()).get_object()
        walker.walk(ContentStream(contents.get_object(), reader, "bytes"), resources)
    walker.marks.finish()
    notes = read_annotations(page, reader, walker, layers, base)
    sifted = sift(walker.canvas, notes, width, height)
    inside = [run for run in sifted.runs if _is_inside(run, width, height)]
    outside = len(sifted.runs) - len(inside)
    return PageRuns(
        runs=tuple(run for run in inside if not run.angle),
        turned=tuple(run for run in inside if run.angle),
        rules=tuple(walker.paths.rules),
        width=width,
        height=height,
        rotated=walker.rotated,
        outside=outside,
        too_deep=walker.too_deep,
        left_out=sifted.left_out,
        ocr_layer=sifted.ocr_layer,
        attached=tuple(notes.attached),
        stated=stated_text(walker.canvas, (width, height)),
    )


def _is_inside(run: Run, width: float, height: float) -> bool:
    if run.angle in (90, 270):
        width, height = height, width
    return run.x1 > 0 and run.x0 < width and -run.size / 2 < run.y < height
