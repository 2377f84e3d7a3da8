"""mockint: a mock-interview trainer that hears how you speak, offline."""

__version__ = "0.1.0"
