"""``pinpoint mcp`` over an index without weights: run as a script with the arguments of the command."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from index.search import HybridIndex, load_index
from mcp_server.command import mcp
from operations import serving
from tests.fake_embedder import FakeEmbedder


def _load(folder: Path, _embedder: Any, _reranker: Any) -> HybridIndex:
    return load_index(folder, FakeEmbedder(), "none")


if __name__ == "__main__":
    serving.load_index = _load
    mcp.main(prog_name="pinpoint mcp")
