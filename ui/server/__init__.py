"""The server of the app: who may connect, who is signed in, what is recorded."""
