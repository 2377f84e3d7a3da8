"""The day after a real interview: what was asked, whom to write to, what is due, and back into practice."""
