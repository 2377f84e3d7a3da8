"""Every place where a file of somebody else comes into mockint, in a form that `hostile.py` can knock at."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import builders
import numpy as np
import soundfile
import yaml
from practised import NOON, practise
from running import run

from mockint.afterwards.debrief_file import read_debrief
from mockint.afterwards.letters import TEMPLATES, LetterKind, draft
from mockint.afterwards.records import AskedQuestion, Contact, Debrief, Participant
from mockint.afterwards.table import from_csv
from mockint.bank import Fault, check_bank, load_bank, read_lines, shipped_banks_folder
from mockint.bank.importing import questions_in
from mockint.bank.writing import bank_text
from mockint.cli.settings import TEMPLATE, load_settings
from mockint.corrections_file import FORMAT as CORRECTIONS
from mockint.corrections_file import read_corrections, take_object
from mockint.devices.audiofile import read_audio
from mockint.devices.recognisers.own_weights import own_weights
from mockint.errors import BankProblem
from mockint.feedback import FORMAT as FEEDBACK
from mockint.feedback import RUBRIC, read_feedback
from mockint.model import Correction, CorrectionKind
from mockint.store.archive import SUMS_NAME, open_archive
from mockint.store.exporting import export_home
from mockint.store.home import HOME_VARIABLE
from mockint.store.importing import import_into
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from random import Random

Mutator = Literal["text", "json", "sound", "export"]

CORRECTION = Correction(
    kind=CorrectionKind.WORD_CHANGED, start_s=0.0, end_s=0.3, old_text="something", new_text="nothing"
)
TODAY = date(2026, 3, 2)
SOUND_S = 0.2
RATE_HZ = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way in."""

    name: str
    mutator: Mutator
    samples: Callable[[Path], Sequence[bytes]]
    """Makes valid files; the folder is not there yet."""
    enter: Callable[[bytes, Path, Random], Sequence[str]]
    """Sends a file through, with a folder of its own; returns texts that were taken and may be shown anywhere. Raises
    MockintError where it is refused."""
    weight: int = 10
    """How often it is knocked at, among the others."""


