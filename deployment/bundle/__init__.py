"""One file that installs Pinpoint where there is no network: what it holds, how it is built, what installs it."""
