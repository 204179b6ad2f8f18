"""How Pinpoint is brought onto other machines: the offline bundle, the container and the units of systemd."""
