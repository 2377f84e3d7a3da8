"""Renderers that only read: text, JSON and HTML."""
