"""The outside world: each module holds the real thing and its stand-in."""
