"""Every failure that mockint can tell a user about: one sentence, one hint, one exit code.

`cli.main` is the only place that prints them. Code that is not a command raises them and goes no further.
"""

from __future__ import annotations

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NO_AUDIO = 3
EXIT_NO_RECOGNISER = 4
EXIT_INTERRUPTED = 130


class MockintError(Exception):
    """A failure with a sentence for the user (`problem`) and what to do about it (`hint`)."""

    exit_code = EXIT_FAILED

    def __init__(self, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.hint = hint


class UsageProblem(MockintError):
    """The command was given something that it cannot mean."""

    exit_code = EXIT_USAGE


class BankProblem(MockintError):
    """A question bank is missing or faulty."""


class AudioFileProblem(MockintError):
    """A sound file cannot be read or written."""


class NoAudioDevice(MockintError):
    """There is no usable microphone or loudspeaker."""

    exit_code = EXIT_NO_AUDIO


class NoRecogniser(MockintError):
    """No recogniser can be used."""

    exit_code = EXIT_NO_RECOGNISER


class WeightsProblem(MockintError):
    """Weights of a recogniser cannot be fetched, or are not what they should be."""


class VoiceProblem(MockintError):
    """The question could not be spoken. It is printed all the same, so this never ends a session."""


class StoreProblem(MockintError):
    """The data folder or its database cannot be used."""


class Interrupted(MockintError):
    """The user pressed Ctrl-C. Everything said so far is kept."""

    exit_code = EXIT_INTERRUPTED
