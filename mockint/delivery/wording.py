"""The words of an answer: hedges, repeats and restarts, and the words used most. None of these is scored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mockint.delivery.word_classes import (
    ARTICLES,
    BE,
    CONJUNCTIONS,
    DEGREES,
    DO_OR_WILL,
    HAVE,
    LIKERS,
    MODALS,
    NUMBERS,
    OBJECTS,
    PREPOSITIONS,
    QUESTION_WORDS,
    RESPONSES,
    SUBJECTS,
    VERBS,
    bare_word,
    is_be,
    is_cut_off,
    is_filled_pause,
    is_number,
    stem,
    word_set,
)
from mockint.model import Span, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

_SENTENCE_END = (".", "?", "!")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A word that is no filled pause, as the rules see it."""

    word: Word
    bare: str
    is_cut_off: bool
    ends_sentence: bool


def _tokens(words: Sequence[Word]) -> list[_Token]:
    """The words without the filled pauses: um and uh are stepped over everywhere in this module."""
    tokens = [
        _Token(
            word=word,
            bare=bare_word(word.text),
            is_cut_off=is_cut_off(word.text),
            ends_sentence=word.text.endswith(_SENTENCE_END),
        )
        for word in words
    ]
    return [token for token in tokens if token.bare and not is_filled_pause(token.bare)]


# --- hedges ---------------------------------------------------------------------------------------

# Shields and approximators: Lakoff 1973; Prince, Frader & Bosk 1982.
_HEDGES = frozenset(
    tuple(hedge.split())
    for hedge in (
        "a bit",
        "a little bit",
        "i guess",
        "i suppose",
        "i think",
        "maybe",
        "perhaps",
        "possibly",
        "presumably",
        "probably",
        "sorry",
    )
)
_LONGEST_HEDGE = max(map(len, _HEDGES))
_APPROXIMATORS = word_set("about approximately around like roughly")
_TAKES_ABOUT = word_set(
    "all anything ask asked care hear heard how know knows learn learned learnt nothing read said say something speak "
    "spoke talk talked talking talks tell think thinking thought told what worried worry wrote"
)
"""After these, "about" names a topic: "I talked about three projects"."""


def find_hedges(words: Sequence[Word]) -> tuple[Word, ...]:
    """Where the speaker softens a claim: "maybe", "I think", "about" before a number. Phrases come as one `Word`.

    "I think about it" and "what I think" do not hedge, nor does "I talked about three projects".
    """
    tokens = _tokens(words)
    found = []
    index = 0
    while index < len(tokens):
        length = _hedge_length(tokens, index)
        if length:
            found.append(_joined([token.word for token in tokens[index : index + length]]))
        index += length or 1
    return tuple(found)


def _hedge_length(tokens: Sequence[_Token], index: int) -> int:
    """How many words the hedge at `index` takes; 0 where there is none."""
    before = tokens[index - 1].bare if index else ""
    for length in range(_LONGEST_HEDGE, 0, -1):
        phrase = tuple(token.bare for token in tokens[index : index + length])
        if phrase in _HEDGES:
            after = tokens[index + length].bare if index + length < len(tokens) else ""
            return 0 if _does_work(phrase, before, after) else len(phrase)
    return int(_approximates(tokens, index, before))


def _does_work(phrase: tuple[str, ...], before: str, after: str) -> bool:
    if phrase == ("i", "think"):
        return before in {"how", "what", "when"} or after in {"about", "of", "through"}
    if phrase == ("a", "bit"):
        return before in {"quite", "not"} or after == "of"
    return False


def _approximates(tokens: Sequence[_Token], index: int, before: str) -> bool:
    approximator = tokens[index].bare
    if approximator not in _APPROXIMATORS or index + 1 == len(tokens) or tokens[index].ends_sentence:
        return False
    if before in (LIKERS if approximator == "like" else _TAKES_ABOUT):
        return False
    after_number = tokens[index + 2].bare if index + 2 < len(tokens) else ""
    return is_number(tokens[index + 1].bare) and after_number != "of"


def _joined(words: Sequence[Word]) -> Word:
    """One word for a phrase, no surer than its least sure part."""
    confidences = [word.confidence for word in words if word.confidence is not None]
    return Word(
        text=" ".join(word.text for word in words),
        start_s=words[0].start_s,
        end_s=words[-1].end_s,
        confidence=min(confidences, default=None),
    )


# --- repeats and restarts -------------------------------------------------------------------------

_LONGEST_REPEAT = 5
"""Words in a phrase that is said again. Nearly all repeats in speech are of one to three words (Shriberg 1994)."""
_SAID_TWICE_ON_PURPOSE = RESPONSES | word_set(
    "again blah bye far had is long many more much never now please really so that too very way well wow"
)
_GROWING = word_set("again better down further less more on over up")


