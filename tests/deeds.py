"""Everything that mockint does to a data folder, in a form that `crashing.py` can kill, and what must be left then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import builders
import numpy as np
from practised import NOON, content, files, practise

from mockint.data_folder import DATABASE_NAME
from mockint.devices.audiofile import RecordingWriter, read_audio
from mockint.model import SAMPLE_RATE_HZ, Correction, CorrectionKind, Result
from mockint.scoring import METHOD, score
from mockint.store.archive import open_archive
from mockint.store.database import Database
from mockint.store.exporting import check_archive, export_home
from mockint.store.importing import import_into, restore_in_place_of
from mockint.store.keeper import SessionKeeper
from mockint.store.migrations import MIGRATIONS
from mockint.store.purging import carry_out, purge_of_everything, purge_of_takes
from mockint.store.recovery import Recovery
from mockint.store.takes import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Protocol

    from mockint.model import Samples
    from mockint.store.tables import Row

    class Promise(Protocol):
        """Tells that something is kept, whatever happens from now on."""

        def __call__(self, *what: object) -> None: ...


TAKE_COUNT = 3
BLOCK_COUNT = 12
BLOCK_SAMPLE_COUNT = SAMPLE_RATE_HZ // 20
ERASED = "marzipan"
QUESTION = builders.question()
HEARD = builders.delivery(words=builders.words("word " * 30))
RESULT = Result(delivery=HEARD, score=score(HEARD, QUESTION, METHOD))
CORRECTION = Correction(kind=CorrectionKind.WORD_CHANGED, start_s=0.0, end_s=0.3, old_text="word", new_text="would")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that mockint does, in a folder of which `home` is the data folder."""

    name: str
    prepare: Callable[[Path], object]
    """Fills the folder with what is there before."""
    do: Callable[[Path, Promise], None]
    """Is what gets killed; it tells of everything that is kept from then on."""
    check: Callable[[Path, Sequence[list[str]]], None]
    """Is given what was told; raises AssertionError where that is not so."""
    weight: int
    """How often it is killed, among the others."""


# --- practising -----------------------------------------------------------------------------------


def block(take_number: int, number: int) -> Samples:
    """Return 50 ms of sound like no other."""
    return np.full(BLOCK_SAMPLE_COUNT, (1 + take_number * BLOCK_COUNT + number) / 64, np.float32)


def hold_a_session(folder: Path, promise: Promise) -> None:
    """Record, keep, score, correct and rescore, answer after answer."""
    with Store(folder / "home") as store:
        session = store.begin_session(bank_id="bank", mode="practice", started_at=NOON)
        keeper = SessionKeeper(store, session.id, open_writer=RecordingWriter, now=lambda: NOON)
        for take_number in range(TAKE_COUNT):
            recording = keeper.begin(QUESTION, NOON + timedelta(minutes=take_number))
            for number in range(BLOCK_COUNT):
                recording.write(block(take_number, number))
                promise("written", take_number, number + 1)
            take = recording.keep(dropped_block_count=0)
            promise("results", take_number, 0)
            keeper.add_result(take, RESULT, result_delay_s=0.25)
            promise("results", take_number, 1)
            store.correct(take.id, [CORRECTION], RESULT, created_at=NOON)
            promise("results", take_number, 2)
            store.add_rescored(take.id, RESULT, RESULT, created_at=NOON)
            promise("results", take_number, 4)
        store.end_session(session.id, NOON + timedelta(hours=1))
        promise("ended")


def check_session(folder: Path, promises: Sequence[list[str]]) -> None:
    """See that every block that was written is there, and every result; each take once."""
    home = folder / "home"
    with Store(home) as store:
        store.recover()
        assert store.recover() == Recovery(takes=(), set_aside=()), "not all was recovered at once"
        earlier, *takes = store.takes()
        assert earlier.result is not None
        for take_number, take in enumerate(takes):
            heard = read_audio(store.audio(take.id)).recording.samples
            spoken = np.concatenate([block(take_number, number) for number in range(BLOCK_COUNT)])
            assert np.array_equal(heard, spoken[: len(heard)]), "other sound than was spoken"
        for what, *numbers in promises:
            if what == "ended":
                assert takes[-1].session_id == store.session(takes[-1].session_id).id
                assert store.session(takes[-1].session_id).ended_at is not None
                continue
            take = takes[int(numbers[0])]
            if what == "written":
                heard = read_audio(store.audio(take.id)).recording.samples
                assert len(heard) >= int(numbers[1]) * BLOCK_SAMPLE_COUNT, "a block is lost"
            else:
                assert len(store.results(take.id)) >= int(numbers[1]), "a result is lost"
                assert len(store.corrections(take.id)) == (1 if len(store.results(take.id)) > 1 else 0)
        assert len({take.audio for take in takes}) == len(takes), "a recording is of two takes"
    check_well(home)


