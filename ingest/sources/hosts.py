"""Addresses that fetch may ask: https, on the hosts that ``allowed_hosts.toml`` lists."""

import tomllib
from pathlib import Path

import httpx2

from pinpoint.errors import FetchFailed, ManifestError

ALLOWED_HOSTS = Path(__file__).with_name("allowed_hosts.toml")
_HTTPS_PORT = 443


def load_allowed_hosts(path: Path = ALLOWED_HOSTS) -> frozenset[str]:
    """Read the list of hosts.

    Raises:
        ManifestError: The file is not TOML with a list ``hosts`` of names.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestError(
            f'{path} cannot be read: {error}. It must be TOML with hosts = ["www.example.gov"].'
        ) from error
    hosts = content.get("hosts")
    if set(content) != {"hosts"} or not isinstance(hosts, list) or not all(isinstance(host, str) for host in hosts):
        raise ManifestError(f'{path} must hold one list, hosts = ["www.example.gov"], and nothing else.')
    return frozenset(host.lower() for host in hosts)


def check_address(url: httpx2.URL, hosts: frozenset[str], *, came_from: str = "") -> None:
    """Refuse an address that fetch may not ask.

    Args:
        url: The address.
        hosts: Names of hosts that may be asked.
        came_from: The address that redirected here, "" for one of the manifest.

    Raises:
        FetchFailed: Not https, another port, a name and password inside, or a host that is not listed.
    """
    origin = f"{came_from} redirects to" if came_from else "The manifest asks for"
    if url.scheme != "https" or url.userinfo or url.port not in (None, _HTTPS_PORT):
        raise FetchFailed(f"{origin} {url}, which is refused: only plain https addresses are fetched.")
    if url.host.lower() not in hosts:
        raise FetchFailed(
            f"{origin} {url}, which is refused: {url.host} is not in {ALLOWED_HOSTS.name}. "
            "Add the host there if it is an official one, or correct the address."
        )
