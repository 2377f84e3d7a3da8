"""Short letters, drafted from what a person noted. Nothing is invented: what is not known is a [placeholder].

Templates are files. A person's own go before those that come with mockint. One may come from anywhere, in a backup for
instance, so it is held to what a letter needs: names, texts and `if`. Nothing of it can be called, repeated or kept, so
that no template takes longer, or makes more, than it is long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from mockint.afterwards.entries import in_words
from mockint.afterwards.records import Stage
from mockint.errors import MockintError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from jinja2.nodes import Template

    from mockint.afterwards.records import Application, Debrief, Person

TEMPLATES = Path(__file__).parent / "templates"
SUFFIX = ".txt.j2"


class LetterKind(str, Enum):
    """What a letter is for."""

    THANKS = "thanks"
    FEEDBACK = "feedback"
    CONNECT = "connect"
    DECLINE = "decline"
    CHECK_IN = "check-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A draft. `missing` are its placeholders, brackets and all."""

    to: tuple[Person, ...]
    subject: str
    body: str

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still to be filled in, in its order."""
        return tuple(dict.fromkeys(re.findall(r"\[[^\]\n]+\]", f"{self.subject}\n{self.body}")))


def draft(
    kind: LetterKind,
    application: Application | None,
    debrief: Debrief | None,
    people: Sequence[Person],
    *,
    today: date,
    own_templates: Path,
) -> Letter:
    """Draft a letter to `people` from what is known of them, the application, and its newest debrief.

    Raises MockintError, naming file and line, where a template of one's own cannot be used.
    """
    written = _rendered(kind, facts(application, debrief, people, today), own_templates)
    first, _, rest = written.lstrip().partition("\n")
    subject = " ".join(first.removeprefix("Subject:").split()) or "[subject]"
    return Letter(to=tuple(people), subject=subject, body=re.sub(r"\n{3,}", "\n\n", rest.strip()) + "\n")


def facts(
    application: Application | None, debrief: Debrief | None, people: Sequence[Person], today: date
) -> dict[str, str | bool]:
    """Return what a template may name. What is not known is not there."""
    known: dict[str, str | bool | None] = {"name": _listed([person.name for person in people])}
    if people:
        known["last_noted"] = people[0].contacts[-1].note
    if application is not None:
        talks = application.talks(until=today)
        held_on = debrief.held_on if debrief else talks[-1].on if talks else None
        known |= {
            "company": application.company,
            "role": application.role,
            "interview_day": None if held_on is None else in_words(held_on),
            "interview_weekday": None if held_on is None else in_words(held_on, weekday=True),
            "closed": not application.is_open,
            "offered": application.last.stage is Stage.OFFER,
            "waiting": application.is_open and bool(talks),
        }
    if debrief is not None:
        known["talked_about"] = _listed(_fragments(debrief.talked_about))
        known["learned"] = "; ".join(_fragments(debrief.learned))
    return {name: fact for name, fact in known.items() if fact}


def copy_templates(folder: Path) -> tuple[tuple[Path, str], ...]:
    """Return what belongs into a folder of one's own: the path and text of each template that is not there yet."""
    shipped = sorted(path for path in TEMPLATES.iterdir() if path.name.endswith((SUFFIX, ".txt")))
    missing = [path for path in shipped if not (folder / path.name).exists()]
    return tuple((folder / path.name, path.read_text(encoding="utf-8")) for path in missing)


def _fragments(texts: Iterable[str]) -> list[str]:
    return [text.rstrip(" .;,") for text in texts]


def _listed(texts: Sequence[str]) -> str:
    return " and ".join([", ".join(texts[:-1]), texts[-1]] if len(texts) > 1 else texts)


def _rendered(kind: LetterKind, known: Mapping[str, str | bool], own_templates: Path) -> str:
    from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError, Undefined

    class Placeholder(Undefined):
        """What is not known, by its name in brackets."""

        def __str__(self) -> str:
            return f"[{str(self._undefined_name).replace('_', ' ')}]"

    name = f"{kind.value}{SUFFIX}"
    environment = Environment(
        undefined=Placeholder,
        autoescape=False,  # noqa: S701 - a letter is plain text
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        source, path, _ = FileSystemLoader([own_templates, TEMPLATES]).get_source(environment, name)
        template = environment.parse(source, name, path)
        _check_is_letter(template, path)
        return environment.from_string(template).render(known)
    except TemplateSyntaxError as error:
        problem = f"{error.filename}:{error.lineno}: {error.message}"
    except OSError as error:
        problem = f"The template {own_templates / name} cannot be read: {error}"
    except Exception as error:  # noqa: BLE001 - a template is code that somebody wrote: it may raise anything
        problem = f"The template {own_templates / name} cannot be used: {error}"
    raise MockintError(f"{problem.rstrip('.')}.", "Mend it, or delete it: then mockint's own is used again.")


def _check_is_letter(template: Template, path: str) -> None:
    """Raise TemplateSyntaxError where a template goes beyond names, texts and `if`."""
    from jinja2 import TemplateSyntaxError, nodes

    known = (
        *(nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Add, nodes.Concat),
        *(nodes.If, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand),
    )
    for node in template.find_all(nodes.Node):
        if not isinstance(node, known):
            what = type(node).__name__.lower()
            message = f"A letter can name what is known and ask for it with 'if', but this is Jinja's '{what}'"
            raise TemplateSyntaxError(message, node.lineno, filename=path)
