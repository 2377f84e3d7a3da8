"""Questions out of other files: what is taken, and what is said of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockint.bank import load_bank, read_lines
from mockint.bank.fields import CATEGORIES
from mockint.bank.importing import Form, Imported, question_id_of, questions_in
from mockint.bank.writing import bank_text
from mockint.model import Question

if TYPE_CHECKING:
    from pathlib import Path


def imported(folder: Path, text: str, name: str = "questions.txt") -> tuple[Imported, list[str]]:
    """What a file holds, and what is said of the rest, as LINE: message."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    document = read_lines(path, "list of questions")
    found = questions_in(document, "mine")
    return found, [f"{fault.line}: {fault.message}" for fault in document.faults]


# --- plain lines ----------------------------------------------------------------------------------


def test_one_question_a_line(tmp_path: Path) -> None:
    """Ids are made from the texts; empty lines do not matter."""
    found, left = imported(tmp_path, "Why here?\n\n  What went wrong,   and why?  \n")
    assert found.form is Form.LINES
    assert found.questions == (
        Question(bank_id="mine", id="why-here", text="Why here?"),
        Question(bank_id="mine", id="what-went-wrong-and-why", text="What went wrong, and why?"),
    )
    assert left == []


def test_lines_that_are_no_questions_are_told(tmp_path: Path) -> None:
    """Comments, rules, paragraphs, and what was there before."""
    text = f"# my list\nWhy here?\n-----\nwhy  here\n{'word ' * 150}\n"
    found, left = imported(tmp_path, text)
    assert [question.id for question in found.questions] == ["why-here"]
    assert left == [
        "1: a line that begins with '#' is a comment: left out",
        "3: there is no text of a question here: left out",
        "4: the same question stands at line 2: left out",
        "5: 749 characters are too many for a question (500 at most): left out",
    ]


# --- Markdown -------------------------------------------------------------------------------------


def test_markdown_list(tmp_path: Path) -> None:
    """Items are questions, items within them follow-ups; the first heading is the title, the others are tags."""
    text = """\
# My interviews

Some words.

## Acme, *May*

- **What** drew you [here](https://example.org)?
  - And then?
  * Really?
- [ ] What would you
  do first?

---

1. Any questions for us?

```
- code
```
"""
    found, left = imported(tmp_path, text, "list.md")
    assert (found.form, found.title) == (Form.MARKDOWN, "My interviews")
    first, second, third = found.questions
    assert (first.text, first.follow_ups, first.tags) == (
        "What drew you here?",
        ("And then?", "Really?"),
        ("acme-may",),
    )
    assert (second.text, third.text) == ("What would you do first?", "Any questions for us?")
    assert left == ["3: this is not part of the list: left out"]


def test_a_list_is_told_by_its_look(tmp_path: Path) -> None:
    """Numbers and hyphens in front are no part of a question."""
    found, _ = imported(tmp_path, "1. Why here?\n2) Why now?\n10. Why you?\n")
    assert found.form is Form.MARKDOWN
    assert [question.text for question in found.questions] == ["Why here?", "Why now?", "Why you?"]


# --- tables ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_table_with_a_header(tmp_path: Path, separator: str) -> None:
    """Columns are found by their names, in any order and in the words that people use; the separator is guessed."""
    rows = [
        ["Level", "Question", "Time", "Tags", "Star", "Type", "id"],
        ["3", f'"What went wrong{separator} and why?"', "2m", "team|conflict", "yes", "Behavioural", "wrong"],
        ["", "Why?", "", "", "", "", ""],
    ]
    text = "\n".join(separator.join(row) for row in rows)
    found, left = imported(tmp_path, text, "table.csv")
    assert found.form is Form.TABLE
    assert found.questions == (
        Question(
            bank_id="mine",
            id="wrong",
            text=" ".join(f"What went wrong{separator} and why?".split()),
            difficulty=3,
            time_limit_s=120.0,
            tags=("team", "conflict"),
            star=True,
            category="behavioural",
        ),
        Question(bank_id="mine", id="why", text="Why?"),
    )
    assert left == []


def test_cells_that_do_not_fit_are_told_and_the_question_is_taken(tmp_path: Path) -> None:
    """By the line on which the row begins, also behind a cell of several lines."""
    text = 'question,time,level,colour\n"Why\nhere?",2m,3,red\nWhy now?,5h,9,blue\n,2m,3,red\nWhy you?,,,,more\n'
    found, left = imported(tmp_path, text, "table.csv")
    assert [question.text for question in found.questions] == ["Why here?", "Why now?", "Why you?"]
    assert [question.time_limit_s for question in found.questions] == [120.0, None, None]
    assert left == [
        "1: the column 'colour' says nothing that a question can have: left out",
        "4: '5h' does not fit the column 'time_limit': left out",
        "4: '9' does not fit the column 'difficulty': left out",
        "5: there is no text of a question here: left out",
        "6: there are 5 values for 4 columns: the last ones: left out",
    ]


