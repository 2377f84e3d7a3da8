"""How delivery moves over the weeks: what is real change, and what is noise.

`points` holds what goes in, `trends` each measure over the sessions, `groups` each competency and question, `week` what
changed since last week, `days` when there was practice, and `sentences` says it.
"""

from mockint.progress.band import Direction, Verdict
from mockint.progress.days import practice_days
from mockint.progress.groups import Summary
from mockint.progress.points import (
    Labels,
    Measure,
    Origin,
    QuestionKey,
    TakePoints,
    measures_of,
    moment,
    points_of,
    times,
)
from mockint.progress.report import CALENDAR_WEEKS, Event, Report, report_of
from mockint.progress.sentences import (
    about_aims,
    how_told,
    left_out,
    nothing_to_compare,
    since_last_week,
    what_changed,
)
from mockint.progress.trends import (
    RULE,
    Best,
    OwnBand,
    Progress,
    ProgressRule,
    Series,
    SessionPoint,
    Trend,
    own_bands,
    progress_of,
)
from mockint.progress.week import WEEK, Lot, WeekChange, WeekRule, week_changes

__all__ = [
    "CALENDAR_WEEKS",
    "RULE",
    "WEEK",
    "Best",
    "Direction",
    "Event",
    "Labels",
    "Lot",
    "Measure",
    "Origin",
    "OwnBand",
    "Progress",
    "ProgressRule",
    "QuestionKey",
    "Report",
    "Series",
    "SessionPoint",
    "Summary",
    "TakePoints",
    "Trend",
    "Verdict",
    "WeekChange",
    "WeekRule",
    "about_aims",
    "how_told",
    "left_out",
    "measures_of",
    "moment",
    "nothing_to_compare",
    "own_bands",
    "points_of",
    "practice_days",
    "progress_of",
    "report_of",
    "since_last_week",
    "times",
    "week_changes",
    "what_changed",
]
