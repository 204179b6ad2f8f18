"""The five journeys of the users of the app, driven by keyboard in Chromium and timed."""
