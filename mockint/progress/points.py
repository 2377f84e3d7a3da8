"""What goes into progress: the takes, in columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timezone
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    import numpy.typing as npt

    from mockint.model import Band, Take

    Floats = npt.NDArray[np.float64]
    Integers = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]
    Times = npt.NDArray[np.datetime64]
    """In microseconds, UTC."""

Label = TypeVar("Label")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Something measured in every take, and the band that earns full marks; an open one where nothing is aimed at."""

    name: str
    unit: str
    band: Band


class Origin(NamedTuple):
    """What measured a take. Takes of two origins are never compared."""

    method_version: str
    engine: str


class QuestionKey(NamedTuple):
    """What a question's history hangs on."""

    bank_id: str
    question_id: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Labels(Generic[Label]):
    """A column in which few different labels come again and again."""

    kinds: tuple[Label, ...]
    """Each label once, in the order of its first row."""
    codes: Integers
    """Shape (n,): which of the kinds each row has."""

    @classmethod
    def of(cls, column: Iterable[Label]) -> Labels[Label]:
        """Return a column of labels, which must be hashable."""
        numbers: dict[Label, int] = {}
        codes = [numbers.setdefault(label, len(numbers)) for label in column]
        return cls(kinds=tuple(numbers), codes=np.array(codes, dtype=np.int64))

    def at(self, row: int) -> Label:
        """Return the label of a row."""
        return self.kinds[int(self.codes[row])]

    def only(self, rows: Integers) -> Labels[Label]:
        """Return the labels of some rows."""
        return replace(self, codes=self.codes[rows])

    def rows_of(self, label: Label) -> Integers:
        """Return the rows that have a label."""
        return self.rows_where(lambda kind: kind == label)

    def rows_where(self, is_meant: Callable[[Label], bool]) -> Integers:
        """Return the rows whose label is meant."""
        meant = np.array([is_meant(kind) for kind in self.kinds], dtype=bool)
        return np.flatnonzero(meant[self.codes])

    def groups(self) -> Iterable[tuple[Label, Integers]]:
        """Give each label that any row has, with its rows in order."""
        order = np.argsort(self.codes, kind="stable")
        starts = np.flatnonzero(np.diff(self.codes[order], prepend=-1))
        for rows in np.split(order, starts[1:]):
            if rows.size:
                yield self.at(rows[0]), rows

    def named(self, make: Callable[[Label], Other]) -> Labels[Other]:
        """Return the column with something else in the place of each label."""
        return Labels(kinds=tuple(map(make, self.kinds)), codes=self.codes)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TakePoints:
    """What progress needs to know of n scored takes, in columns: an object for each would take seconds to make."""

    take_ids: Integers
    session_ids: Integers
    asked_at: Times
    questions: Labels[QuestionKey]
    competencies: Labels[str | None]
    origins: Labels[Origin]
    measures: Mapping[str, Floats]
    """Measure -> shape (n,), NaN where it could not be told."""

    def __len__(self) -> int:
        return len(self.take_ids)

    @property
    def newest_take_id(self) -> int:
        """The number of the take that was asked last; there must be one."""
        return int(self.take_ids[self.asked_at.argmax()])

    def only(self, rows: Integers) -> TakePoints:
        """Return some of the takes, in the order of `rows`."""
        return TakePoints(
            take_ids=self.take_ids[rows],
            session_ids=self.session_ids[rows],
            asked_at=self.asked_at[rows],
            questions=self.questions.only(rows),
            competencies=self.competencies.only(rows),
            origins=self.origins.only(rows),
            measures={name: values[rows] for name, values in self.measures.items()},
        )

    def renamed(self, present: Mapping[QuestionKey, QuestionKey]) -> TakePoints:
        """Return the takes under the present names of their questions; present: former name -> present one."""
        names = Labels.of(present.get(key, key) for key in self.questions.kinds)
        return replace(self, questions=replace(names, codes=names.codes[self.questions.codes]))

    def column(self, measure: str) -> Floats:
        """Return what was measured in each take: NaN throughout where nothing of that name was."""
        return self.measures[measure] if measure in self.measures else np.full(len(self), np.nan)

    def by_session(self) -> TakePoints:
        """Return the takes of each session together, oldest session first, oldest take first."""
        oldest_first = self.only(np.lexsort((self.take_ids, self.asked_at)))
        _, first_rows, numbers = np.unique(oldest_first.session_ids, return_index=True, return_inverse=True)
        return oldest_first.only(np.argsort(first_rows[numbers], kind="stable"))


def points_of(takes: Iterable[Take]) -> TakePoints:
    """Return what was measured in takes; those that are not scored yet are left out."""
    scored = [(take, take.result) for take in takes if take.result is not None]
    names = dict.fromkeys(part.name for _, result in scored for part in result.score.parts)
    parts = [{part.name: part.value for part in result.score.parts} for _, result in scored]
    return TakePoints(
        take_ids=np.array([take.id for take, _ in scored], dtype=np.int64),
        session_ids=np.array([take.session_id for take, _ in scored], dtype=np.int64),
        asked_at=times([take.asked_at for take, _ in scored]),
        questions=Labels.of(QuestionKey(take.question.bank_id, take.question.id) for take, _ in scored),
        competencies=Labels.of(take.question.competency for take, _ in scored),
        origins=Labels.of(Origin(result.score.method_version, result.delivery.engine) for _, result in scored),
        measures={name: np.array([values.get(name) for values in parts], dtype=np.float64) for name in names},
    )


def measures_of(take: Take) -> tuple[Measure, ...]:
    """Return what the scoring of `take` measured: give it the newest one, whose bands hold now."""
    parts = () if take.result is None else take.result.score.parts
    return tuple(Measure(name=part.name, unit=part.unit, band=part.band) for part in parts)


def times(moments: Iterable[datetime]) -> Times:
    """Return moments, which have their zones, as a column."""
    return np.array([at.astimezone(timezone.utc).replace(tzinfo=None) for at in moments], dtype="datetime64[us]")


def moment(at: np.datetime64) -> datetime:
    """Return an entry of a column of times."""
    read: datetime = at.astype(object)
    return read.replace(tzinfo=timezone.utc)
