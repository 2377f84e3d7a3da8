"""What mentors would change, said again when the question is practised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.feedback import open_wish
from mockint.pages.feedback_lines import advice_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text

    from mockint.model import Question
    from mockint.store.takes import Store


def advice_for(questions: Sequence[Question], store: Store) -> Callable[[Question], Text | None]:
    """Return what says which advice on a question waits to be tried; None where none does."""
    wishes, answered = store.feedback.wishes(), store.last_asked(questions)

    def advice(question: Question) -> Text | None:
        wish = open_wish(question, wishes, answered.get(question.id))
        return None if wish is None else advice_line(wish)

    return advice
