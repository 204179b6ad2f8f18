"""``pinpoint locate``, ``documents`` and ``sections``."""