def written(content: bytes, folder: Path, name: str) -> Path:
    """Write a file, and return where it is."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def refuse(faults: Sequence[Fault]) -> None:
    """Raise BankProblem where there are faults; what is shown of the file can only be read."""
    assert all(letter.isprintable() for fault in faults for letter in fault.excerpt or "")
    if any(not fault.warning for fault in faults):
        raise BankProblem(str(faults[0]))


# --- questions ------------------------------------------------------------------------------------


def shipped_banks(_: Path) -> Sequence[bytes]:
    """Whole banks are long: their beginnings, cut between questions, are as good."""
    banks = [path.read_text("utf-8") for path in sorted(shipped_banks_folder().glob("*.yaml"))]
    return ["\n  - ".join(bank.split("\n  - ")[:6]).encode() for bank in banks]


def enter_bank(content: bytes, folder: Path, _: Random) -> Sequence[str]:
    """Check it, and load it where that finds nothing."""
    path = written(content, folder, "bank.yaml")
    faults = check_bank(path)
    refuse(faults)
    bank = load_bank(path)
    texts = [text for question in bank.questions for text in (question.text, *question.tips, *question.follow_ups)]
    return [bank.title, *texts]


def lists(_: Path) -> Sequence[bytes]:
    """Questions as people have them."""
    return [
        b'question,skill,time,tags\nWhat did you do?,teamwork,90 s,a;b\n"Why, then?",,2:00,\n',
        b"# Mine\n\n- What did you do?\n  - And then?\n- **Why** this [job](http://x)?\n\n```\ncode\n```\n",
        b"What did you do?\nWhy this job?\n# a comment\n1. What went wrong?\n",
    ]


def enter_list(content: bytes, folder: Path, chance: Random) -> Sequence[str]:
    """Make a bank of it; what comes out has no faults."""
    document = read_lines(written(content, folder, f"list.{chance.choice(['csv', 'md', 'txt'])}"), "list")
    refuse(document.faults)
    imported = questions_in(document, "mine")
    if imported.questions:
        path = written(bank_text("mine", imported.title or "Mine", imported.questions).encode(), folder, "mine.yaml")
        faults = [fault for fault in check_bank(path) if not fault.warning]
        assert not faults, f"what was made of a list is no bank: {faults[0]}"
    return [question.text for question in imported.questions]


# --- what others send -----------------------------------------------------------------------------


def mentor_files(_: Path) -> Sequence[bytes]:
    """What a page saves."""
    take = {
        "take": "a" * 32,
        "ratings": {each.key: 3 for each in RUBRIC},
        "keep": "The example.",
        "change": "Shorter.",
        "comments": [{"at_s": 1.5, "text": "Good."}, {"at_s": 2, "text": "Too fast?"}],
    }
    top = {FEEDBACK: 1, "answer": "b" * 32, "saved_at": "2026-03-02T18:04:05.678Z", "mentor": "Anna", "takes": [take]}
    return [json.dumps(top).encode()]


def enter_mentor_file(content: bytes, _: Path, __: Random) -> Sequence[str]:
    """Read it."""
    said = read_feedback(content, "feedback.json")
    return [text for each in said for text in (each.mentor, each.keep, each.change, *(c.text for c in each.comments))]


def correction_files(_: Path) -> Sequence[bytes]:
    """Both formats."""
    corrections = [
        Correction(kind=kind, start_s=1.0, end_s=1.5, old_text="right", new_text="write") for kind in CorrectionKind
    ]
    entries = [builders.correction_object(each) for each in corrections]
    take = take_object(builders.take(uid="c" * 32))
    by_number = [{"take": 12, **entry} for entry in entries]
    return [
        json.dumps({CORRECTIONS: 2, "take": take, "corrections": entries}).encode(),
        json.dumps({CORRECTIONS: 1, "corrections": by_number}).encode(),
    ]


def enter_correction_file(content: bytes, _: Path, __: Random) -> Sequence[str]:
    """Read it."""
    read = read_corrections(content, "corrections.json")
    return [text for take in read for each in take.corrections for text in (each.old_text, each.new_text) if text]


def sounds(_: Path) -> Sequence[bytes]:
    """The formats that libsndfile reads everywhere."""
    tone = np.sin(np.arange(int(SOUND_S * RATE_HZ)) / 10).astype(np.float32) / 2
    found: list[bytes] = []
    for form, kind in (
        ("WAV", "PCM_16"),
        ("WAV", "FLOAT"),
        ("WAV", "ULAW"),
        ("FLAC", "PCM_16"),
        ("OGG", "VORBIS"),
        ("AIFF", "PCM_16"),
    ):
        file = BytesIO()
        soundfile.write(file, tone, RATE_HZ, format=form, subtype=kind)
        found.append(file.getvalue())
    return found


def enter_sound(content: bytes, folder: Path, _: Random) -> Sequence[str]:
    """Read it as `score` does."""
    loaded = read_audio(written(content, folder, "answer.wav"))
    assert np.isfinite(loaded.recording.samples).all()
    return loaded.caveats


# --- what people edit -----------------------------------------------------------------------------


def debriefs(_: Path) -> Sequence[bytes]:
    """As far as people fill one in."""
    return [
        b"""\
mockint_debrief: 1
application: 3
date: 2026-03-01
people:
  - {name: Ada, role: lead, email: a@b.org}
talked_about:
  - the team
went_well:
  - the example
could_be_better:
  - {text: pace, competency: calm}
learned:
  -
questions:
  - {text: Why us?, felt: hard}
  - What did you do?
