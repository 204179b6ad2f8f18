"""The app's pages and components; with ``app.py`` the only place that knows Streamlit.

Text from documents is inert: it reaches the page through ``ui.components.text.escape`` (HTML) or
``ui.components.text.label`` (widget labels, which Streamlit reads as Markdown). Questions live in
the memory of one session: never in the URL, the page title, a log, a shared cache or a file.
"""
