"""Changes one setting in config.yaml and leaves the rest of the file as its owner wrote it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mockint.cli.settings import TEMPLATE, load_settings
from mockint.data_folder import SETTINGS_FILE
from mockint.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path


def change_setting(home: Path, key: str, value: str) -> None:
    """Write one setting; every other line stays as it is, comments included.

    Raises UsageProblem where the file holds what mockint does not know, or cannot be changed without touching more.
    """
    path = home / SETTINGS_FILE
    load_settings(home)  # a faulty file is its owner's to mend
    before = path.read_bytes().decode("utf-8") if path.is_file() else TEMPLATE
    after = with_setting(before, key, value)
    if after is None:
        raise UsageProblem(f"{path} is written in a way that mockint cannot change.", f"Write '{key}: {value}' there.")
    unfinished = path.with_name(path.name + ".part")
    try:
        home.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(after.encode("utf-8"))
        unfinished.replace(path)
    except OSError as error:
        raise UsageProblem(f"{path} cannot be written: {error.strerror}.", "Check who may write to it.") from error


def with_setting(text: str, key: str, value: str) -> str | None:
    """Return the text of a YAML file with one setting changed, or None where that would change anything else.

    The setting goes to its own line, else to the line that holds it as a comment, else to the end.
    """
    import yaml

    plain = yaml.safe_load(value) == value
    line = f"{key}: {value}" if plain else f"{key}: '{value}'"
    changed = _with_line(text, key, line)
    expected = {**(yaml.safe_load(text) or {}), key: value}
    try:
        return changed if yaml.safe_load(changed) == expected else None
    except yaml.YAMLError:  # YAML can be written in ways in which a line is not a setting
        return None


def _with_line(text: str, key: str, line: str) -> str:
    for place in (rf"^{key}[ ]*:", rf"^#[ ]*{key}[ ]*:"):
        rest_of_value = r"[^#\r\n]*?(?=[ \t]*(?:#|\r?$))"
        changed, count = re.subn(place + rest_of_value, lambda _: line, text, count=1, flags=re.MULTILINE)
        if count:
            return changed
    end = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{end}{line}\n"
