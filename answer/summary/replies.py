"""What a language model replied, read as the sentences that it was asked for.

Models wrap the JSON in words, a fence or their thoughts, and servers cut a reply where its tokens end. The sentences
before the cut are whole, and each of them is checked alone, so they are read as far as they go.
"""

import json
import re

from pinpoint.errors import WriterFailed

_THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
_END_OF_THOUGHTS = "</think>"  # some templates open the thoughts in the prompt, so that a reply only closes them
_SENTENCES = re.compile(r'"sentences"\s*:\s*(\[?)')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def read_sentences(reply: str) -> list[object]:
    """The sentences of a reply, not looked at yet.

    Raises:
        WriterFailed: There is none.
    """
    found = _SENTENCES.search(_THOUGHTS.sub("", reply).rpartition(_END_OF_THOUGHTS)[2])
    if not found:
        raise WriterFailed("did not reply with the JSON asked for")
    text, position, sentences = found.string, found.end(), list[object]()
    while found.group(1):
        position = _end(_BETWEEN, text, position)
        try:
            sentence, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            break
        sentences.append(sentence)
    if not sentences and found.group(1) and not text.startswith("]", position):
        raise WriterFailed("ended no sentence of the JSON asked for")
    if not sentences:
        raise WriterFailed("wrote no sentence")
    return sentences


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position
