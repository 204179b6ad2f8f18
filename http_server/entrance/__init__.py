"""What stands before the addresses: who may connect, and how much one client may send."""
