"""The entry point: finds the command, runs it, and prints every failure in the same way."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any

import click

from mockint import __version__
from mockint.errors import EXIT_INTERRUPTED, Interrupted, MockintError

COMMANDS = {
    "practice": "Hold a spoken mock interview and see how each answer came across.",
    "score": "Measure and score recordings that you already have.",
    "review": "Show stored takes again: transcript, marks, score; play them back.",
    "drill": "Fewer fillers, in short turns; a passage at a steady pace.",
    "progress": "See how your delivery moves over time.",
    "share": "Write a page with your answers for a mentor to comment on.",
    "feedback": "Take in and show what mentors say of your answers.",
    "bank": "List, show and check question banks.",
    "debrief": "Look back at a real interview; its questions come up in practice.",
    "letter": "Draft a thank-you, a request for feedback, a few lines to stay in touch.",
    "applications": "Keep your applications and the people you met.",
    "followups": "See what is due after interviews, today and this week.",
    "data": "Back up, export, restore or erase your data; rescore takes.",
    "doctor": "Check microphone, voice, recogniser and data folder.",
    "models": "List, choose and add recognisers and their weights.",
}
"""Each lives in a module of its name, imported only when it runs: help must come at once."""


class LazyCommands(click.Group):
    """A group that knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """Return the names, in the order of the day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - Click's signature
        """Import the command's module and return its `command`."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"mockint.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - Click's signature
        """Write the list of commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a name that is nearly right is named in the error."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else "See 'mockint --help' for the commands."
            raise click.UsageError(f"There is no command '{args[0]}'. {hint}", ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; nothing that it prints can steer the terminal."""
        from mockint.cli.visible import only_visible

        with only_visible():
            return self._run(ctx)

    def _run(self, ctx: click.Context) -> Any:
        """Run the command. Every failure that mockint knows ends here: a sentence, a hint and an exit code."""
        os.umask(0o077)  # whatever mockint and its libraries write, their owner alone can read
        try:
            return super().invoke(ctx)
        except MockintError as error:
            problem = error
        except (KeyboardInterrupt, click.Abort):
            problem = Interrupted("Stopped.", "Everything said so far is kept.")
        if problem.exit_code == EXIT_INTERRUPTED:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is over: another Ctrl-C would only spoil the sentence
        from mockint.cli import wiring

        wiring.complain(problem)
        raise click.exceptions.Exit(problem.exit_code)


@click.group(cls=LazyCommands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mockint")
@click.option("--json", "as_json", is_flag=True, help="Without a command: print what is due as one JSON object.")
@click.pass_context
def main(ctx: click.Context, *, as_json: bool) -> None:
    """Practise interviews aloud. mockint asks, listens, and shows how you came across. Nothing leaves this computer.

    Run without a command, it says what is due for you and what to do next.
    """
    if ctx.invoked_subcommand is None:
        from mockint.cli import start

        start.show(as_json=as_json)
    elif as_json:
        raise click.UsageError(f"--json comes after the command: mockint {ctx.invoked_subcommand} ... --json", ctx)


def run() -> None:
    """Run as a program of its own, and end at once, whatever a recogniser is still doing.

    One that was interrupted, or hangs, is in the middle of native code in a thread that nobody waits for. Python would
    be taken down under it, and now and then that ends in a crash instead of the exit code.
    """
    sys.unraisablehook = _tell_unless_interrupted
    _keep_terminal()
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int) and any(thread.daemon for thread in threading.enumerate()):
            with suppress(OSError):  # nobody reads any more
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(end.code)
        raise


def _keep_terminal() -> None:
    """Keep the terminal for mockint: on Linux, sound libraries write of each hiccup of a device past Python.

    Where stderr goes elsewhere, as into a file, all that they say goes there.
    """
    if sys.platform != "linux" or not os.isatty(_STDERR):
        return
    ours = os.dup(_STDERR)
    sys.stderr = os.fdopen(ours, "w", 1, encoding=sys.stderr.encoding, errors=sys.stderr.errors)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)


_STDERR = 2


def _tell_unless_interrupted(unraisable: sys.UnraisableHookArgs) -> None:
    """Tell of an error that cannot be raised, unless it is a Ctrl-C, again, while the first one is being obeyed."""
    if not issubclass(unraisable.exc_type, KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