def check_well(home: Path) -> None:
    """See that nothing has come apart, and that a backup made now holds every recording."""
    with Store(home) as store:
        survey = store.survey()
        assert survey.is_well, survey
        audio = {f"files/{row.relative_to(home)}" for row in (take.audio for take in store.takes()) if row}
    backup = home.parent / "afterwards.zip"
    export_home(home, backup, created_at=NOON, advance=lambda _: None)
    with open_archive(backup) as archive:
        assert audio <= set(archive.names), "a backup leaves a recording out"
    backup.unlink()


# --- bringing an old data folder up to date -------------------------------------------------------


def prepare_old(step_count: int) -> Callable[[Path], None]:
    """Return what makes a data folder of a mockint that knew so many migrations, with two takes in it."""

    def prepare(folder: Path) -> None:
        home = folder / "home"
        practise(folder / "now", take_count=2)
        home.mkdir()
        with closing(Database(home / DATABASE_NAME, MIGRATIONS[:step_count])) as old:
            columns = {
                table: [row["name"] for row in old.rows(f"PRAGMA table_info({table})")]
                for table in ("sessions", "takes", "results", "result_bodies", "measures")
            }
        with closing(sqlite3.connect(home / DATABASE_NAME)) as database, database:
            database.execute("ATTACH ? AS now", (str(folder / "now" / DATABASE_NAME),))
            for table, names in columns.items():
                listed = ", ".join(names)
                database.execute(f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM now.{table}")  # noqa: S608 - names from the schema
        (folder / "now" / "recordings").rename(home / "recordings")

    return prepare


def open_store(folder: Path, promise: Promise) -> None:
    """Migrate."""
    Store(folder / "home").close()
    promise("open")


def check_migrated(folder: Path, promises: Sequence[list[str]]) -> None:
    """See that the next opening finishes it."""
    with Store(folder / "home") as store:
        store.recover()
        assert [len(store.results(take.id)) for take in store.takes()] == [1, 1]
    with closing(sqlite3.connect(folder / "home" / DATABASE_NAME)) as database:
        done = [name for (name,) in database.execute("SELECT name FROM migrations")]
    assert sorted(done) == sorted(migration.name for migration in MIGRATIONS)
    check_well(folder / "home")


# --- taking it along, and back --------------------------------------------------------------------


def prepare_export(folder: Path) -> None:
    """A data folder with sound, results and a bank."""
    practise(folder / "home", take_count=3)
    (folder / "home" / "banks").mkdir()
    (folder / "home" / "banks" / "mine.yaml").write_text("bank: 1\n" * 200, "utf-8")


def export_to(name: str) -> Callable[[Path, Promise], None]:
    """Return what exports to a folder or a ZIP file of that name."""

    def do(folder: Path, promise: Promise) -> None:
        export_home(folder / "home", folder / name, created_at=NOON, advance=lambda _: None)
        promise("exported")

    return do


def check_export_to(name: str) -> Callable[[Path, Sequence[list[str]]], None]:
    """Return what sees that something of the final name is whole, and that the same export then comes to its end."""

    def check(folder: Path, promises: Sequence[list[str]]) -> None:
        assert (folder / name).exists() or not promises, "the export is lost"
        if not (folder / name).exists():
            export_to(name)(folder, lambda *_: None)
        with open_archive(folder / name) as archive:
            check_archive(archive, lambda _: None)
            import_into(folder / "back", archive, advance=lambda _: None)
        assert (content(folder / "back"), files(folder / "back")) == (content(folder / "home"), files(folder / "home"))
        assert not list(folder.glob("*mockint-part*")), "a part is left for good"
        check_well(folder / "home")

    return check


def prepare_import(folder: Path) -> None:
    """A data folder in use, and the export of another."""
    practise(folder / "home", said="mine")
    practise(folder / "theirs", said="theirs", take_count=3, asked_at=NOON + timedelta(days=1))
    export_home(folder / "theirs", folder / "e.zip", created_at=NOON, advance=lambda _: None)


def import_it(folder: Path, promise: Promise) -> None:
    """Add an export to the data folder."""
    with open_archive(folder / "e.zip") as archive:
        import_into(folder / "home", archive, advance=lambda _: None)
    promise("imported")


def check_imported(folder: Path, promises: Sequence[list[str]]) -> None:
    """See that all or none of its rows are there, and that the same import then gives everything once."""
    home = folder / "home"
    mine, theirs = 1, 3
    with Store(home) as store:
        store.recover()
        assert store.take_count() in ({mine + theirs} if promises else {mine, mine + theirs})
    import_it(folder, lambda *_: None)
    with Store(home) as store:
        assert [len(store.results(take.id)) for take in store.takes()] == [1] * (mine + theirs)
    sources = content(folder / "theirs")["takes"]
    found = content(home)["takes"]
    assert len({row["uid"] for row in found}) == mine + theirs
    assert {row["uid"] for row in sources} < {row["uid"] for row in found}
    recordings = {name for name in files(folder / "theirs") if name.startswith("recordings/")}
    assert recordings < set(files(home))
    check_well(home)


def restore_it(folder: Path, promise: Promise) -> None:
    """Put an export in the place of the data folder."""
    with open_archive(folder / "e.zip") as archive:
        restore_in_place_of(folder / "home", archive, aside=folder / "aside", advance=lambda _: None)
    promise("restored")


def check_restored(folder: Path, promises: Sequence[list[str]]) -> None:
    """See that what was there is whole, here or set aside, and that a second restore does it."""
    moved = (folder / "aside").exists()
    assert moved or not promises
    was_there = folder / "aside" if moved else folder / "home"
    assert [row["uid"] for row in said_by(was_there, "mine")], "what was there is lost"
    check_well(was_there)
    (folder / "aside").rename(folder / "first aside") if moved else None
    restore_it(folder, lambda *_: None)
    assert (content(folder / "home"), files(folder / "home")) == (content(folder / "theirs"), files(folder / "theirs"))


def said_by(home: Path, word: str) -> list[Row]:
    """Return the takes that speak of a word."""
    return [row for row in content(home)["takes"] if word in str(row["question"])]


# --- letting go -----------------------------------------------------------------------------------


def prepare_purge(folder: Path) -> None:
    """Two sessions; what was said in the second is to go."""
    practise(folder / "home", said="kept", take_count=2)
    practise(folder / "home", said=ERASED, take_count=2, asked_at=NOON + timedelta(days=1))


def purge(folder: Path, promise: Promise) -> None:
    """Erase the second session for good."""
    home = folder / "home"
    carry_out(purge_of_takes(home, [row["id"] for row in said_by(home, ERASED)]), home)
    promise("purged")


def check_purged(folder: Path, promises: Sequence[list[str]]) -> None:
    """See that the other session is whole, and that the same purge then leaves no byte of it."""
    home = folder / "home"
    if promises:
        assert not said_by(home, ERASED)
    with Store(home) as store:
        left = store.survey()
        store.recover()
    assert set(left.takes_without_recording) <= {row["id"] for row in said_by(home, ERASED)}
    assert (left.faults, left.stray_recordings, left.set_aside) == ((), (), ())
    purge(folder, lambda *_: None)
    for path in home.rglob("*"):
        assert path.is_dir() or ERASED.encode() not in path.read_bytes(), f"{path.name} still holds it"
    assert len(said_by(home, "kept")) == 2
    check_well(home)


def purge_everything(folder: Path, promise: Promise) -> None:
    """Erase all that was said."""
    carry_out(purge_of_everything(folder / "home"), folder / "home")
    promise("purged")


def check_purged_everything(folder: Path, promises: Sequence[list[str]]) -> None:
    """See that the same purge then leaves no byte."""
    purge_everything(folder, lambda *_: None)
    assert not any(content(folder / "home").values())
    for path in (folder / "home").rglob("*"):
        assert path.is_dir() or ERASED.encode() not in path.read_bytes(), f"{path.name} still holds it"
    check_well(folder / "home")


def remove_recordings(folder: Path, promise: Promise) -> None:
    """Let go of recordings that are kept no longer."""
    with Store(folder / "home") as store:
        store.remove_recordings(asked_until=NOON + timedelta(days=30), now=NOON + timedelta(days=60))
    promise("removed")


def check_removed(folder: Path, promises: Sequence[list[str]]) -> None:
    """See that all else of the takes stays, and that the next start finishes it."""
    remove_recordings(folder, lambda *_: None)
    with Store(folder / "home") as store:
        assert [(take.audio, take.result is not None) for take in store.takes()] == [(None, True)] * 4
    check_well(folder / "home")


DEEDS = (
    Deed(
        name="practising",
        prepare=lambda folder: practise(folder / "home", asked_at=NOON - timedelta(days=1)),
        do=hold_a_session,
        check=check_session,
        weight=6,
    ),
    *(
        Deed(
            name=f"migrating from step {count}",
            prepare=prepare_old(count),
            do=open_store,
            check=check_migrated,
            weight=1,
        )
        for count in range(1, len(MIGRATIONS))
    ),
    *(
        Deed(name=name, prepare=prepare_export, do=export_to(path), check=check_export_to(path), weight=2)
        for name, path in (("exporting", "plain"), ("backing up", "packed.zip"))
    ),
    Deed(name="importing", prepare=prepare_import, do=import_it, check=check_imported, weight=2),
    Deed(name="restoring", prepare=prepare_import, do=restore_it, check=check_restored, weight=2),
    Deed(name="purging takes", prepare=prepare_purge, do=purge, check=check_purged, weight=2),
    Deed(
        name="purging everything", prepare=prepare_purge, do=purge_everything, check=check_purged_everything, weight=2
    ),
    Deed(name="letting recordings go", prepare=prepare_purge, do=remove_recordings, check=check_removed, weight=2),
)
