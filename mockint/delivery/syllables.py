"""How many syllables an English word has, from its spelling.

A pronouncing dictionary knows more, but those on the package index are GPL; over a whole answer the errors of rules
cancel out. `benchmarks/pace.py` says how well.
"""

from __future__ import annotations

import re

_APART = re.compile(r"[^a-z']+")
_CONTRACTED = re.compile(r"'(?:re|ve|ll|d|s|m)?$")
_SOUNDED_NOT = re.compile(r"[dsz]n't$")
"""didn't, isn't: a syllable of its own; don't, can't, weren't: none."""
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"""
      (?<=[^aeiouyl])e$ | (?<=[aeiouylr]l)e$ | (?<=[aeo]y)e$   # like, whole, eye; but table
    | (?<=[^aeiouylsxzcgh])es$ | (?<=[aeiouy]l)es$ | (?<=th)es$   # makes, rules, clothes; but boxes, tables
    | (?<=[^aeiouytdl])ed$ (?<!dred) | (?<=[aeiouyl]l)ed$   # used, filled; but wanted, handled, hundred
    | (?<=[^aeiouyl])e(?= ly$ | ment(?!al) | ful | less | ness )   # safely
    | (?<=[^aeiouyl])e(?= thing | where | body | one$ | times? | how | fore | wise | face | what | line )   # something
    | (?<=ev)e(?=ry) | (?<=ic)a(?=lly$) | (?<=int)e(?=rest) | (?<=veg)e(?=ta)   # every, basically, interest
    """,
    re.VERBOSE,
)
_TWO_SOUNDS = re.compile(
    r"""
      (?<![ctsgq]) i (?= o(?!us$|n$) | a ) | (?<= [rvb]) i (?=ous)   # material, various; but social, million
    | (?<=[ctsg]) i (?= a(?:tion|te) )   # appreciate
    | iu | (?<![ctsg]) ie (?= [rt]$ | st$ | nce | nt | ty )   # medium, quiet
    | eo (?=n$|l) | (?<![gq]) ua (?!r[dt]) | uou | [aeouy]ing | idea | crea | area | reac | reali | (?<=[td])u(?=en)
    | maybe | (?<=vid)eo | (?<=st)ereo | [ao]yer
    """,
    re.VERBOSE,
)
_UNWRITTEN = re.compile(r"(?:s|th)ms?$")
"""The second syllable of rhythm."""


def count_syllables(word: str) -> int:
    """Syllables of a word as a recogniser writes it ("Twenty-one,"); at least 1."""
    parts = [part.strip("'") for part in _APART.split(word.lower())]
    return max(1, sum(_of_letters(part) for part in parts if part))


def _of_letters(word: str) -> int:
    stem = _CONTRACTED.sub("", word)
    count = len(_VOWELS.findall(stem)) - len(_SILENT.findall(stem)) + len(_TWO_SOUNDS.findall(stem))
    count += len(_UNWRITTEN.findall(stem)) + len(_SOUNDED_NOT.findall(word))
    return max(1, count)
