"""Official XML as downloaded: USLM, eCFR, the annual CFR, the Federal Register."""
