"""The app's pages and components; with ``app.py`` the only package that imports Streamlit.

Text from documents is inert: it reaches the page through ``pinpoint.text.escape`` (HTML) or
``ui.html.text.label`` (widget labels, which Streamlit reads as Markdown). Questions live in
the memory of one session: never in the URL, the page title, a log, a shared cache or a file.
"""
