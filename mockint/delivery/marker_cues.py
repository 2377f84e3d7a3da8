"""What in the words around a possible discourse marker speaks for or against it.

Each target word has its own few cues: yes-or-no questions that a grammarian would ask ("is there a subject that likes
something?", "does a clause follow?"). `marker_weights` says how much each answer counts. Words are lower case here and
without punctuation; filled pauses and cut-off sounds have been stepped over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.delivery.word_classes import (
    ADVERBS,
    ARTICLES,
    COMPARED,
    CONJUNCTIONS,
    DEGREES,
    DO_OR_WILL,
    INTENDING,
    LIKERS,
    NEWS,
    OBJECTS,
    OPENERS,
    PAST_TENSES,
    POINTERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SAYING,
    SEEMING,
    VERBS,
    is_be,
    is_have,
    is_modal,
    is_negated,
    is_number,
    is_open_class,
    is_response,
    is_subject,
    is_verb,
    stem,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Callable

REACH = 4
"""How many words on either side are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The words on both sides of a target, nearest first, padded with "" to `REACH`."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    comma_before: bool
    """The recogniser wrote a comma just before the target."""
    comma_after: bool
    break_before: bool
    """The target begins the answer or a sentence, or follows a long silence."""
    break_after: bool
    question_before: bool
    question_after: bool
    filled_pause_before: bool
    filled_pause_after: bool
    cut_off_after: bool
    """The next word was begun and dropped."""
    next_ends_sentence: bool
    alone: bool
    """So long a silence follows that the target is an answer by itself."""


def _clause_follows(around: Surroundings) -> bool:
    """Whether the target is followed by a subject; "this" and the like need a verb after them to be one."""
    first, second = around.after[:2]
    if around.next_ends_sentence:
        return False
    if first in POINTERS or first == "it":
        return is_verb(second)
    return is_subject(first)


# --- the cues of each target ----------------------------------------------------------------------


def _like(around: Surroundings) -> dict[str, bool]:
    (before, before_2, before_3), (after, after_2) = around.before[:3], around.after[:2]
    clause = _clause_follows(around) and not around.break_after
    verb = after in VERBS | PAST_TENSES or after.endswith("ed")
    liker = before in LIKERS or (
        before in ADVERBS
        and not is_be(before_2)
        and (
            before_2 in LIKERS | {"do"}
            or (before_2 in {"kind", "sort"} and before_3 in LIKERS)
            or (before != "of" and after in ARTICLES)
        )
    )
    opens = is_response(before) or before in CONJUNCTIONS
    as_said = is_subject(after) and after_2 in SAYING
    return {
        "number_after": is_number(after),
        "comparison": (before in COMPARED or is_negated(before)) and not around.break_before,
        "verb_after_auxiliary": before in DO_OR_WILL or before == "would" or before.endswith("'d"),
        "verb_after_subject": liker and not clause and not verb,
        "pointer_after": after in POINTERS | OBJECTS and not clause,
        "as_was_said": as_said,
        "clause_after": clause and not as_said,
        "conjunction_after": after in CONJUNCTIONS | QUESTION_WORDS,
        "verb_after": verb,
        "after_modal": is_modal(before)
        and not (before == "would" or before.endswith("'d") or after in POINTERS | OBJECTS),
        "after_be": is_be(before),
        "after_just": before == "just",
        "after_have": is_have(before) or before in {"both", "give", "giving", "need", "put", "want"},
        "after_article_or_preposition": before in ARTICLES | PREPOSITIONS,
        "after_conjunction": before in CONJUNCTIONS,
        "after_marker": before in {"know", "mean"},
        "after_response": is_response(before),
        "example_after_response": is_response(before) and after in ARTICLES,
        "example": (around.comma_before or around.break_before)
        and not (clause or opens or around.filled_pause_after or before == "know"),
        "after_plural": is_open_class(before) and before.endswith("s"),
        "after_open_class": is_open_class(before),
        "filled_pause_before": around.filled_pause_before,
        "filled_pause_after": around.filled_pause_after,
        "cut_off_after": around.cut_off_after,
        "between_commas": around.comma_before and around.comma_after,
        "ends": around.break_after or around.comma_after,
        "preposition_after": after in PREPOSITIONS,
        "degree_after": after in DEGREES,
        "after_kinda": before in {"kinda", "sorta"},
        "after_like": before == "like",
    }


