"""Words that no dictionary has, such as names: a hidden Markov model of where a word ends."""

from __future__ import annotations

from shared.words import dictionary
from shared.words.dictionary import STATES, UNSEEN

BEGIN, AMID, END, SINGLE = range(len(STATES))
# By the state of a character: what the one before it may be.
BEFORE = ((END, SINGLE), (BEGIN, AMID), (BEGIN, AMID), (END, SINGLE))
STRANGE = (UNSEEN,) * len(STATES)

_model = dictionary.model()
_first = _model["first"][0]
_after = [_model[f"after {state}"][0] for state in STATES]


def cut_unknown(characters: str) -> list[str]:
    """The likeliest words of one or more characters (Viterbi)."""
    scores = [a + b for a, b in zip(_first, _row(characters[0]), strict=True)]
    origins: list[list[int]] = []
    for character in characters[1:]:
        scores, origin = _step(scores, _row(character))
        origins.append(origin)
    state = max(END, SINGLE, key=scores.__getitem__)
    words, end = [], len(characters)
    for start in range(end - 1, -1, -1):
        if state in (BEGIN, SINGLE):
            words.append(characters[start:end])
            end = start
        if start:
            state = origins[start - 1][state]
    return words[::-1]


def _step(scores: list[float], row: tuple[float, ...]) -> tuple[list[float], list[int]]:
    """For each state of the next character: its score, and the state before it."""
    best = [
        max((scores[before] + _after[before][state], before) for before in BEFORE[state])
        for state in range(len(STATES))
    ]
    reached = [score + seen for (score, _), seen in zip(best, row, strict=True)]
    return reached, [before for _, before in best]


def _row(character: str) -> tuple[float, ...]:
    found = _model.get(character)
    return found[0] if found else STRANGE
