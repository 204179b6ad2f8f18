"""What systemd is told of the watch, where it started it: ready, what it does, and that it ends."""

import socket
from contextlib import suppress

from pinpoint.settings import environment


def notify(state: str) -> None:
    """Tell systemd ``READY=1``, ``STATUS=…`` or ``STOPPING=1``; nothing where it does not listen."""
    address = environment().get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
