"""Fit the weights of the discourse-marker cues and write them as a module.

    python benchmarks/train_markers.py DATA.jsonl... [--relabelled RAW.jsonl] [--out mockint/delivery/marker_weights.py]

DATA holds rows as in `benchmarks/markers.py`. Of RAW, the rows count that `marker_labels.jsonl` labels anew: 893 uses
that were read again under the guideline of DATA, because RAW's own labels call many markers none (only ids and labels
are kept here). Each cue starts from what grammar and the literature let one expect
(`EXPECTED`, in log-odds); the rows pull it away from there, the harder the more of them there are (logistic regression
with a Gaussian prior around the expectation). So a cue without rows keeps its expected weight, and a handful of rows
cannot invent a rule. Prints Cohen's kappa on the rows it was fitted to and, leaving out one team of speakers at a time,
on rows of people it never saw; beside it the same for the expectations alone.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from markers import Row, kappa, read_rows, use_in

from mockint.delivery.marker_weights import BIAS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

LABELS = Path(__file__).with_name("marker_labels.jsonl")

PRIOR_PRECISION = 4.0
"""How firmly a weight holds to its expectation: the one free parameter, chosen by the left-out teams."""

_KIND_OF = {
    BIAS: 1.0,
    "literal": -4.0,
    "after_pointer": -1.5,
    "after_a": -0.3,
    "thing_after": -0.5,
    "filled_pause_after": 0.5,
    "article_or_preposition_after": 0.5,
    "names_a_kind": -0.8,
    "in_verb_phrase": 1.0,
}
_ANSWER_OR_OPENER = {
    "literal": -4.0,
    "after_news": -3.5,
    "after_response": -1.0,
    "response_after": -1.0,
    "alone": -1.5,
    "opener_after": 2.0,
    "content_after": 1.0,
    "filled_pause_before": 0.5,
}
_TAIL = {BIAS: 2.0, "phrase_goes_on": -3.0}
_EDGE = {BIAS: -0.5, "edge": 2.0, "after_conjunction": 1.0}
EXPECTED: dict[str, dict[str, float]] = {
    "actually": {
        BIAS: -1.0,
        "sentence_end": 3.0,
        "comma_after": 2.0,
        "after_modal": 1.2,
        "after_not": -1.5,
        "opens": 1.0,
        "clause_after": 0.7,
        "filled_pause_near": 0.5,
        "after_be": -0.3,
    },
    "and stuff": _TAIL,
    "anyway": _EDGE,
    "basically": {BIAS: 3.0},
    "honestly": _EDGE,
    "i mean": {BIAS: 3.5, "literal": -6.0},
    "just": {
        BIAS: -1.5,
        "literal": -1.5,
        "own_intention": 3.0,
        "infinitive": 0.5,
        "after_modal": 0.5,
        "disfluent": 1.0,
        "article_after": -1.5,
        "after_conjunction": 0.7,
        "after_be": -0.7,
    },
    "kind of": _KIND_OF,
    "like": {
        BIAS: 0.0,
        "number_after": -2.0,
        "comparison": -4.0,
        "verb_after_auxiliary": -4.0,
        "verb_after_subject": -3.0,
        "pointer_after": -3.0,
        "as_was_said": -4.0,
        "clause_after": 1.5,
        "conjunction_after": 1.0,
        "verb_after": 2.0,
        "after_modal": 3.0,
        "after_be": 0.3,
        "after_just": 0.3,
        "after_have": 1.5,
        "after_article_or_preposition": 1.5,
        "after_conjunction": 1.5,
        "after_marker": 2.0,
        "after_response": 0.7,
        "example_after_response": -1.5,
        "example": -0.7,
        "after_plural": -0.8,
        "after_open_class": -0.5,
        "filled_pause_before": 0.5,
        "filled_pause_after": 0.5,
        "cut_off_after": 1.0,
        "between_commas": 4.0,
        "ends": -0.5,
        "preposition_after": 1.0,
        "degree_after": 1.0,
        "after_kinda": -2.0,
        "after_like": -1.0,
    },
    "literally": {BIAS: 1.0},
    "okay": _ANSWER_OR_OPENER
    | {
        BIAS: 0.0,
        "after_response": -1.5,
        "response_after": -1.5,
        "okay_after": -0.5,
        "tag": 1.0,
        "question_before": -1.0,
    },
    "or something": _TAIL,
    "or whatever": _TAIL,
    "right": _ANSWER_OR_OPENER
    | {BIAS: -1.0, "okay_after": 1.5, "tag": 3.0, "filled_pause_before": 1.0, "question_before": 0.0},
    "so": {
        BIAS: 1.0,
        "literal": -4.0,
        "sentence_start": 1.0,
        "comma_before": -1.0,
        "after_response": 1.0,
        "after_conjunction": 1.0,
        "filled_pause_before": 0.5,
        "filled_pause_after": 0.5,
        "ends": 1.5,
        "third_person_after": -1.0,
        "maybe_after": -2.0,
        "opener_after": 1.0,
    },
    "sort of": _KIND_OF,
    "well": {BIAS: 3.0, "literal": -6.0},
    "you know": {
        BIAS: 3.0,
        "literal": -5.0,
        "question_after": -3.5,
        "object_after": -3.0,
        "comma_before": 0.5,
        "comma_after": 1.0,
    },
    "you see": {BIAS: 1.5, "literal": -4.0},
}
PARAMETERS = [(target, cue) for target, cues in EXPECTED.items() for cue in cues]
COLUMN = {parameter: column for column, parameter in enumerate(PARAMETERS)}
EXPECTATION = np.array([EXPECTED[target][cue] for target, cue in PARAMETERS])


def design(rows: Sequence[Row]) -> Array:
    """Which parameters hold in which row, shape (rows, parameters), 0 or 1."""
    matrix = np.zeros((len(rows), len(PARAMETERS)))
    for line, row in zip(matrix, rows, strict=True):
        use = use_in(row)
        if use is not None:
            line[[COLUMN[use.target, cue] for cue in (BIAS, *use.cues)]] = 1
    return matrix


def fit(cues: Array, truth: Array) -> Array:
    """The weights of highest posterior probability, by Newton's method."""
    weights = EXPECTATION.copy()
    for _ in range(50):
        chance = 1 / (1 + np.exp(-cues @ weights))
        slope = cues.T @ (chance - truth) + PRIOR_PRECISION * (weights - EXPECTATION)
        curve = (cues * (chance * (1 - chance))[:, None]).T @ cues + PRIOR_PRECISION * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def report(rows: Sequence[Row], cues: Array, truth: Array) -> None:
    """Print kappa of the expectations, of the fit, and of fits that never saw the team at hand."""
    teams = np.array([row.team for row in rows])
    unseen = np.zeros(len(rows))
    for team in sorted(set(teams)):
        unseen[teams == team] = cues[teams == team] @ fit(cues[teams != team], truth[teams != team])
    for name, log_odds in (
        ("expected weights", cues @ EXPECTATION),
        ("fitted to these rows", cues @ fit(cues, truth)),
        (f"left out, {len(set(teams))} teams", unseen),
    ):
        print(f"{name:24s} kappa {kappa([bool(t) for t in truth], [bool(z) for z in log_odds > 0]):.3f}")


