"""The addresses. POST for what carries words that a person typed, so that none stands in a URL; GET for the rest."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from http_server.answering import Asking, AskingOnDay, Tell
from http_server.bodies import AskBody, ChangesBody, CheckBody, LocateBody, ProvisionBody, SearchBody
from http_server.reading import StrictRoute
from http_server.responses import answers, named
from operations.limits import MOST_CITATION
from operations.operations import Json, Operations
from operations.requests import FetchRequest, LocateRequest, SectionsRequest

VERSION = "/v1"
router = APIRouter(route_class=StrictRoute, prefix=VERSION, redirect_slashes=False, generate_unique_id_function=named)
DocumentId = Annotated[str, Path(min_length=1, max_length=MOST_CITATION, description="Id of a document.")]
SpanId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=MOST_CITATION,
        description="Span of a passage, section or quotation as a result has it: `<document id>:<start>-<end>`.",
    ),
]


@router.post("/search", **answers("SearchResult", "The passages, best first."))
async def search(body: SearchBody, asked: Asking) -> Response:
    """Find passages: by a citation, words, a phrase, operators or a question."""
    request = body.asked()
    return await asked.whole(asked.service.asking, "search", lambda ops: ops.search(request), text=body.query)


@router.post("/ask", **answers("Answer", "The answer, or why it is declined.", events=True))
async def ask(body: AskBody, asked: Asking) -> Response:
    """Answer a question with verified quotations, or decline and say why."""
    request = body.asked()

    def act(operations: Operations, tell: Tell) -> Json:
        return operations.ask(request, quoted=_quotations(tell))

    return await asked.told(asked.service.asking, "ask", act, text=body.question)


def _quotations(tell: Tell) -> Callable[[Json], None]:
    """Tells the statements of an answer with their citations."""

    def quoted(answer: Json) -> None:
        for statement in answer["statements"]:
            tell("statement", statement)
        for citation in answer["citations"]:
            tell("citation", citation)

    return quoted


@router.post("/locate", **answers("Located", "What the citation names."))
async def locate(body: LocateBody, asked: Asking) -> Response:
    """Give the text, dates and status of what a citation names."""
    request = body.asked()
    return await asked.whole(asked.service.reading, "read", lambda ops: ops.locate(request), text=body.citation)


@router.post("/compare", **answers("ComparisonsOfAProvision", "The older and the newer text."))
async def compare(body: ProvisionBody, asked: Asking) -> Response:
    """Compare a provision with the text that it replaced, or that replaced it."""
    request = body.asked()
    return await asked.whole(asked.service.reading, "read", lambda ops: ops.compare(request), text=body.citation)


@router.post("/cited-by", **answers("LinksOfAProvision", "What cites the provision, and what it cites."))
async def cited_by(body: ProvisionBody, asked: Asking) -> Response:
    """Show what cites a provision, what it cites, and its footnotes."""
    request = body.asked()
    return await asked.whole(asked.service.reading, "read", lambda ops: ops.cited_by(request), text=body.citation)


@router.post("/check", **answers("CheckedDraft", "A finding for each citation and quotation.", events=True))
async def check(body: CheckBody, asked: Asking) -> Response:
    """Check the citations and quotations of a draft, and quotations from earlier results; nothing of it is stored."""
    request = body.asked()

    def act(operations: Operations, tell: Tell) -> Json:
        return operations.check(request, progress=lambda done, of: tell("progress", {"done": done, "of": of}))

    return await asked.told(asked.service.checking, "check", act)


@router.post("/changes", **answers("Changes", "What changed."))
async def changes(body: ChangesBody, asked: Asking) -> Response:
    """Say what changed between two generations, or between two documents."""
    request = body.asked()
    return await asked.whole(asked.service.checking, "read", lambda ops: ops.changes(request))


@router.get("/documents", **answers("Documents", "The documents.", body=False, cached=True))
async def documents(asked: Asking) -> Response:
    """List the documents."""
    return await asked.cached("read", lambda ops: ops.documents())


@router.get("/documents/{document}", **answers("FetchedText", "The text.", body=False, cached=True))
async def document(document: DocumentId, asked: AskingOnDay) -> Response:
    """Give the text of a document; of a long one its beginning, and how to go on."""
    request = FetchRequest(id=document, as_of=asked.day)
    return await asked.cached("read", lambda ops: ops.fetch(request))


@router.get(
    "/documents/{document}/sections", **answers("SectionsOfADocument", "The sections.", body=False, cached=True)
)
async def sections(document: DocumentId, asked: Asking) -> Response:
    """List the sections of a document in reading order, without their texts."""
    request = SectionsRequest(document=document)
    return await asked.cached("read", lambda ops: ops.sections(request))


@router.get("/texts/{span}", **answers("FetchedText", "The text.", body=False, cached=True))
async def text(span: SpanId, asked: AskingOnDay) -> Response:
    """Give the text of a passage, section or quotation by its span."""
    request = FetchRequest(id=span, as_of=asked.day)
    return await asked.cached("read", lambda ops: ops.fetch(request))


@router.get("/provisions/{span}", **answers("Located", "What stands there.", body=False, cached=True))
async def provision(span: SpanId, asked: AskingOnDay) -> Response:
    """Give the text, dates and status of a passage, section or quotation by its span."""
    request = LocateRequest(citation=span, as_of=asked.day)
    return await asked.cached("read", lambda ops: ops.locate(request))
