"""Put on PYTHONPATH: notes each address that a Python process reaches for and each file that it opens to write."""

import json
import os
import sys

_REACHING = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.bind": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
    "socket.gethostbyaddr": 0,
    "socket.getnameinfo": 0,
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_notes = os.open(os.environ["PINPOINT_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _note(kind: str, name: str, value: object) -> None:
    line = json.dumps({"kind": kind, "name": name, "value": value, "pid": os.getpid()}, default=repr)
    os.write(_notes, f"{line}\n".encode())


def _hook(event: str, given: tuple) -> None:
    if event in _REACHING:
        address = given[_REACHING[event]]
        _note("network", event, list(address) if isinstance(address, tuple) else address)
    elif event == "open" and isinstance(given[0], (str, bytes)):
        mode, flags = given[1], given[2]
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & _WRITING):
            _note("write", "open", os.path.abspath(os.fsdecode(given[0])))  # noqa: PTH100 - pathlib is not loaded yet


sys.addaudithook(_hook)
_note("started", "python", sys.version_info[:2])
