"""Question banks: what a bank file may hold, and how its faults are told."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.bank import check_bank, document, fields, find_banks, load_bank, read_bank, shipped_banks_folder
from mockint.errors import BankProblem
from mockint.model import Question

SHIPPED = sorted(shipped_banks_folder().glob("*.yaml"))

README = Path(__file__).parent.parent / "README.md"

CATEGORIES = {"opening", "behavioural", "situational", "technical", "motivation", "background", "closing"}
"""The kinds of question in the shipped banks, roughly in the order of an interview."""

COMPETENCIES = {
    "accountability",  # keeps promises, owns mistakes and results
    "adaptability",  # goes on well when goals, tools or people change
    "communication",  # is understood, and checks that it is so
    "customer-focus",  # starts from what the people served need
    "empathy",  # notices how others fare, and acts on it
    "inclusion",  # works well with people unlike oneself, and lets them take part
    "influence",  # wins people over without having to command
    "initiative",  # begins without being told
    "integrity",  # is honest and fair when that costs something
    "judgement",  # decides well on incomplete grounds
    "leadership",  # answers for what others do, and for how they do
    "learning",  # gets better, from sources, people and mistakes
    "motivation",  # knows what draws and drives oneself
    "planning",  # orders work by time and by weight
    "problem-solving",  # finds causes and ways
    "quality",  # knows what good is, and holds to it
    "resilience",  # stays steady under pressure and after setbacks
    "self-awareness",  # sees oneself as others do
    "supporting-others",  # helps others to grow
    "teamwork",  # shares work, credit and disagreement (tag: conflict)
}
"""What the shipped questions ask about. Progress is told by competency, so one thing has one name in all banks."""

NOBODYS_BUSINESS = re.compile(
    r"\b(age|aged|how old|family|famil\w+|married|marriage|partner|husband|wife|child\w*|pregnan\w*"
    r"|health\w*|ill|illness|sick|disab\w*|religio\w*|faith|church|nationalit\w*|citizen\w*|ethnic\w*|native|born|birth\w*)\b"
)
"""Words by which an interviewer would ask what many laws forbid to ask."""

MINIMAL = """\
mockint_bank: 1
bank:
  id: mine
  title: My questions
questions:
  - id: why
    text: Why this job?
"""


def write(folder: Path, text: str | bytes, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults(folder: Path, text: str | bytes) -> list[str]:
    """Every fault as LINE:COLUMN: message."""
    return [f"{fault.line}:{fault.column}: {fault.sentence}" for fault in check_bank(write(folder, text))]


def with_question(*lines: str) -> str:
    """Give the minimal bank's question further lines; the first of them is line 8."""
    return MINIMAL + "".join(f"    {line}\n" for line in lines)


# --- a sound bank ---------------------------------------------------------------------------------


def test_minimal_bank(tmp_path: Path) -> None:
    """A format version, an id, a title and one question with id and text are enough."""
    bank = load_bank(write(tmp_path, MINIMAL))
    assert (bank.id, bank.title, bank.language, bank.licence) == ("mine", "My questions", "en", None)
    assert bank.path == tmp_path / "mine.yaml"
    assert bank.questions == (Question(bank_id="mine", id="why", text="Why this job?"),)


def test_question_with_every_field(tmp_path: Path) -> None:
    """Each field of the format arrives in the question."""
    text = with_question(
        "say: Why this job, then?",
        "category: motivation",
        "competency: drive",
        "difficulty: 3",
        "prep_time: 30",
        "time_limit: 2m30s",
        "follow_ups: [And why now?]",
        "covers: [a reason]",
        "star: yes",
        "tips:",
        "  - Be honest.",
        "tags: [first, short]",
        "roles: [nurse]",
        "source: asked by a hospital",
        "aliases: [why-this-job]",
        "retired: true",
    )
    assert load_bank(write(tmp_path, text)).questions == (
        Question(
            bank_id="mine",
            id="why",
            text="Why this job?",
            say="Why this job, then?",
            category="motivation",
            competency="drive",
            difficulty=3,
            prep_time_s=30.0,
            time_limit_s=150.0,
            follow_ups=("And why now?",),
            covers=("a reason",),
            star=True,
            tips=("Be honest.",),
            tags=("first", "short"),
            roles=("nurse",),
            source="asked by a hospital",
            aliases=("why-this-job",),
            retired=True,
        ),
    )


