"""Who may use what is served: the gate before a server, who is signed in or holds a token, and the audit log."""
