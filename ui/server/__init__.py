"""The server of the app: how Streamlit is set up and started, and who uses a session."""
