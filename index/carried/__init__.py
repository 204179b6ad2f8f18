"""What a new generation carries over from an older one, so that only text that is new is worked on."""
