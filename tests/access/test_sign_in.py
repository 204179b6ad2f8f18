"""Sign-in: roles from the claims of a sign-in service, and the app with and without them."""

import socket
import time
from types import SimpleNamespace

import pytest
import streamlit as st
from hypothesis import given, strategies
from streamlit.testing.v1 import AppTest

from access.sign_in import read_person
from pinpoint.errors import ConfigurationError
from tests.access.sign_in_service import SignInService
from tests.ui.driver import new_app, shown
from ui.components import frame
from ui.server import accounts
from ui.state import tabs, widgets

NOW = 1_800_000_000.0
CLAIMS = {
    "is_logged_in": True,
    "email": "Ana@agency.example",
    "email_verified": True,
    "iat": NOW - 60,
    "sub": "17",
    "groups": ["Policy staff", "T visa"],
}
EVERYBODY = {"PINPOINT_READERS": "*"}
ROLES = [  # (changed claims, environment, role, reason)
    ({}, {}, "", "nobody is named: nobody is let in"),
    ({}, EVERYBODY, "reader", "all whom the provider lets in"),
    ({}, {"PINPOINT_ADMINISTRATORS": "*"}, "", "not everybody can be an administrator"),
    ({}, {"PINPOINT_READERS": "ana@agency.example"}, "reader", "by address, whatever the case"),
    ({}, {"PINPOINT_READERS": " bo@agency.example , ana@agency.example "}, "reader", "one of several"),
    ({}, {"PINPOINT_READERS": "@agency.example"}, "reader", "by domain"),
    ({}, {"PINPOINT_READERS": "@example"}, "", "a part of a domain is none"),
    ({"email": "ana@evil-agency.example"}, {"PINPOINT_READERS": "@agency.example"}, "", "a domain that ends alike"),
    ({"email": "x@evil.example@agency.example"}, {"PINPOINT_READERS": "@agency.example"}, "", "two signs"),
    ({}, {"PINPOINT_READERS": "agency.example"}, "", "a domain without its sign is an address, and nobody's"),
    ({}, {"PINPOINT_READERS": ", ,"}, "", "commas alone"),
    ({}, {"PINPOINT_ADMINISTRATORS": "ana@agency.example"}, "administrator", "by address"),
    ({}, {"PINPOINT_ADMINISTRATORS": "ana@agency.example"} | EVERYBODY, "administrator", "the higher of two"),
    ({}, {"PINPOINT_ADMINISTRATORS": "group:T visa"}, "administrator", "by group"),
    ({}, {"PINPOINT_READERS": "group:T"}, "", "a part of a group's name"),
    (
        {"roles": ["Reader"]},
        {"PINPOINT_READERS": "group:Reader", "PINPOINT_GROUPS_CLAIM": "roles"},
        "reader",
        "another claim for groups",
    ),
    ({"groups": "T visa"}, {"PINPOINT_READERS": "group:T visa"}, "", "a text is no list of groups"),
    ({"email_verified": False}, {"PINPOINT_READERS": "ana@agency.example"}, "", "an address that nobody checked"),
    ({"email_verified": False}, {"PINPOINT_READERS": "group:T visa"}, "reader", "the group does not rest on it"),
    ({"email": None}, {"PINPOINT_READERS": "group:T visa"}, "reader", "no address at all"),
    ({"is_logged_in": False}, EVERYBODY, "", "not signed in"),
    ({"is_logged_in": "true"}, EVERYBODY, "", "a text is no yes"),
    ({"email": "", "sub": ""}, EVERYBODY, "", "no name to write down"),
    ({"iat": NOW - 12 * 3600 - 1}, EVERYBODY, "", "signed in too long ago"),
    ({"iat": NOW - 3 * 3600}, EVERYBODY | {"PINPOINT_SIGN_IN_HOURS": "2.5"}, "", "by the hours that are set"),
    ({"iat": NOW + 3600}, EVERYBODY, "", "from the future"),
    ({"iat": NOW + 20}, EVERYBODY, "reader", "clocks differ a little"),
    ({"iat": None}, EVERYBODY, "", "no time given"),
]


@pytest.mark.parametrize(("changed", "environment", "role", "reason"), ROLES, ids=[reason for *_, reason in ROLES])
def test_roles(changed, environment, role, reason):
    person = read_person(CLAIMS | changed, environment, now=NOW)
    assert person.role == role
    assert bool(person.refusal) is (role == "")


@pytest.mark.parametrize("hours", ["0", "-1", "a day", "inf", "nan"])
def test_hours_that_are_none_are_a_mistake(hours):
    with pytest.raises(ConfigurationError, match="PINPOINT_SIGN_IN_HOURS"):
        read_person(CLAIMS, EVERYBODY | {"PINPOINT_SIGN_IN_HOURS": hours}, now=NOW)


@given(
    claims=strategies.dictionaries(
        strategies.sampled_from(["is_logged_in", "email", "email_verified", "iat", "sub", "groups"]),
        strategies.one_of(
            strategies.none(),
            strategies.booleans(),
            strategies.text(),
            strategies.floats(),
            strategies.lists(strategies.text()),
        ),
    )
)
def test_no_claims_let_anybody_in_whom_no_setting_names(claims):
    assert read_person(claims, {}, now=NOW).role == ""


