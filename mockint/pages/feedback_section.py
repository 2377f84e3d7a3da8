"""What mentors said of a take, for its review page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mockint.feedback import chosen, criterion
from mockint.figures import fine_clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mockint.feedback import Feedback


def feedback_section(said: Iterable[Feedback]) -> list[dict[str, Any]]:
    """Return what the template feedback.html.j2 shows: one entry for each mentor."""
    return [
        {
            "mentor": feedback.mentor or "Your mentor",
            "saved_at": feedback.saved_at.isoformat(),
            "day": f"{feedback.saved_at.day} {feedback.saved_at:%B %Y}",
            "ratings": [
                {
                    "title": criterion(rating.criterion).title,
                    "place": f"{rating.level} of {len(criterion(rating.criterion).levels)}",
                    "level": chosen(rating),
                }
                for rating in feedback.ratings
            ],
            "keep": feedback.keep,
            "change": feedback.change,
            "comments": [
                {"time": fine_clock(comment.at_s), "at_s": round(comment.at_s, 3), "text": comment.text}
                for comment in feedback.comments
            ],
        }
        for feedback in said
    ]
