"""Sealing of identity numbers and religion (`MEMBERS_DATA_KEY`; changed by `rotate.py`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shared.sealing import MARK, Cipher, KeyFile, Masters, masters, variable
from shared.settings import Settings

SERVICE = "members"
VARIABLE = variable(SERVICE)
PURPOSE = "members/id-number"
RELIGION = "religion"  # the name of the facts that are sealed wherever a document holds them


class DataCipher(Cipher):
    """A sealed number opens for its own person alone; religions for all persons alike."""

    def __init__(self, masters: Masters) -> None:
        super().__init__(masters, PURPOSE)

    def seal_within(self, value: Any) -> Any:
        """A document with its religions sealed, however deep they stand."""
        return self._within(value, lambda text: self.seal(text, RELIGION))

    def open_within(self, value: Any) -> Any:
        """The same opened; what is not sealed yet stays."""

        def opened(text: str) -> str:
            return self.open(text, RELIGION) if text.startswith(MARK) else text

        return self._within(value, opened)

    def _within(self, value: Any, change: Callable[[str], str]) -> Any:
        if isinstance(value, dict):
            return {
                name: change(inner)
                if name == RELIGION and isinstance(inner, str)
                else self._within(inner, change)
                for name, inner in value.items()
            }
        return [self._within(inner, change) for inner in value] if type(value) is list else value


def key_file(process: Settings) -> KeyFile:
    return KeyFile(process.keys_dir, SERVICE)


def load(environ: Mapping[str, str], process: Settings) -> DataCipher:
    """With the keys of the environment or of the keys folder; raises SettingsError."""
    return DataCipher(masters(environ, process, SERVICE))