def find_repeats(words: Sequence[Word]) -> tuple[Span, ...]:
    """Where the speaker said a word or phrase again at once, or cut a word off and began anew.

    Each span runs from the first word that was given up to the end of what replaced it (Shriberg 1994: reparandum to
    repair). Emphasis ("very very"), grammar ("that that", "had had"), digits and repeats across the end of a sentence
    are none.
    """
    tokens = _tokens(words)
    spans: list[Span] = []
    index = 0
    while index < len(tokens):
        last_copy, end = _repeat_at(tokens, index)
        if end > index:
            span = Span(start_s=tokens[index].word.start_s, end_s=tokens[end].word.end_s)
            if spans and span.start_s < spans[-1].end_s:
                span = Span(start_s=spans.pop().start_s, end_s=span.end_s)
            spans.append(span)
        index = max(last_copy, index + 1)
    return tuple(spans)


def _repeat_at(tokens: Sequence[_Token], index: int) -> tuple[int, int]:
    """Where the last copy of what is said at `index` begins and ends; (index, index) where it is said once."""
    if _begun_anew(tokens, index):
        return index + 1, index + 1
    for length in range(_LONGEST_REPEAT, 0, -1):
        copy = index
        while _said_again(tokens, copy, length):
            copy += length
        if copy > index:
            return copy, copy + length - 1
    return index, index


def _begun_anew(tokens: Sequence[_Token], index: int) -> bool:
    """Whether a word is cut off here: marked so by the recogniser, or followed by the whole word."""
    token = tokens[index]
    if not token.is_cut_off or index + 1 == len(tokens):
        return False
    return token.word.text.rstrip(",.").endswith("-") or tokens[index + 1].bare.startswith(token.bare)


def _said_again(tokens: Sequence[_Token], index: int, length: int) -> bool:
    first = tokens[index : index + length]
    phrase = [token.bare for token in first]
    if phrase != [token.bare for token in tokens[index + length : index + 2 * length]] or first[-1].ends_sentence:
        return False
    if length == 1:
        return not (phrase[0] in _SAID_TWICE_ON_PURPOSE or is_number(phrase[0]))
    on_purpose = _SAID_TWICE_ON_PURPOSE | NUMBERS
    return not (set(phrase) <= on_purpose or ("and" in phrase and set(phrase) & _GROWING))


# --- the words used most --------------------------------------------------------------------------

_NO_CONTENT = (
    ARTICLES
    | BE
    | CONJUNCTIONS
    | DEGREES
    | DO_OR_WILL
    | HAVE
    | MODALS
    | OBJECTS
    | PREPOSITIONS
    | QUESTION_WORDS
    | RESPONSES
    | SUBJECTS
    | VERBS
    | word_set(
        "able after again almost already also always anyone anything anyway around away back before being better bit "
        "down during else even ever everything few first getting going good guess here herself himself honestly itself "
        "kind last less like literally little long lot lots many mean most myself never new next none not nothing now "
        "off often only other others ourselves out own perhaps rather same saying second something sort still stuff "
        "such themselves thing things thinking thought till times today together until up upon using way ways well "
        "without yet yourself"
    )
)


def most_used_words(words: Sequence[Word], *, limit: int = 10, least_count: int = 2) -> tuple[tuple[str, int], ...]:
    """The content words said most, with how often: most first, at equal counts the one said earlier.

    Words are counted as they were said, in lower case; "test" and "tests" are two. Left out are words said fewer than
    `least_count` times, filled pauses, numbers and the words that any text is full of.
    """
    counts = Counter(token.bare for token in _tokens(words) if _has_content(token))
    return tuple((word, count) for word, count in counts.most_common(limit) if count >= least_count)


def _has_content(token: _Token) -> bool:
    bare = token.bare
    return not (token.is_cut_off or is_number(bare) or bare in _NO_CONTENT or stem(bare) in _NO_CONTENT or is_be(bare))


# --- what an answer is about ----------------------------------------------------------------------

_ENDINGS = ("ing", "ed", "es", "s", "e")
_SHORTEST_ROOT = 3


def written_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text. What stands for their times are their places: the first lasts from 0 to 1."""
    return tuple(
        Word(text=word, start_s=float(place), end_s=float(place + 1)) for place, word in enumerate(text.split())
    )


def content_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words that say what a sentence is about, in their order: no filled pauses, numbers or small words."""
    return tuple(token.word for token in _tokens(words) if _has_content(token))


def content_roots(words: Sequence[Word]) -> frozenset[str]:
    """Return the content words without their commonest endings, so that "shaped" meets "shape"."""
    return frozenset(_root(token.bare) for token in _tokens(words) if _has_content(token))


def _root(bare: str) -> str:
    endings = (ending for ending in _ENDINGS if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST_ROOT)
    root = bare[: len(bare) - len(next(endings, ""))]
    return root[:-1] if root[-2:-1] == root[-1:] else root  # "planned" is "plan" too