def test_defaults_hold_where_a_question_says_nothing(tmp_path: Path) -> None:
    """A question's own time wins over the default; a prep_time of 0 is a time, too."""
    text = MINIMAL.replace("questions:", "defaults: {time_limit: 90, prep_time: 20}\nquestions:")
    text += "  - {id: two, text: And then?, prep_time: 0, time_limit: 60}\n"
    first, second = load_bank(write(tmp_path, text)).questions
    assert (first.prep_time_s, first.time_limit_s) == (20.0, 90.0)
    assert (second.prep_time_s, second.time_limit_s) == (0.0, 60.0)


@pytest.mark.parametrize(
    ("written", "expected_s"),
    [
        ("90", 90.0),
        ("90.5", 90.5),
        ("90s", 90.0),
        ("2m", 120.0),
        ("1.5m", 90.0),
        ("2 min", 120.0),
        ("2m30s", 150.0),
        ("2m 30s", 150.0),
        ("2:30", 150.0),
        ('"2:30"', 150.0),
        ("0:45", 45.0),
    ],
)
def test_ways_to_write_a_time(tmp_path: Path, written: str, expected_s: float) -> None:
    """Seconds, minutes, or a clock; quoted or not."""
    bank = load_bank(write(tmp_path, with_question(f"time_limit: {written}")))
    assert bank.questions[0].time_limit_s == expected_s


def test_texts_become_one_line(tmp_path: Path) -> None:
    """A text folded over several lines is spoken and printed as one."""
    text = MINIMAL.replace("Why this job?", ">\n      Why\n      this job?\n")
    assert load_bank(write(tmp_path, text)).questions[0].text == "Why this job?"


