"""The dictionary as files, mapped into memory; `shared.words.build` makes them."""

from __future__ import annotations

import mmap
import sys
from pathlib import Path

import marisa_trie

# In the Python environment, for the packages in it decide what the files hold.
FOLDER = Path(sys.prefix) / "share/smart-cppcc"
WORDS, SCORES, MODEL = "words.marisa", "words.scores", "unknown.marisa"
SIMPLIFIED = "simplified.txt"  # a traditional character and its simplified one, and so on
LONGEST = 16  # characters of a word
STATES = "BMES"  # a character begins a word, is amid it, ends it, or is one by itself
ROW = "<4f"  # a logarithm for each state
UNSEEN = -1000.0  # the logarithm of what never happens; finite, so that sums can be compared


def words(folder: Path = FOLDER) -> marisa_trie.Trie:
    """Word → its number."""
    return _mapped(marisa_trie.Trie(), folder / WORDS)


def scores(folder: Path = FOLDER) -> memoryview[float]:
    """Number → logarithm of the word's share of all text; the last is that of an unknown one."""
    with _existing(folder / SCORES).open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)).cast("f")


def model(folder: Path = FOLDER) -> marisa_trie.RecordTrie:
    """Rows, each in a list: "first", "after B" … "after S", and one for each known character."""
    return _mapped(marisa_trie.RecordTrie(ROW), folder / MODEL)


def simplified(folder: Path = FOLDER) -> dict[int, str]:
    """Code of each traditional character → the simplified one, as `str.translate` wants it."""
    pairs = _existing(folder / SIMPLIFIED).read_text(encoding="utf-8")
    return {ord(one): other for one, other in zip(pairs[::2], pairs[1::2], strict=True)}


def _mapped(trie: marisa_trie.Trie, path: Path) -> marisa_trie.Trie:
    return trie.mmap(str(_existing(path)))


def _existing(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(f"{path} is missing: run python -m shared.words.build")
    return path
