"""What is printed is written for a terminal, or a file, of this size."""

WIDTH = 80
"""Columns."""