def test_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    """What Windows editors add does not matter."""
    path = write(tmp_path, b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    assert len(load_bank(path).questions) == 1


# --- faults in what the bank says -----------------------------------------------------------------


def test_all_faults_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    """One check names everything, with places that an editor can jump to."""
    text = """\
mockint_bank: 1
bank:
  id: My Bank
  license: MIT
questions:
  - id: why
    text: ""
    dificulty: 3
  - text: And then?
    difficulty: 9
    time_limit: soon
"""
    assert faults(tmp_path, text) == [
        "3:3: 'bank' needs 'title'",
        (
            "3:7: the bank's id may hold small letters a-z, digits and single hyphens, 64 characters at most,"
            " not 'My Bank'; try 'my-bank'"
        ),
        "4:3: 'bank' has no key 'license'; did you mean 'licence'?",
        "7:11: 'text' is empty",
        "8:5: a question has no key 'dificulty'; did you mean 'difficulty'?",
        "9:5: a question needs 'id'",
        "10:17: 'difficulty' should be a whole number from 1 to 5, not 9",
        "11:17: 'time_limit' should be a time such as 90, 90s, 2m, 2m30s or 2:30, not 'soon'",
    ]


def test_fault_prints_as_editors_read_it(tmp_path: Path) -> None:
    """A fault is FILE:LINE:COLUMN: message, and carries the line itself."""
    path = write(tmp_path, with_question("difficulty: 0"))
    [fault] = check_bank(path)
    assert str(fault) == f"{path}:8:17: 'difficulty' should be a whole number from 1 to 5, not 0"
    assert fault.excerpt == "    difficulty: 0"


def test_required_keys(tmp_path: Path) -> None:
    """The four required parts are named when they are missing."""
    assert faults(tmp_path, "bank: {title: T}\n") == [
        "1:1: the bank needs 'mockint_bank'",
        "1:1: the bank needs 'questions'",
        "1:7: 'bank' needs 'id'",
    ]


def test_two_questions_with_one_id_name_both_places(tmp_path: Path) -> None:
    """The second of two equal ids is the fault, and it says where the first is."""
    found = faults(tmp_path, MINIMAL + "  - {id: why, text: Once more?}\n")
    assert found == ["8:10: the id 'why' is taken: the first is at line 6, column 9"]


def test_alias_may_not_be_the_id_of_another_question(tmp_path: Path) -> None:
    """History is found by id and alias, so both share one set of names."""
    found = faults(tmp_path, MINIMAL + "  - {id: new, text: Once more?, aliases: [why]}\n")
    assert found == ["8:43: the alias 'why' is taken: the first is at line 6, column 9"]


def test_two_questions_in_the_same_words_name_both_places(tmp_path: Path) -> None:
    """A warning: copied, most likely, and then the history of one is missing in the other."""
    [found] = faults(tmp_path, MINIMAL + "  - {id: again, text: why THIS job}\n")
    assert found.startswith("8:5: warning: this question is asked already: the first is at line 6, column 5")


def test_key_written_twice_names_both_places(tmp_path: Path) -> None:
    """YAML readers silently keep the last of two equal keys; here it is a fault."""
    assert faults(tmp_path, with_question("text: Once more?")) == [
        "8:5: 'text' is here twice; the first is at line 7, column 5"
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("time_limit: 5", "8:17: 'time_limit' should be from 10 to 1800 seconds, not 5"),
        ("prep_time: 90m", "8:16: 'prep_time' should be from 0 to 1800 seconds, not 5400"),
        ("star: often", "8:11: 'star' should be true or false, but this is a text"),
        (
            "tips: Breathe.",
            "8:11: 'tips' should be a list, each entry after a '- ', but this is a text; put it in brackets: [...]",
        ),
        ("tags: [2024]", "8:12: an entry of 'tags' should be a text, but YAML reads 2024 as a number; write \"2024\""),
        (
            "source: 2024-01-31",
            "8:13: 'source' should be a text, but YAML reads 2024-01-31 as a date; write \"2024-01-31\"",
        ),
        ("category:", "8:14: 'category' is empty"),
        ('say: "\\e[2J"', "8:10: 'say' holds a control character; remove it"),
    ],
)
def test_value_that_does_not_fit(tmp_path: Path, line: str, message: str) -> None:
    """Each wrong value says what should stand there."""
    assert faults(tmp_path, with_question(line)) == [message]


def test_other_format_version(tmp_path: Path) -> None:
    """A bank of a later format is refused by its version."""
    [found] = faults(tmp_path, MINIMAL.replace("mockint_bank: 1", "mockint_bank: 2"))
    assert found == "1:15: 'mockint_bank' should be 1, the format that this mockint reads, not 2"


def test_bank_without_questions(tmp_path: Path) -> None:
    """An empty list of questions is no bank."""
    text = "mockint_bank: 1\nbank: {id: mine, title: T}\nquestions: []\n"
    assert faults(tmp_path, text) == ["3:12: 'questions' is empty; a bank needs at least one question"]


# --- the traps of YAML ----------------------------------------------------------------------------


def test_tabs_are_explained_on_each_line(tmp_path: Path) -> None:
    """Every line that a tab indents is named."""
    text = MINIMAL.replace("  - id", "\t- id").replace("    text", "\ttext")
    told = "a tab indents this line; YAML wants spaces: use two for each level"
    assert faults(tmp_path, text) == [f"6:1: {told}", f"7:1: {told}"]


def test_no_is_read_as_false(tmp_path: Path) -> None:
    """The country code and the answer `no` are booleans to YAML."""
    text = MINIMAL.replace("title: My questions", "title: T\n  language: no")
    expected = "5:13: 'language' should be a text, but YAML reads no as true or false; write \"no\""
    assert faults(tmp_path, text) == [expected]


def test_unquoted_colon_in_a_text(tmp_path: Path) -> None:
    """A colon inside an unquoted text asks for quotes."""
    [found] = faults(tmp_path, MINIMAL.replace("Why this job?", "Be frank: why this job?"))
    assert found.startswith("7:19: a colon and a space begin a value")


