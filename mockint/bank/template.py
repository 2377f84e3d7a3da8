"""The bank that `mockint bank new` begins with: two questions, and a comment for everything else that can be said."""

from __future__ import annotations

import json

TEMPLATE = """\
# A bank of interview questions for mockint.
#
# Check it at any time with "mockint bank check FILE", practise it with "mockint practice FILE". Put texts into double
# quotes: then colons, "#" and words such as no mean nothing to YAML. Indent with spaces, never with tabs. For help in
# an editor, write its rules beside this file with "mockint bank schema" (README tells how).
mockint_bank: 1

bank:
  id: {bank_id}  # your history hangs on it: small letters, digits, hyphens
  title: {title}
  language: en
  # licence: MIT

defaults:         # for the questions that do not say otherwise
  time_limit: 2m  # or 90, 90s, 2m30s, 2:30
  prep_time: 30s

questions:

  - id: why-here  # keep it when you change the text, and you keep your history
    text: "Why would you like to work here?"
    competency: motivation
    covers:       # what a strong answer has in it
      - "something that you know about them"
      - "what you would bring"

  - id: hard-decision
    text: "Tell us about a hard decision that you made, and what came of it."
    say: "Tell us about a hard decision that you made. What came of it?"  # spoken in place of the text
    category: behavioural  # opening, behavioural, situational, technical, motivation, background or closing
    competency: judgement  # progress is told by it
    difficulty: 3          # 1 to 5
    time_limit: 2m30s
    prep_time: 45s
    star: true             # wants a story: situation, task, action, result
    follow_ups:
      - "What would you do differently?"
    covers:
      - "what made it hard"
      - "what you weighed, and what you decided"
      - "what came of it"
    tips:
      - "Spend half of the time on what you did."
    tags: [everyone]       # mockint practice FILE --tag everyone
    # roles: [nurse]
    # source: "asked in my interview at the hospital, May 2025"
    # aliases: [difficult-decision]  # ids that it had before: it keeps their history
    # retired: true                  # no longer asked; its history stays
"""


def new_bank_text(bank_id: str, title: str) -> str:
    """Return a bank that can be practised as it stands."""
    return TEMPLATE.format(bank_id=json.dumps(bank_id), title=json.dumps(title, ensure_ascii=False))
