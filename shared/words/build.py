"""`python -m shared.words.build`: the word list of the package jieba as files to be mapped, and the
simplified characters of the package opencc.

Run once for each environment: `make install` and the image do. The package is read, not imported.
"""

from __future__ import annotations

import math
import runpy
from array import array
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import marisa_trie

from shared.words.dictionary import (
    FOLDER,
    LONGEST,
    MODEL,
    ROW,
    SCORES,
    SIMPLIFIED,
    STATES,
    UNSEEN,
    WORDS,
)

Row = tuple[float, ...]
HAN = ((0x3400, 0xA000), (0x20000, 0x32000))


def build(source: Path, folder: Path) -> None:
    """Make the files in `folder`; `source` is the folder of the package jieba."""
    counts = _counts(source)
    words = marisa_trie.Trie(counts)
    total = sum(counts.values())
    scores = array("f", bytes(4 * len(words)))
    for word, number in words.items():
        scores[number] = math.log(counts[word] / total)
    scores.append(math.log(1 / total))
    folder.mkdir(parents=True, exist_ok=True)
    _put(folder / WORDS, words.tobytes())
    _put(folder / SCORES, scores.tobytes())
    _put(folder / MODEL, marisa_trie.RecordTrie(ROW, _model(source)).tobytes())
    _put(folder / SIMPLIFIED, "".join(_simplified()).encode())


def _simplified() -> Iterator[str]:
    """Character by character: OpenCC's choices between words need the words, and both sides of a
    search are folded alike."""
    from opencc import OpenCC

    converter = OpenCC("t2s")
    for code in (code for first, last in HAN for code in range(first, last)):
        made = converter.convert(chr(code))
        if len(made) == 1 and made != chr(code):
            yield chr(code) + made


def _counts(source: Path) -> dict[str, int]:
    """Word → how often it was seen. A line is "word count part-of-speech"."""
    with (source / "dict.txt").open(encoding="utf-8") as lines:
        counts = {word: int(count) for word, count, _ in map(str.split, lines)}
    if max(map(len, counts)) > LONGEST:
        raise ValueError(f"a word has more than {LONGEST} characters")
    return counts


def _model(source: Path) -> Iterator[tuple[str, Row]]:
    first, after, seen = (_table(source, name) for name in ("start", "trans", "emit"))
    yield "first", _row(first)
    for state in STATES:
        yield f"after {state}", _row(after[state])
    for character in set().union(*seen.values()):
        yield character, _row({state: seen[state].get(character, UNSEEN) for state in STATES})


def _table(source: Path, name: str) -> dict:
    return runpy.run_path(str(source / "finalseg" / f"prob_{name}.py"))["P"]


def _row(values: Mapping[str, float]) -> Row:
    return tuple(max(values.get(state, UNSEEN), UNSEEN) for state in STATES)


def _put(path: Path, content: bytes) -> None:
    """At once, and not over the former file, which processes may have mapped."""
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(content)
    new.replace(path)


if __name__ == "__main__":
    package = find_spec("jieba")
    if package is None or package.origin is None:
        raise SystemExit("the package jieba is not installed")
    build(Path(package.origin).parent, FOLDER)