def test_unquoted_colon_in_a_list(tmp_path: Path) -> None:
    """In a list, the same colon silently makes a mapping; it is told in the same words."""
    [found] = faults(tmp_path, with_question("tips:", "  - Remember: breathe."))
    assert found == (
        "9:9: an entry of 'tips' should be a text, but a colon and a space make it a key with a value;"
        " put the whole text in double quotes"
    )


def test_unquoted_number_sign_in_a_text(tmp_path: Path) -> None:
    """Behind a space it begins a comment, and the text silently ends there; in front, there is no text at all."""
    text = MINIMAL.replace("My questions", "Questions for room #1").replace("Why this job?", "#why")
    quotes = "put the whole text in double quotes, or two spaces before the comment"
    assert faults(tmp_path, text) == [
        f"4:29: warning: from '#' on, YAML reads a comment, so the text ends at 'Questions for room'; {quotes}",
        "7:10: 'text' is empty; '#' begins a comment: put the whole text in double quotes",
    ]


def test_comments_that_are_meant_as_such(tmp_path: Path) -> None:
    """Two spaces before them, behind a word or a closed quotation, on lines of their own."""
    text = MINIMAL.replace("Why this job?", "Why this job?  # asked by everyone")
    text += '    category: opening # the first\n    # more\n    say: "Why?" #1\n'
    assert faults(tmp_path, text) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [("1:30", "the number 90"), ("007", "the number 7"), ("0x1F", "the number 31"), ("1_000", "the number 1000")],
)
def test_texts_that_yaml_reads_as_other_numbers(tmp_path: Path, written: str, read: str) -> None:
    """A clock, leading zeros and the like are told with the number that YAML makes of them."""
    expected = f"8:13: 'source' should be a text, but YAML reads {written} as {read}; write \"{written}\""
    assert faults(tmp_path, with_question(f"source: {written}")) == [expected]


def test_time_with_leading_zeros(tmp_path: Path) -> None:
    """0130 would be 88 seconds to YAML, and 090 a text: neither is taken."""
    found = faults(tmp_path, with_question("time_limit: 0130", "prep_time: 090"))
    assert [fault.partition("; ")[2] for fault in found] == [
        "YAML counts a number that begins with 0 in eights: write 130",
        "YAML counts a number that begins with 0 in eights: write 90",
    ]


def test_words_that_are_nearly_true(tmp_path: Path) -> None:
    """The word that was meant is named."""
    found = faults(tmp_path, with_question("star: ture"))
    assert found == ["8:11: 'star' should be true or false, but this is a text; did you mean true?"]


def test_category_that_is_nearly_known(tmp_path: Path) -> None:
    """A warning, because any category is allowed."""
    [fault] = check_bank(write(tmp_path, with_question("category: situatonal", "competency: my-own")))
    assert (fault.line, fault.warning, fault.hint) == (8, True, "did you mean 'situational'?")
    assert load_bank(tmp_path / "mine.yaml").questions[0].category == "situatonal"


def test_lines_that_yaml_cannot_read_do_not_hide_the_others(tmp_path: Path) -> None:
    """YAML stops at the first such line; the check reads on as if the text were in quotes."""
    text = MINIMAL.replace("My questions", "Mine: all of them").replace("Why this job?", "@home: why?")
    found = faults(tmp_path, text + "    tips:\n      - %none\n    difficulty: 9\n")
    assert [fault.partition(" ")[0] for fault in found] == ["4:14:", "7:11:", "9:9:", "10:17:"]


def test_many_lines_that_yaml_cannot_read(tmp_path: Path) -> None:
    """After twenty of them the rest has to wait, and that is said."""
    text = MINIMAL + "".join(
        f"  - {{id: q{number}, text: x}}\n  - id: p{number}\n    text: @\n" for number in range(30)
    )
    found = faults(tmp_path, text)
    assert len(found) == 21
    assert any("from here on nothing is checked yet" in fault for fault in found)


def test_quotation_mark_that_is_never_closed(tmp_path: Path) -> None:
    """The fault is where the quotation opens, not at the end of the file."""
    [found] = faults(tmp_path, MINIMAL.replace("Why this job?", '"Why this job?'))
    assert found == "7:11: a quotation mark opens here and is never closed"


