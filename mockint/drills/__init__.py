"""Drills: fewer fillers by habit reversal, a steadier pace by reading against the clock, and whether it shows later.

Habit reversal is awareness of each slip, one competing response (here a silent pause), and short practice with the
outcome shown at once. Fillers fell at once in 6 of 6 speakers (Mancuso & Miltenberger 2016) and to less than half in 4
of 4 (Pawlik & Perrin); a cue of two words every 20 s helped more than one that never stops (Rhema).
"""

BANK_ID = "mockint-drill"
"""The bank of light prompts and passages. Its takes are no interview practice: progress does not count them."""
MODE = "drill"
"""The mode of the sessions that drills make."""
CUE = "Pause. Breathe."
