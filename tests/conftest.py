"""Settings of the whole suite."""

from hypothesis import settings

# A slow machine is no failure: examples have no time limit. In CI hypothesis draws the same ones every time.
settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")
