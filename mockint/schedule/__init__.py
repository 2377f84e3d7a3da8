"""What to ask next, and why.

`recall` draws from the takes of a question how well its answer sits, `due` gives each question its day and a reason,
`session` chooses a half hour, `plan` looks ahead. `rule` holds every number. All of it takes and returns values.
"""
