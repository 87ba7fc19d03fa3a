"""Identity numbers are sealed with a key that is given, or made outside production."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from services.members import cipher
from shared import settings
from shared.settings import SettingsError

NUMBER = "11010519491231002X"
KEY = base64.b64encode(bytes(range(32))).decode()


def process(folder: Path, environment: str = "test") -> settings.Settings:
    return settings.read({"KEYS_DIR": str(folder), "ENVIRONMENT": environment})


def test_a_sealed_number_opens_for_its_owner_only(tmp_path: Path) -> None:
    sealing = cipher.load({"MEMBERS_DATA_KEY": KEY}, process(tmp_path))
    sealed = sealing.seal(NUMBER, "p-15-0088")
    assert sealing.open(sealed, "p-15-0088") == NUMBER
    assert NUMBER.encode() not in sealed
    assert sealing.seal(NUMBER, "p-15-0088") != sealed
    with pytest.raises(InvalidTag):
        sealing.open(sealed, "p-15-0031")
    with pytest.raises(InvalidTag):
        cipher.IdNumberCipher(bytes(32)).open(sealed, "p-15-0088")


def test_the_digest_is_keyed() -> None:
    mine, other = cipher.IdNumberCipher(bytes(range(32))), cipher.IdNumberCipher(bytes(32))
    assert mine.digest(NUMBER) == mine.digest(NUMBER)
    assert mine.digest(NUMBER) != other.digest(NUMBER)


def test_a_key_is_made_once_in_the_keys_folder(tmp_path: Path) -> None:
    first = cipher.load({}, process(tmp_path))
    again = cipher.load({}, process(tmp_path))
    assert again.open(first.seal(NUMBER, "p"), "p") == NUMBER
    assert [path.name for path in tmp_path.iterdir()] == ["members.data.key"]
    assert (tmp_path / "members.data.key").stat().st_mode & 0o777 == 0o600


def test_production_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        cipher.load({}, process(tmp_path, "production"))
    assert list(tmp_path.iterdir()) == []
    cipher.load({"MEMBERS_DATA_KEY": KEY}, process(tmp_path, "production"))


@pytest.mark.parametrize("key", ["", "short", "!" * 44, base64.b64encode(b"x" * 31).decode()])
def test_a_key_that_is_not_one_is_refused_without_being_shown(key: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        cipher.load({"MEMBERS_DATA_KEY": key}, process(tmp_path))
    assert "MEMBERS_DATA_KEY" in str(error.value)
    assert not key or key not in str(error.value)
