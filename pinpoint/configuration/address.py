"""The address of an index on a cluster, ``opensearch://host1:9200,host2:9200/policy``, and its folder here."""

import hashlib
import ipaddress
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pinpoint.errors import ConfigurationError
from pinpoint.files import write_text
from pinpoint.settings import value

SCHEME: Final = "opensearch:"
DEFAULT_PORT: Final = 9200
FILE: Final = "CLUSTER"
"""Name of the file in the folder of an index that says in which cluster it is."""
EXAMPLE: Final = "opensearch://host1:9200,host2:9200/policy"
_MOST_CHARACTERS: Final = 100
"""Of a name: an index of OpenSearch has 255 bytes, and a generation's name and what it holds come after ours."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_MOST_PORT: Final = 65535
_PRIVATE: Final = 0o700  # fetched rows are texts of documents, which may not be everybody's


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where an index is.

    Attributes:
        hosts: Nodes that answer over HTTP, each ``host:port``, in the order in which they were given; any of them
            can answer for all.
        name: Of the index.
    """

    hosts: tuple[str, ...]
    name: str

    def __str__(self) -> str:
        """The address as it is given on the command line."""
        return f"{SCHEME}//{','.join(self.hosts)}/{self.name}"


def is_address(text: str) -> bool:
    """Whether a text is intended as the address of an index on a cluster; no folder begins like one."""
    return text.strip().lower().startswith(SCHEME)


def parse_address(text: str) -> ClusterAddress:
    """Read an address.

    Raises:
        ConfigurationError: It is malformed, or has a user or a password in it; the message says how to write it, and
            never repeats what could be a password.
    """
    if "@" in text:
        raise ConfigurationError(
            "The address of the cluster has an @ in it, and is not read: a user or a password in an address ends up in "
            "logs and lists of processes. Give the address without them, and set cluster.user and "
            "cluster.password_file (PINPOINT_CLUSTER_USER and PINPOINT_CLUSTER_PASSWORD_FILE)."
        )
    rest = text.strip()[len(SCHEME) :]
    hosts, slash, name = rest.removeprefix("//").partition("/")
    if not is_address(text) or not rest.startswith("//") or not slash or not hosts:
        raise ConfigurationError(f"{text!r} is no address of an index on a cluster. Write it like this: {EXAMPLE}")
    read = tuple(dict.fromkeys(_host(text, host.strip()) for host in hosts.split(",")))
    return ClusterAddress(hosts=read, name=_checked_name(text, name.removesuffix("/")))


def _checked_name(text: str, name: str) -> str:
    if not _NAME.fullmatch(name) or len(name) > _MOST_CHARACTERS:
        raise ConfigurationError(
            f"{name!r} in {text!r} is no name of an index on a cluster. Give one of small letters, digits, - and _ "
            f"that begins with a letter or digit, at most {_MOST_CHARACTERS} characters, such as {EXAMPLE}"
        )
    return name


def _host(text: str, given: str) -> str:
    """A host as ``host:port``.

    Raises:
        ConfigurationError: It is none.
    """
    host, port = _divided(given)
    right = _HOST.fullmatch(host) or (host.startswith("[") and _is_ipv6(host))
    if not right or not re.fullmatch(r"[0-9]{1,5}", port) or not 0 < int(port) <= _MOST_PORT:
        raise ConfigurationError(
            f"{given!r} in {text!r} is no host. Give a name or number and a port from 1 to {_MOST_PORT}, with commas "
            f"between hosts: {EXAMPLE}"
        )
    return f"{host.lower()}:{int(port)}"


def _divided(given: str) -> tuple[str, str]:
    """Host and port of one that may have no port; an IPv6 address stands in brackets."""
    host, colon, port = given.rpartition(":")
    if not colon or (given.startswith("[") and given.endswith("]")):
        return given, str(DEFAULT_PORT)
    return host, port


def _is_ipv6(host: str) -> bool:
    try:
        return isinstance(ipaddress.ip_address(host.removeprefix("[").removesuffix("]")), ipaddress.IPv6Address)
    except ValueError:
        return False


def is_loopback(host: str) -> bool:
    """Whether a ``host:port`` is this very machine, as far as its name says; no name is looked up."""
    name = host.rpartition(":")[0].removeprefix("[").removesuffix("]")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def folder_of(address: ClusterAddress) -> Path:
    """The folder on this machine for what is fetched of an index, which is made where there is none.

    It is told apart by the hosts, in any order, and by the name, so that two clusters never share one.

    Raises:
        ConfigurationError: It cannot be made.
    """
    digest = hashlib.sha256("\n".join(sorted(address.hosts)).encode()).hexdigest()[:16]
    try:
        folder = _cache() / digest / address.name
        folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        file = folder / FILE
        if not file.exists():
            folder.parent.chmod(_PRIVATE)
            write_text(file, f"{address}\n", draft=f"{FILE}.{os.getpid()}")  # several may begin at once
    except (OSError, RuntimeError) as error:
        raise ConfigurationError(
            f"The folder for what is fetched from the cluster cannot be made ({error}). Name another: cluster.cache "
            "(PINPOINT_CLUSTER_CACHE)."
        ) from error
    return folder


def index_folder(index: str | os.PathLike[str]) -> Path:
    """The folder of an index that is named by its folder, or by its address on a cluster.

    A ``Path`` of an address has lost one of its slashes, so that this comes before any ``Path`` is made.

    Raises:
        ConfigurationError: It is a malformed address, or the folder for what is fetched cannot be made.
    """
    text = os.fspath(index)
    return folder_of(parse_address(text)) if is_address(text) else Path(text)


def index_name(index_dir: Path) -> str:
    """What to write after ``--index``: the address of an index on a cluster, the folder of any other."""
    try:
        address = address_in(index_dir)
    except ConfigurationError:
        address = None
    return shlex.quote(str(address)) if address else str(index_dir)


def _cache() -> Path:
    given = value("PINPOINT_CLUSTER_CACHE")
    return Path(given).expanduser() if given else Path.home() / ".cache" / "pinpoint" / "clusters"


def address_in(folder: Path) -> ClusterAddress | None:
    """The address of the index that a folder belongs to; None where it is a folder of its own.

    Raises:
        ConfigurationError: The folder says one that is malformed.
    """
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{folder / FILE} cannot be read. Open the index by its address again.") from error
    return parse_address(text)