def test_table_without_a_column_of_questions(tmp_path: Path) -> None:
    """Nothing is guessed."""
    found, left = imported(tmp_path, "a,b\nc,d\n", "table.csv")
    assert found.questions == ()
    assert left == ["1: the first line should name the columns, and one of them should be 'question': left out"]


def test_table_of_one_column_needs_no_header(tmp_path: Path) -> None:
    """As a spreadsheet with one question a row is saved."""
    found, _ = imported(tmp_path, "Why here?\nWhy now?\n", "table.csv")
    assert [question.text for question in found.questions] == ["Why here?", "Why now?"]


# --- ids ------------------------------------------------------------------------------------------


def test_an_id_depends_on_its_text_alone(tmp_path: Path) -> None:
    """So that history is found again when a longer list is imported; case and spaces do not count."""
    found, _ = imported(tmp_path, "Why here?\nWhat drew you to this?\n")
    longer, _ = imported(tmp_path, "Why now?\nWhat  drew you to THIS?\nWhy here?\n")
    ids, longer_ids = ({question.id for question in each.questions} for each in (found, longer))
    assert ids < longer_ids


def test_long_texts_that_begin_alike_have_ids_of_their_own() -> None:
    """A hash tells them apart; a text without Latin letters has nothing else."""
    beginning = "Tell us about a time when you had to work with somebody who"
    ids = [question_id_of(text) for text in (f"{beginning} was late.", f"{beginning} was rude.", "为什么", "为何")]
    assert len(set(ids)) == 4
    assert ids[0].startswith("tell-us-about-a-time-when-you-had-to-")
    assert all(len(each) <= 48 for each in ids)


def test_texts_with_one_slug_have_ids_of_their_own(tmp_path: Path) -> None:
    """The first keeps the plain one."""
    found, left = imported(tmp_path, "Why here?\nWhy her'e?\n")
    first, second = (question.id for question in found.questions)
    assert first == "why-here"
    assert second.startswith("why-here-")
    assert left == []


# --- writing --------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" :#'\"-")
LINES = st.text(LETTERS, max_size=30).map(lambda text: " ".join(text.split()) or "no")
SLUGS = st.from_regex("[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
QUESTIONS = st.builds(
    Question,
    bank_id=st.just("mine"),
    id=SLUGS,
    text=LINES,
    say=st.none() | LINES,
    category=st.none() | st.sampled_from(CATEGORIES),
    difficulty=st.none() | st.integers(1, 5),
    prep_time_s=st.none() | st.integers(0, 18_000).map(lambda tenths: tenths / 10),
    time_limit_s=st.none() | st.integers(10, 1800).map(float),
    follow_ups=st.lists(LINES, max_size=2).map(tuple),
    star=st.booleans(),
    tags=st.lists(LINES, max_size=2).map(tuple),
    retired=st.booleans(),
)


@given(questions=st.lists(QUESTIONS, min_size=1, max_size=3, unique_by=lambda question: question.id), title=LINES)
def test_a_written_bank_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, questions: list[Question], title: str
) -> None:
    """Whatever is in its texts."""
    path = tmp_path_factory.mktemp("banks") / "mine.yaml"
    path.write_text(bank_text("mine", title, questions), encoding="utf-8")
    bank = load_bank(path)
    assert bank.title == title
    assert list(bank.questions) == questions


@given(text=st.text(max_size=200), ending=st.sampled_from([".csv", ".md", ".txt"]))
def test_whatever_is_imported_is_a_sound_bank(tmp_path_factory: pytest.TempPathFactory, text: str, ending: str) -> None:
    """Any text at all ends in questions that the loader takes, or in none."""
    path = tmp_path_factory.mktemp("files") / f"file{ending}"
    path.write_text(text, encoding="utf-8", errors="replace")
    document = read_lines(path, "list of questions")
    if document.faults:
        return
    found = questions_in(document, "mine")
    if found.questions:
        bank = path.with_suffix(".yaml")
        bank.write_text(bank_text("mine", "Mine", found.questions), encoding="utf-8")
        assert load_bank(bank).questions == found.questions