def write_module(path: Path, weights: Array) -> None:
    """Write the weights as a Python module that people can read."""
    lines = [HEADER]
    for target in sorted(EXPECTED):
        lines.append(f'    "{target}": {{')
        for cue in EXPECTED[target]:
            key = "BIAS" if cue == BIAS else f'"{cue}"'
            lines.append(f"        {key}: {weights[COLUMN[target, cue]]:.2f},")
        lines.append("    },")
    path.write_text("\n".join([*lines, "}", ""]), encoding="utf-8")


HEADER = '''"""How much each cue of `marker_cues` speaks for a discourse marker, in log-odds.

Written by `benchmarks/train_markers.py`, which also holds what was expected of each cue before any row was seen. The
rows are 1,236 uses of these words in transcripts of the AMI Meeting Corpus (CC BY 4.0), read and labelled under one
guideline: 343 by two readings that agree, the others by one. Targets that no row shows (anyway, honestly, literally,
you see, or something, or whatever, and stuff) keep the expected weights.
"""

from __future__ import annotations

BIAS = "bias"
"""The log-odds of a marker where no cue holds."""

WEIGHTS: dict[str, dict[str, float]] = {'''


def relabelled(rows: Sequence[Row]) -> list[Row]:
    """Those of the rows that were read again, with the label that they got then."""
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    is_marker = {each["id"]: each["label"] == "discourse_marker" for each in map(json.loads, lines)}
    return [replace(row, is_marker=is_marker[row.id]) for row in rows if row.id in is_marker]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--relabelled", type=Path, help="rows of which those in marker_labels.jsonl count")
    parser.add_argument("--out", type=Path, help="write the fitted weights here")
    arguments = parser.parse_args()
    rows = [row for path in arguments.data for row in read_rows(path)]
    if arguments.relabelled:
        rows += relabelled(read_rows(arguments.relabelled))
    cues = design(rows)
    truth = np.array([float(row.is_marker) for row in rows])
    report(rows, cues, truth)
    if arguments.out:
        write_module(arguments.out, fit(cues, truth))


if __name__ == "__main__":
    main()
