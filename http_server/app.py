"""The application: addresses, errors and what stands before them, for one process of the server."""

import inspect
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp

from http_server.answering import problem_of
from http_server.bodies import HeldBody, OnDay
from http_server.entrance.front import Front, unforeseen
from http_server.lines import Gone
from http_server.metrics import Metrics
from http_server.problems import Problem, faults_of
from http_server.routes import router
from http_server.service import Service
from http_server.settings import ServerSettings
from http_server.watching import watching
from operations.serving import Serving
from pinpoint.errors import PinpointError

_GONE = 499
"""Status of an answer that nobody waits for any more, in the counters alone: nginx calls it so."""
_TOLD = 3
"""Faults that the sentence of a problem tells; all of them are listed."""
_SAID = {
    404: "There is nothing at this address. /v1/openapi.json lists what there is.",
    405: "This address does not take that method; see Allow.",
}


def create(settings: ServerSettings, open_serving: Callable[[], Serving] | None = None) -> ASGIApp:
    """The application of a process, with what stands before it.

    Args:
        settings: What the server is started with.
        open_serving: Opens the index, in the background when the server starts; that of the settings when not given.

    Raises:
        ConfigurationError: The file of tokens or a setting of the audit log cannot be used.
    """
    app = api(settings, open_serving)
    return Front(app, settings, app.state.service.metrics)


def api(settings: ServerSettings, open_serving: Callable[[], Serving] | None = None) -> FastAPI:
    """The addresses alone; as ``create`` otherwise."""
    opened = open_serving or (lambda: Serving(settings.index_dir, reranker=settings.reranker))
    service = Service(settings, Metrics(), opened)

    @asynccontextmanager
    async def living(_: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.close()

    app = FastAPI(lifespan=living, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    app.state.service = service
    app.include_router(router)
    app.include_router(watching)
    app.add_exception_handler(Exception, _unforeseen)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(PinpointError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _routed)
    app.add_exception_handler(Gone, _gone)
    return app


async def _problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for it
    return error.response()


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, PinpointError)  # noqa: S101 - registered for it
    return problem_of(error).response()


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=_GONE)


async def _unforeseen(_: Request, __: Exception) -> Response:
    return unforeseen().response()


async def _routed(_: Request, error: Exception) -> Response:
    """What the framework itself refuses: an address, a method, a body that is no text."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
    said = _SAID.get(error.status_code)
    if isinstance(error.__cause__, Problem):  # of how a body is read
        return error.__cause__.response()
    if said is None:
        return Problem(HTTPStatus.BAD_REQUEST, "The body cannot be read. Send JSON in UTF-8.").response()
    return Problem(error.status_code, said, headers=error.headers).response()


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if broken := next((one for one in error.errors() if one["type"] == "json_invalid"), None):
        at = f"{broken['ctx']['error']}, at character {broken['loc'][1]}"
        return Problem(HTTPStatus.BAD_REQUEST, f"The body is no JSON: {at}.").response()
    at_body = any(one["loc"][0] == "body" for one in error.errors())
    if at_body and kind and kind != "application/json":
        return Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON: send Content-Type: application/json."
        ).response()
    faults = faults_of(error.errors(), _known_names(request.scope.get("endpoint")))
    said = " ".join(fault.detail for fault in faults[:_TOLD])
    return Problem(422, said, faults=faults).response()


def _known_names(endpoint: Any) -> Mapping[str, Iterable[str]]:  # noqa: ANN401 - any function
    """The names that the body and the query of an address may have."""
    body = inspect.get_annotations(endpoint).get("body") if endpoint else None
    fields = body.model_fields if isinstance(body, type) and issubclass(body, BaseModel) else {}
    return {"body": fields, "body.held": HeldBody.model_fields, "query": OnDay.model_fields}