def _so(around: Surroundings) -> dict[str, bool]:
    before, before_2, before_3 = around.before[:3]
    after, after_2 = around.after[:2]
    said_again = before == "so"
    if said_again:
        before, before_2 = before_2, before_3
    ends = around.break_after or around.comma_after or after in {"", "too"}
    degree = before in {"just", "not"} or is_be(before)
    return {
        "literal": (
            after in {"few", "little", "long", "many", "much", "that"} and not (around.break_before or said_again)
        )
        or after == "far"
        or (before_2 == "so" and before == "far")
        or (before == "and" and after in {"forth", "on"})
        or (before == "just" and after == "you")
        or (before in _SO_SAID and ends)
        or (degree and (is_open_class(after) or after == "used") and not around.comma_before),
        "sentence_start": around.break_before,
        "comma_before": around.comma_before and not is_response(before),
        "after_response": is_response(before) or before in {"know", "mean"},
        "after_conjunction": before in CONJUNCTIONS,
        "filled_pause_before": around.filled_pause_before,
        "filled_pause_after": around.filled_pause_after,
        "ends": around.break_after,
        "third_person_after": stem(after) in {"all", "everyone", "he", "it", "she", "they"} | POINTERS,
        "maybe_after": after in {"maybe", "perhaps", "probably"},
        "opener_after": after in QUESTION_WORDS | {"anyway", "basically", "do", "if", "like", "well", "yeah"}
        or (after == "so" and after_2 != ""),
    }


_SO_SAID = word_set("do even guess hope is not or said say suppose think")


def _okay(around: Surroundings) -> dict[str, bool]:
    before = around.before[0]
    return {
        "literal": not (around.break_before or around.comma_before)
        and (is_be(before) or before in SEEMING or before in {"an", "he's", "if", "it", "not", "perfectly", "quite"}),
        **_answer_or_opener(around),
        "after_response": is_response(before) and before not in NEWS,
    }


def _right(around: Surroundings) -> dict[str, bool]:
    before, after, after_2 = around.before[0], around.after[0], around.after[1]
    return {
        "literal": (
            not (around.break_before or around.comma_before)
            and (
                is_be(before)
                or before in SEEMING
                or before in ARTICLES | {"by", "left", "not", "on", "or", "quite", "to", "turn"}
            )
        )
        or (
            not (around.break_before or around.break_after or around.comma_after)
            and (after in _RIGHT_PLACES or (after == "and" and after_2 == "left"))
        )
        or (around.question_after and not around.comma_before and is_be(around.before[1])),
        **_answer_or_opener(around),
        "after_response": before in {"mm-hmm", "no", "nope", "uh-huh", "yeah", "yep", "yes"},
    }


_RIGHT_PLACES = word_set(
    "after amount answer at away back before behind direction down hand handed hands here in left moment now on or "
    "person place side the there thing through time up way"
)


def _answer_or_opener(around: Surroundings) -> dict[str, bool]:
    """Cues of "okay" and "right", which answer somebody, open what comes next, or ask for consent at the end."""
    before, after = around.before[0], around.after[0]
    return {
        "after_news": before in NEWS,
        "response_after": is_response(after) and after != "okay",
        "okay_after": after == "okay",
        "alone": around.alone,
        "opener_after": after in OPENERS or around.filled_pause_after,
        "content_after": after != "" and not is_response(after) and not around.alone,
        "tag": (around.comma_before or around.question_after)
        and (around.break_after or around.comma_after)
        and not is_response(before),
        "filled_pause_before": around.filled_pause_before,
        "question_before": around.question_before,
    }


def _just(around: Surroundings) -> dict[str, bool]:
    (before, before_2), after = around.before[:2], around.after[0]
    first_person_before = stem(before_2) in {"i", "we", "me", "us", "let"}
    return {
        "literal": after in {"a", "about", "an", "as", "because", "enough", "like", "the"},
        "own_intention": before in {"gonna", "i'd", "i'm", "lemme"}
        or before.endswith("'ll")
        or (before in {"me", "us"} and before_2 == "let")
        or (before in {"can", "could", "i", "should", "wanna", "we"} and (first_person_before or is_modal(before_2)))
        or (before in {"i", "we"} and after in INTENDING),
        "infinitive": before == "to" or (before == "and" and before_2 in {"go", "try"}),
        "after_modal": is_modal(before),
        "disfluent": around.filled_pause_before or around.filled_pause_after or around.cut_off_after,
        "article_after": after in ARTICLES,
        "after_conjunction": before in {"and", "so", "then"},
        "after_be": is_be(before),
    }


def _actually(around: Surroundings) -> dict[str, bool]:
    before = around.before[0]
    return {
        "sentence_end": around.break_after,
        "comma_after": around.comma_after,
        "after_modal": is_modal(before),
        "after_not": is_negated(before),
        "opens": around.break_before or around.comma_before or before in CONJUNCTIONS or is_response(before),
        "clause_after": _clause_follows(around),
        "filled_pause_near": around.filled_pause_before or around.filled_pause_after,
        "after_be": is_be(before),
    }