def test_text_that_begins_with_a_reserved_character(tmp_path: Path) -> None:
    """An at sign cannot begin an unquoted text."""
    [found] = faults(tmp_path, MINIMAL.replace("Why this job?", "@home or not?"))
    assert found == "7:11: a text cannot begin with '@'; put the whole text in double quotes"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (['say: "Why?', "difficulty: 2", 'source: "x"'], "8:10: a quotation mark opens here and is not closed before"),
        (['say: "What is "done"?"'], "8:20: the text ends at the quotation mark before this"),
        (["say: 'Why don't you?'"], "8:19: the text ends at the apostrophe before this"),
        (['say:"Why?"', "difficulty: 2"], "8:9: a space is missing behind the colon"),
        (["tips", "- Breathe."], "8:9: a colon is missing behind 'tips'"),
        (["say: Why", "and how?", "difficulty: 2"], "9:5: this line is no 'key: value'"),
        (["say: Why", "  and how: why?"], "9:14: this line goes on with the text above"),
        (["say: Why", "  tips: [a]", "star: true"], "9:11: this line goes on with the text above"),
        (
            ['say: "Why?"', " difficulty: 2"],
            "9:6: this is indented by 5 spaces, which fits no line above; likely 4 spaces are meant",
        ),
        (["tips:", '  - "One."', "  -Two."], "10:7: a space is missing behind the hyphen"),
        (["tags: [a, b", "difficulty: 2"], "8:11: a bracket opens here and is never closed"),
        (['tags: ["a" b]'], "8:16: this does not fit between the brackets"),
        (["say: [Sir] why?"], "8:10: a text cannot begin with '['"),
        (["say: *Why* us?"], "8:10: a text cannot begin with '*'"),
        (["say: >why"], "8:10: a text cannot begin with '>'"),
        (["say: ? why"], "8:10: a text cannot begin with '?'"),
        (["say: ], why"], "8:10: a text cannot begin with ']'"),
        (["tags: [a,, b]"], "8:14: this does not fit between the brackets"),
        (["say: - why"], "8:10: a text cannot begin with '-'"),
        (["* say: why"], "8:5: '*' begins no entry of a list"),
        (['say: "C:\\x"'], "8:15: a backslash between double quotes begins a code"),
        (['say: "C:\\q\\q"'], "8:13: a backslash between double quotes begins a code"),
        (["\xa0 say: why: now"], "8:5: a blank that is no space indents this line"),
    ],
)
def test_slips_that_yaml_stumbles_over(tmp_path: Path, lines: list[str], told: str) -> None:
    """Each is told once, where it was made and not where YAML noticed, and in words that say what to do."""
    found = faults(tmp_path, with_question(*lines))
    assert [fault[: len(told)] for fault in found] == [told]


def test_first_line_that_is_indented(tmp_path: Path) -> None:
    """YAML takes what follows for another document."""
    [found] = faults(tmp_path, f" {MINIMAL}")
    assert found.startswith("2:1: this does not fit the lines above; begin 'bank'")


def test_a_slip_that_cannot_be_mended_says_that_the_rest_waits(tmp_path: Path) -> None:
    """Nobody should believe that it was the only fault."""
    [found] = faults(tmp_path, with_question("* say: why", "difficulty: 9"))
    assert found.endswith("the rest is checked once this is mended")


def test_a_second_slip_in_one_line_says_that_the_rest_waits(tmp_path: Path) -> None:
    """The first is told, and what YAML makes of our guess is not."""
    found = faults(tmp_path, with_question('tags: [a, "b', "difficulty: 9"))
    assert found[-1].endswith("mend the lines above, then check again")
    assert len(found) == 2


def test_a_tag_is_told_once(tmp_path: Path) -> None:
    """What YAML makes of the text behind it is nobody's concern."""
    assert len(faults(tmp_path, with_question("say: !Wow why?", "source: !!binary aGk="))) == 2


def test_curly_quotation_marks(tmp_path: Path) -> None:
    """A word processor writes them, and YAML takes them for letters: a warning, for they may be meant."""
    [fault] = check_bank(write(tmp_path, with_question("say: \u201cWhy?\u201d")))
    assert (fault.line, fault.column, fault.warning) == (8, 10, True)


