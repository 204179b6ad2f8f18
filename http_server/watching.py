"""The addresses that watch the server: whether it lives, whether it is ready, what it counts, and its document."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from http_server import metrics as counting
from http_server.answering import Asking
from http_server.openapi import document
from http_server.problems import AGAIN, Problem
from http_server.responses import named, plain
from http_server.routes import VERSION
from operations.operations import Json
from operations.rendering import render

watching = APIRouter(redirect_slashes=False, generate_unique_id_function=named)
_ALIVE = {
    "type": "object",
    "properties": {"status": {"const": "alive"}},
    "required": ["status"],
}
_READY = {
    "type": "object",
    "properties": {
        "status": {"const": "ready"},
        "generation": {"type": "string", "description": "Name of the generation in use."},
        "cluster": {
            "type": "string",
            "description": "Which nodes of the cluster are missing, in words; of an index on a cluster alone.",
        },
    },
    "required": ["status", "generation"],
}


@watching.get("/health", **plain("The process lives.", _ALIVE))
async def health(asked: Asking) -> Response:
    """Say that the process lives; needs no token."""
    del asked  # it refuses what the address does not take
    return _json({"status": "alive"})


@watching.get("/ready", **plain("The index is open.", _READY))
async def ready(asked: Asking) -> Response:
    """Say whether the index is open, which generation is in use, and how its cluster is; needs no token."""
    said = {"status": "ready", "generation": asked.service.operations().index.generation}
    cluster = await asyncio.to_thread(asked.service.cluster)  # it may take seconds where nodes hang
    if cluster is None:
        return _json(said)
    if not cluster.ready:
        raise Problem(503, cluster.said, headers={"retry-after": str(AGAIN)})
    return _json({**said, "cluster": cluster.said})


@watching.get("/metrics", **plain("Counters.", {"type": "string"}, media_type="text/plain"))
async def metrics(asked: Asking) -> Response:
    """Give the counters for Prometheus: none holds content, a person or a document."""
    cluster = await asyncio.to_thread(asked.service.cluster)
    content = asked.service.metrics.text() + (counting.cluster_text(cluster) if cluster else b"")
    return Response(content, headers={"content-type": counting.MEDIA_TYPE})


@watching.get(f"{VERSION}/openapi.json", **plain("The document.", {"type": "object"}))
async def openapi(request: Request, asked: Asking) -> Response:
    """Give the OpenAPI document of this server."""
    del asked
    return Response(document(request.app.routes), media_type="application/json")


def _json(value: Json) -> Response:
    return Response(f"{render(value)}\n", media_type="application/json")
