"""How the tests of readers write down what was read, and what they recognise no more than once."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest

from ingest.readers.pdf import ocr


@pytest.fixture(scope="session", autouse=True)
def _a_picture_is_recognised_once() -> Iterator[None]:
    """Of many tests that make the same page, pixel for pixel, only the first waits for the recognition of its text."""
    engine, known = ocr._engine, {}

    def recognised(picture: Any) -> Any:  # noqa: ANN401 - an optional package without types
        key = picture.shape, hashlib.sha256(picture.tobytes()).digest()
        if key not in known:
            known[key] = engine()(picture)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "_engine", lambda: recognised)
        yield


@pytest.fixture(scope="session")
def shape():
    """Blocks as ``heading 2: text``, ``footnote [3]: text``, ``paragraph: text``, struck words ``~offset words~``."""

    def written(block):
        level = f" {block.level}" if block.level else ""
        marker = f" [{block.marker}]" if block.marker else ""
        struck = "".join(f" ~{offset} {words}~" for offset, words in block.struck)
        return f"{block.kind}{level}{marker}: {block.text}{struck}"

    return lambda reading: [written(block) for block in reading.blocks]
