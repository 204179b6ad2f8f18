"""The one text form of a result: what ``--json`` prints, an HTTP body and the text of an MCP result."""

from pinpoint.commands import render

__all__ = ["render"]