"""
    ]


def enter_debrief(content: bytes, folder: Path, _: Random) -> Sequence[str]:
    """Read it."""
    _debrief, faults = read_debrief(written(content, folder, "debrief.yaml"), TODAY)
    refuse(faults)
    return []


def tables_of_applications(_: Path) -> Sequence[bytes]:
    """With quotes, and with semicolons."""
    return [
        b'company,role,stage,date,link,note\nAcme,Analyst,interview,2026-03-01,https://a.b,"said, so"\n',
        b"company;role\nAcme;Analyst\n",
    ]


def enter_table_of_applications(content: bytes, _: Path, __: Random) -> Sequence[str]:
    """Read it."""
    from_csv(content.decode("utf-8-sig", errors="replace"), "table.csv", TODAY)
    return []


def settings_files(_: Path) -> Sequence[bytes]:
    """With every line in use, and one by one."""
    lines = [line[2:] for line in TEMPLATE.splitlines() if line.startswith("# ") and ":" in line]
    return ["\n".join(lines).encode(), b"rate: 170\nsilence: 4\nkeep_audio: 30 days\nbanks: [starter]\n"]


def enter_settings(content: bytes, folder: Path, _: Random) -> Sequence[str]:
    """Read it."""
    written(content, folder, "config.yaml")
    load_settings(folder)
    return []


def enter_models(content: bytes, folder: Path, _: Random) -> Sequence[str]:
    """Read it."""
    written(content, folder, "models.yaml")
    return [weights.name for weights in own_weights(folder)]


def letter_templates(_: Path) -> Sequence[bytes]:
    """Those that ship: a person copies and changes them, and a backup brings them along."""
    return [path.read_bytes() for path in sorted(TEMPLATES.glob("*.j2"))]


def enter_letter_template(content: bytes, folder: Path, _: Random) -> Sequence[str]:
    """Draft a letter with it, of which nothing is known."""
    written(content, folder, f"{LetterKind.THANKS.value}.txt.j2")
    draft(LetterKind.THANKS, None, None, (), today=TODAY, own_templates=folder)
    return []


# --- exports and backups --------------------------------------------------------------------------

SEPARATOR = b"\n=== file ===\n"
LONGEST_NAME = 10_000
"""Longer ones no ZIP file can hold."""


def exports(folder: Path) -> Sequence[bytes]:
    """A folder as one run of bytes: name, content, name, content. Its sums are made when it is packed."""
    practise(folder / "home", said="something", take_count=2)
    with Store(folder / "home") as store:
        [applied] = store.afterwards.add_applications(
            from_csv("company,role,note\nAcme,Analyst,kind\n", "table.csv", TODAY)
        )
        store.afterwards.meet(Participant(name="Ada", role="lead"), applied.id, Contact(on=TODAY, note="said hello"))
        debrief = Debrief(held_on=TODAY, went_well=("The example.",), questions=(AskedQuestion(text="Why us?"),))
        store.afterwards.keep_debrief(applied, debrief, created_at=NOON)
        store.feedback.add([(1, read_feedback(mentor_files(folder)[0], "feedback.json")[0])], at=NOON)
        store.correct(2, [CORRECTION], store.results(2)[0].result, created_at=NOON)
    export_home(folder / "home", folder / "plain", created_at=NOON, advance=lambda _: None)
    plain = folder / "plain"
    paths = [path for path in sorted(plain.rglob("*")) if path.is_file() and path.name != SUMS_NAME]
    parts = [part for path in paths for part in (path.relative_to(plain).as_posix().encode(), path.read_bytes())]
    return [SEPARATOR.join(parts)]


def enter_export(content: bytes, folder: Path, chance: Random) -> Sequence[str]:
    """Import it as a ZIP file; where it is taken, look at it with the commands that show what is stored."""
    parts = content.split(SEPARATOR)
    pack(folder / "e.zip", list(zip(parts[::2], parts[1::2], strict=False)), chance)
    with open_archive(folder / "e.zip") as archive:
        import_into(folder / "home", archive, advance=lambda _: None)
    assert sorted(path.name for path in folder.iterdir()) == ["e.zip", "home"], "something is beside the data folder"
    return look_around(folder / "home")


def pack(path: Path, files: Sequence[tuple[bytes, bytes]], chance: Random) -> None:
    """Write a ZIP file with sums that are true, and now and then with an entry that leads elsewhere."""
    kind = chance.randrange(40)
    extra = {
        0: b"../../owned",
        1: b"/tmp/owned",
        2: b"files/../../owned",
        3: b"files\\..\\..\\owned",
        4: b"C:owned",
        5: b"files/.hidden",
    }
    files = [*files, (extra[kind], b"owned")] if kind in extra else files
    sums = b"".join(hashlib.sha256(content).hexdigest().encode() + b"  " + name + b"\n" for name, content in files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in [*files, (SUMS_NAME.encode(), sums)]:
            entry = zipfile.ZipInfo(name.decode(errors="replace").replace("\0", "0")[:LONGEST_NAME] or "0")
            entry.external_attr = (stat.S_IFLNK if kind == 6 and name.endswith(b".wav") else stat.S_IFREG | 0o600) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, bytes(100_000_000) if kind == 7 and name == b"README.txt" else content)
    if kind == 8:
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + chance.randbytes(chance.choice((1, 4))) + whole[at + 1 :])


LOOKS: Sequence[tuple[str, ...]] = (
    ("review",),
    ("review", "--json"),
    ("progress",),
    ("progress", "--json"),
    ("progress", "--csv"),
    ("applications", "list"),
    ("applications", "people"),
    ("applications", "show", "1"),
    ("applications", "perspective", "1"),
    ("followups",),
    ("feedback", "list"),
    ("data", "recover"),
    (),
)


PAGES = {"review.html": ("review", "last", "--html"), "progress.html": ("progress", "--html")}
LETTERS = {"thanks.eml": ("letter", "thanks", "1", "--out"), "due.ics": ("followups", "--ics")}


def look_around(home: Path) -> Sequence[str]:
    """Return what commands print about a data folder."""
    shown: list[str] = []
    os.environ[HOME_VARIABLE] = str(home)
    for words in LOOKS:
        outcome = run(*words)
        shown += [outcome.stdout, outcome.stderr]
    for name, words in PAGES.items():
        page = home.parent / name
        if run(*words, page).exit_code == 0:
            found = [sign for sign in ("<script>alert", "<img src=x") if sign in page.read_text("utf-8")]
            assert not found, f"{found[0]} stands in {name} as it is"
    for name, words in LETTERS.items():
        run(*words, home.parent / name)
    return shown


DOORS = (
    Door(name="question bank", mutator="text", samples=shipped_banks, enter=enter_bank, weight=40),
    Door(name="list of questions", mutator="text", samples=lists, enter=enter_list),
    Door(name="mentor's file", mutator="json", samples=mentor_files, enter=enter_mentor_file, weight=20),
    Door(name="corrections", mutator="json", samples=correction_files, enter=enter_correction_file, weight=20),
    Door(name="sound", mutator="sound", samples=sounds, enter=enter_sound, weight=30),
    Door(name="debrief", mutator="text", samples=debriefs, enter=enter_debrief, weight=20),
    Door(
        name="table of applications", mutator="text", samples=tables_of_applications, enter=enter_table_of_applications
    ),
    Door(name="config.yaml", mutator="text", samples=settings_files, enter=enter_settings),
    Door(
        name="models.yaml",
        mutator="text",
        samples=lambda _: [yaml.safe_dump({"small": "/somewhere"}).encode()],
        enter=enter_models,
    ),
    Door(name="letter template", mutator="text", samples=letter_templates, enter=enter_letter_template),
    Door(name="export or backup", mutator="export", samples=exports, enter=enter_export, weight=8),
)
