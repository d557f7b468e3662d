"""The tests mirror the source: one file per endpoint and per screen."""
