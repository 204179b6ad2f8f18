"""Roles of those who are signed in: readers may do everything but adding documents, administrators that too.

Signing in itself is Streamlit's (OpenID Connect). Nobody is let in whom no setting names.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pinpoint.errors import ConfigurationError

READERS, ADMINISTRATORS = "PINPOINT_READERS", "PINPOINT_ADMINISTRATORS"
HOURS, GROUPS = "PINPOINT_SIGN_IN_HOURS", "PINPOINT_GROUPS_CLAIM"
USUAL_HOURS = 12.0
"""Hours after which one has to sign in again, where nothing else is set: a working day."""
Role = Literal["", "reader", "administrator"]
_LATE = 300
"""Seconds by which clocks may differ. Set by hand; not measured."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person who uses the app.

    Attributes:
        name: E-mail address, or the provider's own name for them; "" for nobody.
        role: What they may do; "" for nothing.
        refusal: Why they may do nothing, in a sentence.
    """

    name: str
    role: Role
    refusal: str = ""


ANYBODY = Person("", "administrator")
"""Whoever uses an app without signing in: it can be reached from its own machine only."""


def read_person(claims: Mapping[str, object], environment: Mapping[str, str], *, now: float | None = None) -> Person:
    """The person who is signed in, by what the provider says of them.

    Args:
        claims: Of the identity token, as Streamlit verified it.
        environment: ``PINPOINT_READERS`` and ``PINPOINT_ADMINISTRATORS``: e-mail addresses, ``@domain``,
            ``group:NAME`` or, for readers, ``*`` for everybody whom the provider lets in; separated by commas.
        now: Seconds since 1970; the time of the machine when not given.

    Raises:
        ConfigurationError: The hours of ``PINPOINT_SIGN_IN_HOURS`` are no number above 0.
    """
    if claims.get("is_logged_in") is not True:
        return Person("", "", "You are not signed in.")
    email = str(claims.get("email") or "").strip().lower()
    name = email or str(claims.get("sub") or "")
    if not name:
        return Person("", "", "The sign-in service says neither an e-mail address nor another name.")
    issued = claims.get("iat")
    hours, moment = _hours(environment), time.time() if now is None else now
    if not isinstance(issued, (int, float)) or not -_LATE <= moment - issued <= hours * 3600:
        return Person(name, "", f"You signed in more than {hours:g} hours ago. Sign in again.")
    verified = "" if claims.get("email_verified") is False else email
    groups = claims.get(environment.get(GROUPS, "").strip() or "groups")
    own = {str(group) for group in groups} if isinstance(groups, (list, tuple)) else set()
    if _is_named(environment.get(ADMINISTRATORS, ""), verified, own, everybody=False):
        return Person(name, "administrator")
    if _is_named(environment.get(READERS, ""), verified, own, everybody=True):
        return Person(name, "reader")
    return Person(
        name,
        "",
        f"{name} is signed in but may not use Pinpoint. Whoever runs it decides that with "
        f"{READERS} and {ADMINISTRATORS}.",
    )


def _is_named(setting: str, email: str, groups: set[str], *, everybody: bool) -> bool:
    for entry in (part.strip() for part in setting.split(",")):
        if entry == "*":
            if everybody:
                return True
        elif entry.startswith("group:"):
            if entry.removeprefix("group:").strip() in groups:
                return True
        elif entry.startswith("@"):
            if email.count("@") == 1 and email.endswith(entry.lower()):
                return True
        elif entry and entry.lower() == email:
            return True
    return False


def _hours(environment: Mapping[str, str]) -> float:
    given = environment.get(HOURS, "").strip()
    try:
        hours = float(given or USUAL_HOURS)
    except ValueError:
        hours = 0.0
    if not 0 < hours < float("inf"):
        raise ConfigurationError(f"{HOURS} is {given!r}; it must be a number of hours above 0, such as 8.")
    return hours