@pytest.fixture
def open_app(fresh_app, tiny_index_dir, monkeypatch):
    """``open_app(claims, **environment)``: the app where people have to sign in."""

    def run(claims: dict, **environment: str) -> AppTest:
        named = SimpleNamespace(to_dict=lambda: claims | ({"iat": time.time()} if claims else {}))
        monkeypatch.setattr(st, "user", named)
        monkeypatch.setattr(accounts, "signs_in", lambda: True)
        monkeypatch.setattr(frame, "signs_in", lambda: True)
        monkeypatch.setattr("ui.components.sign_in_page.find_spec", lambda _: object())
        for name, value in {"INDEX_DIR": str(tiny_index_dir), "PINPOINT_UPLOADS": "1", **environment}.items():
            monkeypatch.setenv(name, value)
        return new_app().run()

    return run


def labels(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


def test_nothing_is_shown_before_one_has_signed_in(open_app):
    app = open_app({}, PINPOINT_READERS="*")
    assert labels(app) == {"Sign in"}
    assert "<h1>Sign in</h1>" in shown(app)
    assert not app.text_input and "Library" not in shown(app)


def test_who_is_named_nowhere_is_told_so_and_may_sign_out(open_app):
    app = open_app(CLAIMS)
    assert labels(app) == {"Sign out"}
    assert "ana@agency.example is signed in but may not use Pinpoint" in shown(app)
    assert not app.text_input


def test_a_wrong_setting_shows_nothing_but_itself(open_app):
    app = open_app(CLAIMS, PINPOINT_READERS="*", PINPOINT_SIGN_IN_HOURS="soon")
    assert "PINPOINT_SIGN_IN_HOURS is" in shown(app) and not app.text_input


def test_without_the_package_the_remedy_is_shown(open_app, monkeypatch):
    app = open_app({}, PINPOINT_READERS="*")
    monkeypatch.setattr("ui.components.sign_in_page.find_spec", lambda _: None)
    app.run()
    assert "[signin]" in shown(app) and labels(app) == set()


@pytest.mark.parametrize(("setting", "adds"), [("PINPOINT_READERS", False), ("PINPOINT_ADMINISTRATORS", True)])
def test_readers_ask_and_only_administrators_add_documents(open_app, setting, adds):
    app = open_app(CLAIMS, **{setting: "ana@agency.example"})
    app.text_input(key=widgets.QUESTION).set_value("What is continued presence?")
    next(button for button in app.button if button.label == "Ask").click().run()
    assert "pp-question" in shown(app) and "Sign out" in labels(app)
    assert form_is_drawn() is adds


def form_is_drawn() -> bool:
    """Tell whether the Library page draws the form that adds documents."""

    def library() -> None:
        from ui.pages import library  # noqa: PLC0415 - the test runner runs this function as a script

        library.page()

    page = AppTest.from_function(library, default_timeout=60).run()
    assert not page.exception
    return "Add and read" in {button.label for button in page.button}


def test_the_next_person_at_a_browser_does_not_find_the_work_of_the_one_before(monkeypatch):
    monkeypatch.setattr(st, "session_state", {"_tab": "0" * 32})
    found = []
    for email in ("ana@agency.example", "bo@agency.example"):
        monkeypatch.setattr(accounts, "person", lambda email=email: SimpleNamespace(name=email))
        tabs.leave()
        found.append(tabs.tab_key("0" * 32))  # noqa: SLF001 - the name under which leave() keeps the work
    assert len(set(found)) == 2


SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a secret of forty characters for the test"
client_id = "pinpoint"
client_secret = "not-secret"
server_metadata_url = "{service}/.well-known/openid-configuration"
"""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.enable_socket
def test_signing_in_and_out_with_a_service(browser, serve_app, tmp_path):
    pytest.importorskip("authlib", reason="the extra signin is not installed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with SignInService({"email": "ana@agency.example", "email_verified": True}) as service:
        (tmp_path / ".streamlit").mkdir()
        text = SECRETS.format(port=port, service=service.address)
        (tmp_path / ".streamlit" / "secrets.toml").write_text(text, encoding="utf-8")
        with serve_app(
            port=port,
            INDEX_DIR=tmp_path / "none",
            HOME=tmp_path,
            PINPOINT_UPLOADS=1,
            PINPOINT_READERS="@agency.example",
        ) as running:
            page = browser.new_context().new_page()
            page.set_default_timeout(90_000)
            page.goto(running.address)
            page.get_by_role("heading", name="Sign in", level=1).wait_for()
            assert page.get_by_role("link", name="Library").count() == 0
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("link", name="Library").click()
            page.get_by_text("you are signed in as a reader").wait_for()
            page.get_by_role("button", name="Sign out").click()
            page.get_by_role("heading", name="Sign in", level=1).wait_for()
            page.context.close()
