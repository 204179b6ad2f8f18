"""State of the app: what a process, a session and a browser tab remember."""
