"""Who asks a cluster, and over what: users, passwords, certificates and keys, each from a file that a setting names.

A password is read when it is sent, so that it stands in no record that somebody could print, and a file that was
replaced counts from the next request on.
"""

import base64
import os
import ssl
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from pinpoint.configuration.address import is_loopback
from pinpoint.errors import ConfigurationError
from pinpoint.settings import value

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PASSPHRASE = ""
"""Of private keys: none, since nobody is there to type one. OpenSSL would ask on the terminal otherwise."""
Login = Callable[[], dict[str, str]]


def tls_context(hosts: Sequence[str]) -> ssl.SSLContext | None:
    """How the nodes are spoken to: TLS with certificates and host names verified, always.

    Gives None, for plain HTTP, only where every host is this very machine and no certificate is set.

    Raises:
        ConfigurationError: A file of certificates or of the key cannot be used.
    """
    authority = value("PINPOINT_CLUSTER_CA_FILE")
    certificate, key = value("PINPOINT_CLUSTER_CLIENT_CERT_FILE"), value("PINPOINT_CLUSTER_CLIENT_KEY_FILE")
    if bool(certificate) != bool(key):
        raise ConfigurationError(
            "A certificate for the cluster needs its key, and a key its certificate. Set both, or none: "
            "cluster.client_cert_file and cluster.client_key_file."
        )
    if not authority and not certificate and all(map(is_loopback, hosts)):
        return None
    context = _context(Path(authority) if authority else None)
    if certificate:
        _show_certificate(context, Path(certificate), Path(key))
    return context


def _context(authority: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authority)
    except OSError as error:
        reason = "it is no PEM" if isinstance(error, ssl.SSLError) else error.strerror
        raise ConfigurationError(
            f"The certificates of cluster.ca_file, {authority}, cannot be used ({reason}). "
            "Name a file of certificates in PEM."
        ) from error


def _show_certificate(context: ssl.SSLContext, certificate: Path, key: Path) -> None:
    _refuse_readable(key, "cluster.client_key_file")
    try:
        context.load_cert_chain(certificate, key, password=lambda: _PASSPHRASE)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and not isinstance(error, ssl.SSLError) else ""
        raise ConfigurationError(
            f"The certificate {certificate} and its key {key} cannot be used ({reason or 'they do not fit, are no PEM'}"
            f"{'' if reason else ', or the key has a passphrase'}). Name others: cluster.client_cert_file and "
            "cluster.client_key_file."
        ) from error


def login() -> Login | None:
    """What makes the header of each request that says who asks; None where no user is set.

    Raises:
        ConfigurationError: A user without the file of a password, or the other way round, or the file cannot be used.
    """
    user, file = value("PINPOINT_CLUSTER_USER"), value("PINPOINT_CLUSTER_PASSWORD_FILE")
    if bool(user) != bool(file):
        raise ConfigurationError(
            "A user of the cluster needs a file with the password, and the file a user. Set both, or none: "
            "cluster.user and cluster.password_file."
        )
    if not user:
        return None
    if ":" in user:
        raise ConfigurationError("cluster.user has a colon in it, which no user of a cluster can have.")

    def header() -> dict[str, str]:
        password = _password(Path(file))
        return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}

    header()
    return header


def _password(file: Path) -> str:
    _refuse_readable(file, "cluster.password_file")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise ConfigurationError(f"The password in {file} is not UTF-8 text. Write it there again.") from None
    if len(lines) != 1 or not lines[0]:
        raise ConfigurationError(
            f"The file of cluster.password_file, {file}, must have one line, the password; it has {len(lines)}."
        )
    return lines[0]


def _refuse_readable(file: Path, setting: str) -> None:
    """Refuse a secret that is not there, or that others may read.

    Raises:
        ConfigurationError: See above.
    """
    try:
        with file.open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
    except OSError as error:
        raise ConfigurationError(
            f"The file of {setting}, {file}, cannot be read ({error.strerror}). Name another."
        ) from error
    if os.name == "posix" and mode & _OTHERS:
        raise ConfigurationError(f"Others may read the file of {setting}. Make it your own: chmod 600 {file}")