def test_two_documents(tmp_path: Path) -> None:
    """A bank is one document; the first is checked all the same."""
    found = faults(tmp_path, with_question("difficulty: 9") + "---\n" + MINIMAL)
    assert found == [
        "8:17: 'difficulty' should be a whole number from 1 to 5, not 9",
        "9:1: a second document begins here; a bank is one document: remove '---'",
    ]


def test_tags_make_nothing(tmp_path: Path) -> None:
    """A tag that would run a command in an unsafe reader is refused and never constructed."""
    marker = tmp_path / "executed"
    found = faults(tmp_path, with_question(f"source: !!python/object/apply:os.system ['touch {marker}']"))
    assert found[0].startswith("8:13: '!' makes a tag, which a bank may not use")
    assert not marker.exists()


def test_anchors_and_aliases_are_refused(tmp_path: Path) -> None:
    """Both ends of a reference are named, undefined and recursive ones too."""
    found = faults(tmp_path, with_question("tips: &tips [*tips]", "covers: *tips", "tags: *nothing"))
    assert [place.split(" makes")[0] for place in found] == ["8:11: '&'", "8:18: '*'", "9:13: '*'", "10:11: '*'"]


def test_billion_laughs(tmp_path: Path) -> None:
    """Aliases that would unfold to a billion words are refused, not unfolded."""
    levels = [
        f"{name}: &{name} [{', '.join(['*' + before] * 10)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    found = faults(tmp_path, "a: &a [lol]\n" + "\n".join(levels) + "\n" + MINIMAL)
    assert any("makes an alias" in fault for fault in found)


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_deep_nesting(tmp_path: Path, opening: str) -> None:
    """A file nested thousands of levels deep is refused before anything recurses into it."""
    assert any("nested more than" in fault for fault in faults(tmp_path, opening * 50_000))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# only a comment\n"])
def test_empty_file(tmp_path: Path, content: bytes) -> None:
    """An empty file says how a bank begins."""
    assert faults(tmp_path, content) == ["1:1: the file is empty; a bank begins with 'mockint_bank: 1'"]


def test_text_that_is_no_bank(tmp_path: Path) -> None:
    """Any other text says how a bank begins."""
    [found] = faults(tmp_path, "Dear reader\n")
    assert found.startswith("1:1: a bank begins with 'mockint_bank: 1', but this is a text")
    assert found.endswith("mockint bank import FILE")


def test_file_in_another_encoding(tmp_path: Path) -> None:
    """The first character that is not UTF-8 is named."""
    [found] = faults(tmp_path, MINIMAL.replace("My questions", "Für alle").encode("latin-1"))
    assert found == "4:11: this is not UTF-8 text; save the file with the encoding UTF-8"


def test_binary_file(tmp_path: Path) -> None:
    """A file of zeros is not text."""
    assert faults(tmp_path, b"RIFF\0\0\0\0WAVE") == ["1:5: this is not a text file"]


def test_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit nothing is parsed."""
    monkeypatch.setattr(document, "LARGEST_BANK_BYTES", len(MINIMAL) - 1)
    [found] = faults(tmp_path, MINIMAL)
    assert found.startswith("1:1: the file is larger than")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """What cannot be read is a fault like any other, so that other files are still checked."""
    assert [fault.message for fault in check_bank(tmp_path / "none.yaml")] == ["there is no such file"]
    assert [fault.message for fault in check_bank(tmp_path)] == ["this is not a file"]


@given(
    content=st.binary(max_size=200)
    | st.text(alphabet=" \t\n:-[]{}&*!|>'\"#%@`?,abc1é\x85\u2028", max_size=200).map(str.encode)
)
def test_no_content_makes_the_checker_fail(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever a file holds, the check ends with faults, each inside the file or at its end."""
    path = write(tmp_path_factory.mktemp("banks"), content)
    found = check_bank(path)
    assert found
    assert all(fault.line >= 1 and fault.column >= 1 for fault in found)


@given(
    edit=st.tuples(st.integers(0, len(MINIMAL)), st.integers(0, 8), st.text(alphabet="\t\n :-[]{}&*!'\"a1", max_size=6))
)
def test_edited_bank_is_sound_or_has_faults(
    tmp_path_factory: pytest.TempPathFactory, edit: tuple[int, int, str]
) -> None:
    """A bank loads exactly where the check finds nothing."""
    start, length, inserted = edit
    path = write(tmp_path_factory.mktemp("banks"), MINIMAL[:start] + inserted + MINIMAL[start + length :])
    if check_bank(path):
        with pytest.raises(BankProblem):
            load_bank(path)
    else:
        assert load_bank(path).questions


# --- banks in folders -----------------------------------------------------------------------------


def test_find_banks_in_the_order_of_folders(tmp_path: Path) -> None:
    """Folders in the given order, files by name; what is no YAML file, and a missing folder, do not matter."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    write(shipped, MINIMAL.replace("id: mine", "id: second"), "b.yaml")
    write(shipped, MINIMAL.replace("id: mine", "id: first"), "a.yml")
    write(shipped, "not a bank", "README.md")
    write(own, MINIMAL)
    found = find_banks([shipped, own, tmp_path / "none"])
    assert [bank.id for bank in found.banks] == ["first", "second", "mine"]
    assert found.faults == ()


def test_own_bank_does_not_silently_take_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    """Of two banks with one id the first is kept, and the other is named."""
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    shipped.mkdir()
    own.mkdir()
    first, second = write(shipped, MINIMAL), write(own, MINIMAL)
    found = find_banks([shipped, own])
    assert [bank.path for bank in found.banks] == [first]
    assert [fault.message for fault in found.faults] == [
        f"the bank id 'mine' is taken by {first}, so this bank is left out"
    ]
    assert [fault.path for fault in found.faults] == [second]


def test_faulty_bank_does_not_hide_the_others(tmp_path: Path) -> None:
    """The sound banks are found, and the faults of the other are told."""
    write(tmp_path, MINIMAL)
    write(tmp_path, "questions", "bad.yaml")
    found = find_banks([tmp_path])
    assert [bank.id for bank in found.banks] == ["mine"]
    assert [fault.path.name for fault in found.faults] == ["bad.yaml"]


def test_read_bank_by_id_and_by_path(tmp_path: Path) -> None:
    """A bank is named by its id, or by its file wherever that is."""
    path = write(tmp_path, MINIMAL)
    assert read_bank("mine", [tmp_path]).path == path
    assert read_bank(path, []).id == "mine"


def test_missing_bank_names_the_nearest(tmp_path: Path) -> None:
    """A slip in the name is answered with the name that was probably meant."""
    write(tmp_path, MINIMAL)
    with pytest.raises(BankProblem) as raised:
        read_bank("mien", [tmp_path])
    assert raised.value.problem == "There is no bank 'mien'."
    assert raised.value.hint == "Did you mean 'mine'?"


def test_faulty_bank_named_by_its_file_tells_its_fault(tmp_path: Path) -> None:
    """A bank that cannot be read is not called missing."""
    path = write(tmp_path, "questions", "bad.yaml")
    with pytest.raises(BankProblem) as raised:
        read_bank("bad", [tmp_path])
    assert raised.value.problem.startswith(f"The bank cannot be used: {path}:1:1: ")
    assert raised.value.hint == f"See every fault with: mockint bank check {path}"


def test_file_with_the_id_of_another_bank_is_refused(tmp_path: Path) -> None:
    """Two different banks under one id would mix their histories; a faithful copy does not."""
    folder = tmp_path / "banks"
    folder.mkdir()
    write(folder, MINIMAL)
    assert read_bank(write(tmp_path, MINIMAL, "copy.yaml"), [folder]).id == "mine"
    with pytest.raises(BankProblem, match="has the id 'mine', which belongs to the bank"):
        read_bank(write(tmp_path, MINIMAL + "  - {id: two, text: Two?}\n", "other.yaml"), [folder])


# --- the banks that ship --------------------------------------------------------------------------


def test_starter_bank_ships() -> None:
    """The first bank that anybody meets has 24 questions."""
    assert len(read_bank("starter", [shipped_banks_folder()]).questions) == 24


def test_enough_questions_for_months_of_practice() -> None:
    """At least 190 questions in at least 11 banks, and no category or competency is only a name."""
    questions = [question for path in SHIPPED for question in load_bank(path).questions]
    assert len(SHIPPED) >= 11
    assert len(questions) >= 190
    assert {question.category for question in questions} == CATEGORIES
    assert {question.competency for question in questions} == COMPETENCIES


def test_checks_and_editors_know_the_vocabulary() -> None:
    """What they take for a slip of it is told, and editors offer it."""
    assert set(fields.CATEGORIES) == CATEGORIES
    assert set(fields.COMPETENCIES) == COMPETENCIES


def test_readme_lists_the_shipped_banks() -> None:
    """The table of banks in README is the one that the banks themselves give."""
    banks = [load_bank(path) for path in SHIPPED]
    rows = [f"| `{bank.id}` | {bank.title} | {len(bank.questions)} |" for bank in banks]
    listed = [
        line for line in README.read_text(encoding="utf-8").splitlines() if re.match(r"\| `[a-z-]+` \|.*\d \|$", line)
    ]
    assert listed == rows


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_bank_is_complete(path: Path) -> None:
    """A shipped bank is sound, is named after its file, and each of its questions can be practised in full."""
    assert check_bank(path) == ()
    bank = load_bank(path)
    assert bank.id == path.stem
    for question in bank.questions:
        assert all((question.category, question.competency, question.difficulty, question.covers, question.tags))
        assert 1 <= len(question.follow_ups) <= 3
        assert 2 <= len(question.covers) <= 5
        assert question.prep_time_s is not None
        assert question.time_limit_s is not None
        assert 60 <= question.time_limit_s <= 150
        assert question.star or question.category != "behavioural"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_bank_keeps_to_the_vocabulary(path: Path) -> None:
    """Categories and competencies are those named above, so that the same skill is followed across banks."""
    questions = load_bank(path).questions
    assert {question.category for question in questions} - CATEGORIES == set()
    assert {question.competency for question in questions} - COMPETENCIES == set()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_questions_can_be_spoken(path: Path) -> None:
    """Nothing is read aloud that only makes sense on paper: abbreviations, brackets, slashes, symbols."""
    spoken = [text for question in load_bank(path).questions for text in (question.spoken, *question.follow_ups)]
    assert [text for text in spoken if re.search(r"\b[A-Z]{2,}\b|[^\w\s.,:;?!'-]|_|\be\.g\.|\bi\.e\.", text)] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_questions_are_fair_to_ask(path: Path) -> None:
    """No question or follow-up asks after age, family, health, religion or origin."""
    asked = [text for question in load_bank(path).questions for text in (question.text, *question.follow_ups)]
    assert [text for text in asked if NOBODYS_BUSINESS.search(text.lower())] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_questions_do_not_all_begin_alike(path: Path) -> None:
    """At most a fifth of a bank's questions open with the same two words, as a good interviewer would see to it."""
    texts = [question.text for question in load_bank(path).questions]
    openings = Counter(tuple(text.split()[:2]) for text in texts)
    assert [opening for opening, count in openings.items() if count > 0.2 * len(texts)] == []


def test_shipped_questions_are_not_alike() -> None:
    """No two questions of all shipped banks ask the same thing in nearly the same words."""
    questions = [question for path in SHIPPED for question in load_bank(path).questions]
    words = {(q.bank_id, q.id): _content_words(q.text) for q in questions}
    alike = [
        (one, other)
        for one, other in combinations(words, 2)
        if len(words[one] & words[other]) > 0.5 * len(words[one] | words[other])
    ]
    assert alike == []


def _content_words(text: str) -> set[str]:
    """Return the words of four letters and more, which carry what is asked."""
    return set(re.findall(r"[a-z']{4,}", text.lower())) - {
        "tell",
        "that",
        "when",
        "time",
        "what",
        "with",
        "would",
        "your",
    }
