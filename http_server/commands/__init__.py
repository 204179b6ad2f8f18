"""The command ``pinpoint serve``, and the processes that it starts."""
