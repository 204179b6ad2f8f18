"""What systemd is told of a watch, by a socket of the test."""

import socket

import pytest

from ingest.watching.service import notify


@pytest.mark.enable_socket
def test_systemd_is_told_where_it_listens(tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        notify("READY=1")
        assert systemd.recv(100) == b"READY=1"


@pytest.mark.enable_socket
@pytest.mark.parametrize("address", ["", "nowhere", "/nowhere/notify"])
def test_where_nobody_listens_nothing_happens(address, monkeypatch):
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    notify("READY=1")
