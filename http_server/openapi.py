"""The OpenAPI 3.1 document of the HTTP API: ``python -m http_server.openapi --write docs/openapi.json``.

What goes in is described by the requests of ``http_server.bodies``; what comes out by ``response_schemas.json``, which
``python docs/response_schemas.py --write`` makes of the fields that are listed in docs/json_fields.toml.
"""

import json
from collections.abc import Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import click
from fastapi.openapi.utils import get_openapi
from starlette.routing import BaseRoute

from http_server.settings import ServerSettings

_ABOUT = """Search and cite policy and law: every statement is what the documents say, verbatim, with its citation.

Words that a person typed are sent by POST, never in a URL. Nothing of a request is stored. Errors are problems of
RFC 9457. Every answer is the same, to the byte, as the commands print with `--json`.
"""
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "An error as RFC 9457 has it.",
    "properties": {
        "type": {"type": "string", "description": "`about:blank`: the status says what kind it is."},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer", "description": "The status."},
        "detail": {"type": "string", "description": "What is wrong, and what would be right."},
        "errors": {
            "type": "array",
            "description": "What is wrong with each field.",
            "items": {
                "type": "object",
                "properties": {
                    "in": {"enum": ["body", "query", "path"]},
                    "field": {"type": "string"},
                    "detail": {"type": "string"},
                },
                "required": ["in", "field", "detail"],
            },
        },
    },
    "required": ["type", "title", "status", "detail"],
}


def document(routes: Sequence[BaseRoute]) -> str:
    """The document of some addresses, as JSON."""
    made = get_openapi(
        title="Pinpoint", version=version("pinpoint"), openapi_version="3.1.0", description=_ABOUT, routes=routes
    )
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas |= response_schemas() | {"Problem": _PROBLEM}
    made["components"]["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of the file of tokens, where the server was started with one.",
        }
    }
    made["security"] = [{}, {"token": []}]
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def response_schemas() -> dict[str, Any]:
    """The schemas of what comes out, by name."""
    read = files("http_server").joinpath("response_schemas.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(read)
    return found


@click.command()
@click.option("--write", "into", type=click.Path(path_type=Path, dir_okay=False), help="File to write it to.")
def main(into: Path | None) -> None:
    """Print the OpenAPI document, or write it into a file."""
    from http_server.app import api  # noqa: PLC0415 - the application serves this document

    text = document(api(ServerSettings(index_dir=Path())).routes)
    if into:
        into.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


if __name__ == "__main__":
    main()
