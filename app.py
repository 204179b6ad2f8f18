"""Pinpoint's app: ``streamlit run app.py``. Pages and components are in ``ui``."""

import streamlit as st

from pinpoint.commands import take_settings
from ui.app import main
from ui.server import hosting

if __name__ == "__main__":  # each run of the script
    main()
elif __name__ == "app":  # the server, once: `streamlit run` imports the script under this name
    take_settings()
    app = st.App(__file__, middleware=hosting.MIDDLEWARE, lifespan=hosting.started)
