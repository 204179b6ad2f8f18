"""How the tests of readers write down what was read."""

import pytest


@pytest.fixture(scope="session")
def shape():
    """Blocks as ``heading 2: text``, ``footnote [3]: text``, ``paragraph: text``, struck words ``~offset words~``."""

    def written(block):
        level = f" {block.level}" if block.level else ""
        marker = f" [{block.marker}]" if block.marker else ""
        struck = "".join(f" ~{offset} {words}~" for offset, words in block.struck)
        return f"{block.kind}{level}{marker}: {block.text}{struck}"

    return lambda reading: [written(block) for block in reading.blocks]