def _kind_of(around: Surroundings) -> dict[str, bool]:
    before, after = around.before[0], around.after[0]
    return {
        "literal": before in _KINDS_NAMED
        or (
            before in POINTERS | {"the"}
            and after in {"area", "people", "person", "question", "stuff", "thing", "things", "work"}
        ),
        "after_pointer": before in POINTERS | {"the"},
        "after_a": before in {"a", "an"},
        "thing_after": after in {"thing", "things"},
        "filled_pause_after": around.filled_pause_after,
        "article_or_preposition_after": after in ARTICLES | PREPOSITIONS,
        "names_a_kind": before in ARTICLES | POINTERS and is_open_class(after),
        "in_verb_phrase": is_be(before)
        or is_subject(before)
        or is_modal(before)
        or is_response(before)
        or before in CONJUNCTIONS,
    }


_KINDS_NAMED = word_set(
    "all another any certain different each every many new no other particular same some what which"
)


def _you_know(around: Surroundings) -> dict[str, bool]:
    (before, before_2), (after, after_2) = around.before[:2], around.after[:2]
    return {
        "literal": before in {"as", "did", "do", "don't", "if", "let", "what", "would"}
        or (before == "so" and before_2 == "just")
        or (before == "that" and before_2 == "so" and around.break_after)
        or (after == "what" and is_subject(after_2) and not around.comma_after)
        or (after == "that" and around.break_before and not around.comma_after)
        or (after in OBJECTS | {"it", "that"} and around.next_ends_sentence and not around.comma_after),
        "question_after": after in QUESTION_WORDS
        and not around.comma_after
        and (around.break_before or before in {"because", "that", "think", "when"}),
        "object_after": after in {"about", "him", "them", "her", "that"}
        and around.break_before
        and not around.comma_after,
        "comma_before": around.comma_before,
        "comma_after": around.comma_after,
    }


def _i_mean(around: Surroundings) -> dict[str, bool]:
    before, after, after_2 = around.before[0], around.after[0], around.after[1]
    return {
        "literal": before == "what"
        or (after == "by")
        or (after in {"it", "that"} and (around.next_ends_sentence or after_2 == "")),
    }


def _well(around: Surroundings) -> dict[str, bool]:
    before, before_2, after = around.before[0], around.before[1], around.after[0]
    joined = not (around.break_before or around.comma_before)
    ends = around.break_after or around.comma_after or after in CONJUNCTIONS
    return {
        "literal": (
            joined
            and (
                before in _WELL_DONE
                or (ends and not is_response(before) and before not in ARTICLES | CONJUNCTIONS | _OPEN_A_CLAUSE)
                or before.endswith("ly")
                or (before == "so" and before_2 in _WELL_DONE)
                or (is_be(before) and before_2 == "all")
            )
        )
        or after
        in {"above", "aware", "below", "beyond", "defined", "designed", "done", "known", "over", "received", "within"}
        or (after == "as" and joined and not is_response(before)),
    }


_OPEN_A_CLAUSE = word_set("he i she that they think we")
"""After these a clause goes on: "I think well, we could"."""
_WELL_DONE = word_set(
    "as communicate communicated did do does doing done fit fits go goes going gone handle handled how may might "
    "perform performed pretty quite really talk team together too very went work worked working works"
)


def _opens_or_ends(around: Surroundings) -> dict[str, bool]:
    """Sentence adverbs: "honestly" at an edge is a marker, in the middle it tells how something is done."""
    return {
        "edge": around.break_before or around.comma_before or around.comma_after or around.break_after,
        "after_conjunction": around.before[0] in CONJUNCTIONS or is_response(around.before[0]),
    }


def _you_see(around: Surroundings) -> dict[str, bool]:
    before, after = around.before[0], around.after[0]
    return {
        "literal": before in DO_OR_WILL | CONJUNCTIONS - {"so", "but", "well"} | QUESTION_WORDS | {"as", "that"}
        or is_modal(before)
        or (not around.comma_after and (after in ARTICLES | QUESTION_WORDS | {"how", "that", "it", "them"})),
    }


def _tail(around: Surroundings) -> dict[str, bool]:
    """Cues of "or something", "or whatever" and "and stuff": vague endings, unless more of the phrase follows."""
    after = around.after[0]
    ended = around.break_after or around.comma_after
    return {
        "phrase_goes_on": not ended
        and (is_subject(after) or is_open_class(after) or after in {"about", "else", "for", "from", "of", "to"}),
    }


def _always(_: Surroundings) -> dict[str, bool]:
    """Nothing in the surroundings tells these apart."""
    return {}


CUES: dict[str, Callable[[Surroundings], dict[str, bool]]] = {
    "actually": _actually,
    "and stuff": _tail,
    "anyway": _opens_or_ends,
    "basically": _always,
    "honestly": _opens_or_ends,
    "i mean": _i_mean,
    "just": _just,
    "kind of": _kind_of,
    "like": _like,
    "literally": _always,
    "okay": _okay,
    "or something": _tail,
    "or whatever": _tail,
    "right": _right,
    "so": _so,
    "sort of": _kind_of,
    "well": _well,
    "you know": _you_know,
    "you see": _you_see,
}
"""For each target, the function that answers its cues."""
