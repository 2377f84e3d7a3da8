"""What all pages have in common: one HTML file that opens anywhere, runs only what is its own and needs no network."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from mockint import __version__
from mockint.figures import clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from mockint.model import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSound:
    """The recording of a take as a page carries it."""

    data: bytes
    """A whole sound file."""
    media_type: str
    levels_dbfs: tuple[float, ...]
    """The level of each stretch of equal length, first to last."""

    @property
    def url(self) -> Markup:
        """The whole sound as an address."""
        url = f"data:{self.media_type};base64,{base64.b64encode(self.data).decode()}"
        return Markup(url)  # noqa: S704 - base64 has nothing to escape, and megabytes of it need not be searched


def html_file(
    template: str, *, styles: Sequence[str], scripts: Sequence[str], added_styles: Sequence[str] = (), **values: object
) -> str:
    """Return a page: the template with its values, style sheets and scripts, which are files of the templates folder.

    Style sheets and scripts are put one after the other, in their order. added_styles: what a script puts into the page
    as a style, letter by letter.
    """
    css, script = ("\n".join(map(_asset, names)) for names in (styles, scripts))
    return (
        _environment()
        .get_template(template)
        .render(
            **values,
            version=__version__,
            css=Markup(css),  # noqa: S704 - our own package files
            script=Markup(script),  # noqa: S704 - our own package files
            policy=_policy([css, *added_styles], script),
        )
    )


def day_in_words(day: date) -> str:
    """Write a day: "Tuesday 3 March 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def place_in_words(value: float, band: Band) -> str:
    """Say where a value stands beside its aim: a picture and a colour are not enough."""
    if band.is_open:
        return "shown, not scored"
    if band.is_below(value):
        return "below the aim"
    return "above the aim" if band.is_above(value) else "within the aim"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("mockint.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clock"] = clock
    return environment


def _asset(name: str) -> str:
    return files("mockint.pages").joinpath("templates", name).read_text(encoding="utf-8")


def _policy(styles: Sequence[str], script: str) -> str:
    """Allow these styles, this script and the sound inside the page; nothing else, and nothing from elsewhere."""
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {' '.join(map(_hash, styles))};"
        " media-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
