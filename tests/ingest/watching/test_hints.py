"""What the system reports of real changes, and what systemd is told."""

import queue
import socket

from ingest.watching.hints import Hints
from ingest.watching.service import notify


def test_a_change_is_reported_and_the_end_is_soon(tmp_path):
    happened, failed = queue.SimpleQueue(), []
    hints = Hints(tmp_path, lambda: happened.put(None), failed.append)
    try:
        for number in range(100):  # the thread begins to follow at some moment after it was started
            (tmp_path / f"{number}.md").touch()
            try:
                happened.get(timeout=0.3)
                break
            except queue.Empty:
                continue
        else:
            raise AssertionError("nothing was reported")
    finally:
        hints.stop()
    assert not hints._thread.is_alive() and not failed


def test_a_folder_of_which_nothing_is_reported_is_told(tmp_path):
    failed = queue.SimpleQueue()
    hints = Hints(tmp_path / "none", lambda: None, failed.put)
    assert failed.get(timeout=30)
    hints.stop()


def test_systemd_is_told_where_it_listens(tmp_path, monkeypatch):
    notify("READY=1")  # nobody listens
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(tmp_path / "notify"))
        listening.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        notify("READY=1")
        assert listening.recv(100) == b"READY=1"
    notify("STOPPING=1")  # nobody listens any more
