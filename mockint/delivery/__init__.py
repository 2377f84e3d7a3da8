"""What the voice did: pure NumPy, no input or output."""
