"""A text → its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shared.words import dictionary
from shared.words.dictionary import LONGEST
from shared.words.unknown import cut_unknown

HAN = "㐀-䶿一-鿿"
CHUNK = re.compile(rf"[{HAN}a-zA-Z0-9+#&._%-]+|\S")  # words never reach beyond one
UNKNOWN = re.compile(rf"[{HAN}]+|[a-zA-Z0-9]+(?:[._-][a-zA-Z0-9]+)*%?|[^{HAN}a-zA-Z0-9]+")
IS_HAN = re.compile(f"[{HAN}]")
LATIN_PART = re.compile(r"(?=[0-9]*[a-zA-Z])[a-zA-Z0-9]+%?")  # with a letter in it
PART_LENGTHS = (2, 3)

_words = dictionary.words()
_scores = dictionary.scores()
_unknown_score = _scores[-1]


def cut(text: str) -> list[str]:
    """Each word after the words within it: 水利局 gives 水利 and 水利局. Only spaces go."""
    found: list[str] = []
    for chunk in CHUNK.findall(text):
        for word in _cut_chunk(chunk):
            found += _parts(word)
            found.append(word)
    return found


def _cut_chunk(chunk: str) -> Iterator[str]:
    """Single characters in a row are likely a word that the dictionary lacks."""
    single_since = 0
    for start, end in _likeliest(chunk):
        if end - start > 1:
            yield from _cut_singles(chunk[single_since:start])
            yield chunk[start:end]
            single_since = end
    yield from _cut_singles(chunk[single_since:])


def _likeliest(chunk: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word of the cut whose words are likeliest together."""
    size = len(chunk)
    scores, ends = [0.0] * (size + 1), [0] * size  # of the best cut from each position on
    for start in reversed(range(size)):
        best, best_end = _unknown_score + scores[start + 1], start + 1
        for word, number in _words.iter_prefixes_with_ids(chunk[start : start + LONGEST]):
            end = start + len(word)
            score = _scores[number] + scores[end]
            if score >= best:
                best, best_end = score, end
        scores[start], ends[start] = best, best_end
    start = 0
    while start < size:
        yield start, ends[start]
        start = ends[start]


def _cut_singles(characters: str) -> Iterator[str]:
    if len(characters) < 2 or characters in _words:  # a word, yet likelier apart
        yield from characters
        return
    for part in UNKNOWN.findall(characters):
        if IS_HAN.match(part):
            yield from cut_unknown(part)
        else:
            yield part


def _parts(word: str) -> Iterator[str]:
    for length in PART_LENGTHS:
        if length < len(word):
            grams = (word[start : start + length] for start in range(len(word) - length + 1))
            yield from (gram for gram in grams if gram in _words)
    if not word.isalnum():  # PM2.5, wi-fi
        yield from (part for part in LATIN_PART.findall(word) if 1 < len(part) < len(word))
