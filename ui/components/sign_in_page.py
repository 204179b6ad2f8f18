"""The page of those who are not signed in, or who may not use the app."""

from importlib.util import find_spec

import streamlit as st

from pinpoint.errors import ConfigurationError
from pinpoint.text import escape
from ui.components import frame
from ui.server import accounts

_NO_CLIENT = (
    "Signing in is set up, but the package for it is not installed. Whoever runs Pinpoint installs it with: "
    "pip install -e '.[signin]' -c constraints.txt"
)


def admitted() -> bool:
    """Tell whether this session may see anything; draw the page that says why when it may not."""
    try:
        person = accounts.person()
    except ConfigurationError as error:
        frame.unavailable(error)
        return False
    if person.role:
        return True
    st.html('<p class="pp-brand">Pinpoint</p>')
    frame.heading("Sign in", "Pinpoint is open to the people whom its administrator has named.")
    if person.name:
        st.html(f'<section class="pp-declined"><p class="pp-reason">{escape(person.refusal)}</p></section>')
    if find_spec("authlib") is None:
        frame.alert(_NO_CLIENT)
    elif person.name:
        frame.draw_sign_out()
    else:
        st.button("Sign in", on_click=st.login, type="primary", key="sign-in")
    return False
