"""Closed word classes of English, for rules on the words around a word.

Nouns, adjectives and full verbs are open classes: no list can hold them, so what is in none of these lists is taken for
one of them. All words are lower case and without punctuation, apostrophes kept.
"""

from __future__ import annotations

import re


def word_set(words: str) -> frozenset[str]:
    """The words of one string: easier to read, and to keep in order, than a list of quoted words."""
    return frozenset(words.split())


_PUNCTUATION = ' ".,;:!?()[]\u2013\u2014\u2018\u201c\u201d\u2026'

RESPONSES = word_set(
    "ah alright cool exactly great hey hi indeed kay mhm mm-hmm nah no nope oh okay ok right sorry sure thanks true "
    "uh-huh yeah yep yes yup"
)
NEWS = word_set("ah oh")
CONJUNCTIONS = word_set("although and because but cause if maybe or plus since so then though well when whereas while")
PRONOUNS = word_set("he i it she that there these they this those we who you")
SUBJECTS = PRONOUNS | word_set("everybody everyone let people somebody someone")
LIKERS = word_set("i people they we who you")
POINTERS = word_set("that these this those")
OBJECTS = word_set("her him it me them us")
BE = word_set("ain't am are aren't be been being is isn't was wasn't were weren't")
MODALS = word_set("can could gonna gotta may might must shall should wanna will would")
DO_OR_WILL = word_set("did didn't do does doesn't don't to won't wouldn't")
HAVE = word_set("get gets getting got gotten had has have having")
ARTICLES = word_set("a all an another any both each every her his its my no our some the their your")
PREPOSITIONS = word_set("about as at by for from in into of on onto over than through to under with")
QUESTION_WORDS = word_set("how what whatever when where whereabouts whether which who why")
DEGREES = word_set("actually basically just kinda maybe more much pretty probably quite really so sorta too very")
NUMBERS = word_set(
    "eight eighteen eighty eleven fifteen fifty five forty four fourteen half hundred million nine nineteen ninety one "
    "seven seventeen seventy six sixteen sixty ten thirteen thirty thousand three twelve twenty two"
)
VERBS = word_set(
    "are be came can come could did do does get gets give go goes got had has have is just know made make makes may "
    "might need needs put really said saw say see should show sit start stick take takes think threw throw use used "
    "want wants was went were will would"
)
PAST_TENSES = word_set(
    "began bought broke brought built came chose did drew felt found "
    "gave got had held kept knew left lost made met ran "
    "read said sat saw sent spent spoke stood taught thought threw told took tried understood was went were won wrote"
)
SAYING = word_set("described discussed explained mention mentioned said saw say showed told")
SEEMING = word_set(
    "feel feeling feels felt look looked looking looks seem seemed seems smell smells sound sounded sounds taste tastes"
)
COMPARED = SEEMING | word_set(
    "anything bit exactly instance lot more nothing somebody someone something stuff thing things"
)
INTENDING = word_set("gonna need think thought wanna want wanted wonder wondered wondering")
OPENERS = word_set("and anyway first if let let's now so then well")
ADVERBS = word_set("also do of quite really still")
_OTHER_CLOSED = (
    RESPONSES | CONJUNCTIONS | QUESTION_WORDS | PREPOSITIONS | ARTICLES | DEGREES | OBJECTS | {"never", "not"}
)


def bare_word(written: str) -> str:
    """A word as the lists hold it: "Okay," becomes "okay", "proj-" "proj", and "'cause" "cause"."""
    return written.strip(_PUNCTUATION).rstrip("-").lower().replace("\u2019", "'").lstrip("'")


def is_filled_pause(word: str) -> bool:
    """Whether this is um, uh, er, ah, hmm ... of any length."""
    return _FILLED_PAUSE.fullmatch(word) is not None


_FILLED_PAUSE = re.compile(r"u+h*m+|u+h+|e+r+m*|a+h+|e+h+|h+m+|m+")


def is_cut_off(written: str) -> bool:
    """Whether this is the beginning of a word and no more: "proj-", "w", "th". Capitals are abbreviations ("TV")."""
    text = written.strip(_PUNCTUATION)
    return text.endswith("-") or _ONE_OR_TWO_CONSONANTS.fullmatch(text) is not None


_ONE_OR_TWO_CONSONANTS = re.compile(r"(?!mm)[bcdfghjklmnpqrstvwxyz][bcdfghjklmnpqrstvwxz]?")


def is_number(word: str) -> bool:
    """Whether this is a cardinal number, in words or digits."""
    return word in NUMBERS or re.fullmatch(r"[$£€]?\d[\d.,]*(?:%|k|m)?", word) is not None


def stem(word: str) -> str:
    """What stands before the apostrophe: "it" in "it's"."""
    return word.partition("'")[0] or word


def is_subject(word: str) -> bool:
    """Whether a clause can begin with it: "I", "people", "that's"."""
    return stem(word) in SUBJECTS


def is_be(word: str) -> bool:
    """Whether this is a form of "be", or ends in one ("it's")."""
    return word in BE or (stem(word) in PRONOUNS | QUESTION_WORDS and word.endswith(("'s", "'re", "'m")))


def is_negated(word: str) -> bool:
    """Whether this is "not" or ends in it ("don't")."""
    return word == "not" or word.endswith("n't")


def is_modal(word: str) -> bool:
    """Whether this is a modal verb, or ends in one ("we'll", "I'd")."""
    return word in MODALS or word.endswith(("'ll", "'d"))


def is_have(word: str) -> bool:
    """Whether this is a form of "have" or "get", or ends in one ("I've")."""
    return word in HAVE or word.endswith("'ve")


def is_verb(word: str) -> bool:
    """Whether this is one of the verbs that are commonest in speech, in a finite form or the base form."""
    return word in VERBS or is_be(word) or is_modal(word) or word in HAVE or word in DO_OR_WILL


def is_response(word: str) -> bool:
    """Whether this answers or acknowledges: "yeah", "okay"."""
    return word in RESPONSES


def is_open_class(word: str) -> bool:
    """Whether this is a noun, adjective or full verb, as far as closed lists can tell."""
    return (
        bool(word)
        and word not in _OTHER_CLOSED
        and not (is_subject(word) or is_verb(word) or is_number(word) or word.endswith("ly"))
    )
