"""`mockint models`: which recognisers there are, which one listens, and others from a folder or the network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockint.cli import wiring
from mockint.errors import Interrupted, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.text import Text

    from mockint.devices.recognisers.catalogue import EngineFacts, Measured
    from mockint.devices.recognisers.hub import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An engine, and how it stands with it here."""

    facts: EngineFacts
    how: str | None
    """What makes it usable; None where it is."""
    is_default: bool
    folder: Path | None = None

    @property
    def installed(self) -> bool:
        """Whether it can be used now."""
        return self.how is None


@click.group(name="models", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each engine.")
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List the recognisers: what each is, where it runs, what it measured, and whether it is installed.

    The one that is marked listens unless --engine names another; `mockint models use NAME` changes it.
    """
    if context.invoked_subcommand is not None:
        return
    from mockint.cli import console

    for listed in _all():
        if as_json:
            console.print_json(_object(listed))
        else:
            console.print_lines([*_lines(listed), ""])


@command.command("use")
@click.argument("name")
def use(name: str) -> None:
    """Let engine NAME listen from now on: writes it into config.yaml, other lines stay as they are."""
    from mockint.cli.changing import change_setting
    from mockint.data_folder import SETTINGS_FILE

    wiring.recogniser(name, None)
    change_setting(wiring.home(), "engine", name)
    click.echo(f"'{name}' listens from now on (engine: {name} in {wiring.home() / SETTINGS_FILE}).", err=True)


@command.command("add")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help="What to call it (default: the folder's name).")
def add(folder: Path, name: str | None) -> None:
    """Make the Whisper in FOLDER (CTranslate2 format) an engine, once it has proved to load.

    The folder stays where it is. The engine listens together with Moonshine, in the place of Whisper base.
    """
    from mockint.devices.recognisers.own_weights import add_own_weights

    added = add_own_weights(wiring.home(), folder, name)
    _say_how_to_use(added.name)


@command.command("fetch")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--no-input", is_flag=True, help="Never ask; without --yes nothing is fetched.")
def fetch(name: str, yes: bool, no_input: bool) -> None:
    """Fetch the Whisper NAME from the network, after asking: the only command of mockint that uses one.

    A fetch that was interrupted goes on where it stopped, and nothing is used before its hashes are right.
    """
    from mockint.cli import console
    from mockint.devices.recognisers.catalogue import FETCHABLE
    from mockint.devices.recognisers.hub import fetch_weights, hub_name
    from mockint.devices.recognisers.own_weights import check_name

    wanted = {fetchable.name: fetchable for fetchable in FETCHABLE}.get(name)
    if wanted is None:
        raise UsageProblem(
            f"No weights are called '{name}'.", f"There are: {', '.join(each.name for each in FETCHABLE)}."
        )
    check_name(wiring.home(), name)
    where = f"from {hub_name()} ({wanted.repository})"
    click.echo(f"{wanted.what} About {wanted.size_mb} MB, {where}, MIT licence.", err=True)
    click.echo("This needs the network. Nothing of yours is sent; your voice stays here as before.", err=True)
    if not (yes or console.confirmed("Fetch it?", no_input=no_input)):
        click.echo("Nothing was fetched.", err=True)
        return
    try:
        fetch_weights(wanted, wiring.home(), announce=_announce)
    except KeyboardInterrupt:
        raise Interrupted("Stopped.", "Run the same command again: it goes on where it stopped.") from None
    _say_how_to_use(name)


def _announce(offer: Offer) -> None:
    from mockint.devices.recognisers.hub import hub_name

    click.echo(
        f"Fetching {offer.size / 1e6:.0f} MB: {offer.repository} at {offer.commit[:12]} from {hub_name()} ...", err=True
    )


def _say_how_to_use(name: str) -> None:
    click.echo(f"'{name}' is an engine now: mockint practice --engine {name}", err=True)
    click.echo(f"For every session: mockint models use {name}", err=True)


# --- the list -------------------------------------------------------------------------------------


def _all() -> Iterator[Listed]:
    """Yield the engines that come with mockint, those of the user, and those that can be fetched."""
    from mockint.devices.recognisers.catalogue import ENGINES, FETCHABLE, fetchable_facts, own_facts
    from mockint.devices.recognisers.choice import EngineName, why_unusable
    from mockint.devices.recognisers.own_weights import own_weights

    chosen = wiring.settings().engine
    for facts in ENGINES:
        problem = why_unusable(EngineName(facts.name))
        yield Listed(facts=facts, how=None if problem is None else problem.hint, is_default=facts.name == chosen)
    own = own_weights(wiring.home())
    for weights in own:
        how = None if weights.is_there else f"There is no model in {weights.folder} any more."
        facts = own_facts(weights.name, weights.size_mb)
        yield Listed(facts=facts, how=how, is_default=weights.name == chosen, folder=weights.folder)
    for fetchable in FETCHABLE:
        if fetchable.name not in {weights.name for weights in own}:
            how = f"Fetch it: mockint models fetch {fetchable.name}"
            yield Listed(facts=fetchable_facts(fetchable), how=how, is_default=fetchable.name == chosen)


def _object(listed: Listed) -> dict[str, Any]:
    from dataclasses import asdict

    facts = asdict(listed.facts)
    return {
        **facts,
        "word_times": listed.facts.word_times.value,
        "fillers": listed.facts.fillers.value,
        "measured": [{**figures, "on": figures["on"].value} for figures in facts["measured"]],
        "installed": listed.installed,
        "how": listed.how,
        "default": listed.is_default,
        "folder": None if listed.folder is None else str(listed.folder),
    }


def _lines(listed: Listed) -> Iterator[Text]:
    """Render an engine: in full where it can be used, in brief where it would have to be installed first."""
    from rich.text import Text

    facts = listed.facts
    state = "installed" if listed.installed else "not installed"
    heading = Text(f"{'*' if listed.is_default else ' '} {facts.name:<18}", style="bold")
    heading.append(state, style="green" if listed.installed else "dim")
    if listed.is_default:
        heading.append("; listens unless another is named", style="not bold")
    yield heading
    size = [] if facts.size_mb is None else [f"{facts.size_mb} MB"]
    terms = [facts.licence, *size, facts.runs]
    if listed.how is not None:
        yield _indented(f"{facts.what} {'; '.join(terms)}. {listed.how}", style="dim")
        return
    yield _indented(facts.what)
    yield _indented("; ".join([*terms, facts.word_times.value, facts.fillers.value]) + ".")
    for measured in facts.measured:
        yield _indented(_figures(measured), style="dim")
    if not facts.measured:
        yield _indented("Not measured.", style="dim")


def _indented(sentence: str, style: str = "") -> Text:
    """Return a sentence that stays right of the names when it is wrapped."""
    import textwrap

    from rich.text import Text

    from mockint.pages.terminal import WIDTH

    margin = " " * 4
    return Text(textwrap.fill(sentence, WIDTH, initial_indent=margin, subsequent_indent=margin), style=style)


def _figures(measured: Measured) -> str:
    """Say in one sentence what was measured, and on what."""
    figures = []
    if measured.word_error is not None:
        figures.append(f"{measured.word_error:.0%} of words wrong")
    if measured.filler_f1 is not None:
        figures.append(
            f"um/uh F1 {measured.filler_f1:.2f} (precision {measured.filler_precision:.2f},"
            f" recall {measured.filler_recall:.2f})"
        )
    if measured.filler_found_share is not None:
        figures.append(f"{measured.filler_found_share:.0%} of um/uh found")
    if measured.times_real_time is not None:
        figures.append("{:.2f}-{:.2f} s of work for a second of sound".format(*measured.times_real_time))
    setup = f" ({measured.setup})" if measured.setup else ""
    return f"Measured{setup}: {', '.join(figures)}. On {measured.on.value}."
