"""The endpoint of a language model: one request, one bounded reply.

Off unless ``PINPOINT_LLM_URL`` is set. The endpoint is asked directly, past any proxy of the
environment, and a redirect is not followed, so that a question goes nowhere but where the
administrator says.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx2

from answer.summary.prompts import FORMAT, Message
from pinpoint.errors import ConfigurationError, WriterFailed

URL, MODEL, KEY, TIMEOUT = "PINPOINT_LLM_URL", "PINPOINT_LLM_MODEL", "PINPOINT_LLM_KEY", "PINPOINT_LLM_TIMEOUT"
"""Names of the environment variables."""
_PATH = "/chat/completions"
_DEFAULT_TIMEOUT, _LONGEST_TIMEOUT = 30.0, 600.0  # seconds; set by hand, not measured
MOST_BYTES = 200_000
"""A reply that is longer is not read to its end; set by hand, not measured."""


_REFUSES_A_FIELD = (400, 422)
_OVERFLOW = b"exceed_context_size"  # as llama.cpp names it, even in a text that is cut
_TOO_LONG = ", since the quotations are longer than the context of the model"
_MEANINGS = {
    401: ", which refuses the key",
    403: ", which refuses the key",
    404: ", which says that the address or the model is not there",
    429: ", which says that it is asked too often",
    503: ", which says that it is busy or still loading the model",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint.

    Attributes:
        url: Address of its chat completions.
        model: The model that is asked for.
        key: Sent as a bearer token; "" sends none.
        timeout: Seconds for the whole exchange, from connecting to the last byte.
    """

    url: httpx2.URL
    model: str
    key: str = field(default="", repr=False)
    timeout: float = _DEFAULT_TIMEOUT

    @property
    def host(self) -> str:
        """Name of the machine to which questions and quotations go."""
        return self.url.host

    def complete(self, messages: Sequence[Message]) -> str:
        """The text with which the model replies.

        Raises:
            WriterFailed: No reply in time, too long a one, or one that is no chat completion.
        """
        return content(self.reply(messages))

    def reply(self, messages: Sequence[Message]) -> bytes:
        """The body of the reply, as it was sent.

        Raises:
            WriterFailed: None in time, too long a one, or a status that is not 200.
        """
        # Only fields that every such server knows: some reject a temperature. The format is left out if it is refused.
        body = {"model": self.model, "messages": list(messages), "stream": False}
        try:
            return asyncio.run(asyncio.wait_for(self._exchange(body), self.timeout))
        except TimeoutError as error:
            raise WriterFailed(f"did not reply within {self.timeout:g} seconds") from error
        except httpx2.HTTPError as error:
            raise WriterFailed(f"could not be asked ({type(error).__name__})") from error

    async def _exchange(self, body: dict[str, object]) -> bytes:
        """The body of the reply to a request that asks for JSON, or to one that leaves the format to the prompt."""
        async with httpx2.AsyncClient(timeout=None, follow_redirects=False, trust_env=False) as client:
            status, received = await self._posted(client, body | {"response_format": FORMAT})
            if status in _REFUSES_A_FIELD and _OVERFLOW not in received:
                status, received = await self._posted(client, body)
        if status != httpx2.codes.OK:
            meaning = _TOO_LONG if _OVERFLOW in received else _MEANINGS.get(status, "")
            raise WriterFailed(f"replied with status {status}{meaning}")
        return received

    async def _posted(self, client: httpx2.AsyncClient, body: dict[str, object]) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        received = bytearray()
        async with client.stream("POST", self.url, content=json.dumps(body).encode(), headers=headers) as response:
            async for part in response.aiter_raw():
                received += part
                if len(received) > MOST_BYTES:
                    raise WriterFailed(f"sent more than {MOST_BYTES:,} bytes")
        return response.status_code, bytes(received)


def open_writer(environment: Mapping[str, str]) -> Endpoint | None:
    """The endpoint that the environment names; None when it names none, so that nothing is sent anywhere.

    Raises:
        ConfigurationError: A variable is missing or malformed; the message never holds the key.
    """
    if not environment.get(URL, "").strip():
        return None
    key = environment.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise ConfigurationError(
            f"{KEY} holds characters that no header can carry. Set it to the key alone, or unset it."
        )
    model = environment.get(MODEL, "").strip()
    if not model:
        raise ConfigurationError(
            f"{MODEL} is not set. Set it to the name of a model that {URL} serves, or unset {URL}."
        )
    return Endpoint(_address(environment[URL].strip()), model, key, _seconds(environment.get(TIMEOUT, "")))


def _address(value: str) -> httpx2.URL:
    """Address of the chat completions below a base such as ``http://127.0.0.1:8080/v1``."""
    try:
        url = httpx2.URL(value)
    except httpx2.InvalidURL:
        url = httpx2.URL("")
    if url.userinfo:
        raise ConfigurationError(
            f"{URL} holds a name or a password for {url.host}. Take it out; a key belongs in {KEY}."
        )
    if url.scheme not in ("http", "https") or not url.host or url.fragment:
        raise ConfigurationError(
            f"{URL} = {value!r} is not an http or https address. "
            "Set it to the base of the endpoint, such as http://127.0.0.1:8080/v1, or unset it."
        )
    return url.copy_with(path=url.path.rstrip("/").removesuffix(_PATH) + _PATH)


def _seconds(value: str) -> float:
    try:
        seconds = float(value.strip() or _DEFAULT_TIMEOUT)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= _LONGEST_TIMEOUT:
        raise ConfigurationError(
            f"{TIMEOUT} = {value!r} is not a time limit. Set it to seconds above 0 and up to {_LONGEST_TIMEOUT:g}, "
            f"or unset it for {_DEFAULT_TIMEOUT:g}."
        )
    return seconds


def content(body: bytes) -> str:
    """The text of the first choice of a chat completion."""
    try:
        choice = json.loads(body)["choices"][0]
        text, ended = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise WriterFailed("sent something that is no chat completion") from error
    if not isinstance(text, str) or not text.strip():
        raise WriterFailed(
            "came to the end of its tokens before it wrote" if ended == "length" else "sent an empty reply"
        )
    return text
