"""Words struck out on a page: out of the text of their blocks, each with the character before which it stands."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.pdf.segments import STRUCK_CLOSE, STRUCK_OPEN
from ingest.records import Fragment, RawBlock

_STRUCK = re.compile(f"\\s*{STRUCK_OPEN}([^{STRUCK_CLOSE}]*){STRUCK_CLOSE}(\\s*)")
_JOINED = re.compile(f"{STRUCK_CLOSE}(\\s*){STRUCK_OPEN}")
_CLOSING = tuple(".,;:)]")


def set_struck_apart(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Take the struck words out of the text of blocks.

    Args:
        blocks: Blocks whose struck words stand between the two private marks.

    Returns:
        The blocks without them; a block of struck words only goes, and its words stand at the end of
        the block before it, or at the beginning of the first one.
    """
    done: list[RawBlock] = []
    waiting: list[str] = []
    for block in blocks:
        if STRUCK_OPEN not in block.text and STRUCK_CLOSE not in block.text:
            done.append(block)
            continue
        apart = _apart(block)
        if apart.text.strip():
            done.append(apart)
        elif done:
            end = len(done[-1].text)
            done[-1] = replace(done[-1], struck=(*done[-1].struck, *((end, words) for _, words in apart.struck)))
        else:
            waiting += [words for _, words in apart.struck]
    if waiting and done:
        done[0] = replace(done[0], struck=(*((0, words) for words in waiting), *done[0].struck))
    return done


def _apart(block: RawBlock) -> RawBlock:
    struck: list[tuple[int, str]] = []
    fragments: list[Fragment] = []
    before = 0
    for fragment in block.fragments:
        text = _JOINED.sub(lambda found: " " if found[1] else "", fragment.text)
        plain, position = "", 0
        for found in _STRUCK.finditer(text):
            plain += text[position : found.start()]
            blank = found[0][0].isspace() or bool(found[2])
            inner = bool(plain or before) and found.end() < len(text)
            if blank and not (plain[-1:].isspace() or text[found.end() : found.end() + 1] in _CLOSING) and inner:
                plain += " "
            struck.append((before + len(plain), " ".join(found[1].split())))
            position = found.end()
        plain += text[position:]
        plain = plain.replace(STRUCK_OPEN, "").replace(STRUCK_CLOSE, "")
        fragments.append(replace(fragment, text=plain))
        before += len(plain)
    return replace(block, fragments=tuple(fragments), struck=(*block.struck, *struck))
