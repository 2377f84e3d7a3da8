"""`mockint review --stories`: the stories that you tell, and for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mockint.cli import console

if TYPE_CHECKING:
    from mockint.store.takes import Store


def show_stories(store: Store, *, graded: bool, as_json: bool) -> None:
    """Print the stories that were named, and what is not told yet. graded: whether points are shown."""
    from mockint.pages.stories import stories_lines, stories_object
    from mockint.stories import OVERUSE, repertoire

    found = repertoire(
        store.stories.tellings(),
        store.asked_questions(),
        store.stories.last_session_ids(OVERUSE.session_count),
    )
    if as_json:
        console.print_json(stories_object(found, graded=graded))
    else:
        console.print_lines(stories_lines(found, graded=graded))
