"""Identity numbers are sealed with a key that is given, or made outside production."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from services.members import cipher
from shared import settings
from shared.sealing import Key, KeyFile
from shared.settings import SettingsError

NUMBER = "11010519491231002X"
FIRST, SECOND = bytes(range(32)), bytes(32)
KEY = base64.b64encode(FIRST).decode()


def process(folder: Path, environment: str = "test") -> settings.Settings:
    return settings.read({"KEYS_DIR": str(folder), "ENVIRONMENT": environment})


def of(*masters: bytes) -> cipher.DataCipher:
    return cipher.DataCipher(lambda: masters)


def test_a_sealed_number_opens_for_its_owner_only(tmp_path: Path) -> None:
    sealing = cipher.load({"MEMBERS_DATA_KEY": KEY}, process(tmp_path))
    sealed = sealing.seal(NUMBER, "p-15-0088")
    assert sealing.open(sealed, "p-15-0088") == NUMBER
    assert NUMBER not in sealed
    assert sealing.seal(NUMBER, "p-15-0088") != sealed
    with pytest.raises(InvalidTag):
        sealing.open(sealed, "p-15-0031")
    with pytest.raises(InvalidTag):
        of(bytes(32)).open(sealed, "p-15-0088")


def test_the_digest_is_keyed() -> None:
    mine, other = of(FIRST), of(SECOND)
    assert mine.digest(NUMBER) == mine.digest(NUMBER)
    assert mine.digest(NUMBER) != other.digest(NUMBER)


def test_of_two_keys_the_first_seals_and_both_open() -> None:
    former, both = of(FIRST), of(SECOND, FIRST)
    sealed = former.seal(NUMBER, "p")
    assert both.open(sealed, "p") == NUMBER
    assert of(SECOND).open(both.seal(NUMBER, "p"), "p") == NUMBER
    assert both.seal(NUMBER, "p").startswith(both.mark)
    assert not sealed.startswith(both.mark)
    assert both.digests(NUMBER) == [of(SECOND).digest(NUMBER), former.digest(NUMBER)]


def test_what_the_version_before_sealed_opens_with_any_key() -> None:
    """It was bytes, without the name of its key."""
    nonce = bytes(12)
    key = Key.of(FIRST, cipher.PURPOSE)
    sealed = nonce + key.seal.encrypt(nonce, NUMBER.encode(), b"p")
    assert of(SECOND, FIRST).open(sealed, "p") == NUMBER
    with pytest.raises(InvalidTag):
        of(SECOND).open(sealed, "p")


def test_religions_are_sealed_however_deep_they_stand() -> None:
    document = {
        "_id": "p-1",
        "religion": "佛教",
        "steps": [{"arguments": {"religion": "道教", "name": "某某"}}],
        "profile_change": {"changes": {"religion": None}},
    }
    sealed = of(FIRST).seal_within(document)
    assert "佛教" not in str(sealed) and "道教" not in str(sealed)
    assert sealed["profile_change"] == document["profile_change"]
    assert of(SECOND, FIRST).open_within(sealed) == document
    assert of(FIRST).open_within(document) == document  # not sealed yet


def test_a_key_is_made_once_in_the_keys_folder(tmp_path: Path) -> None:
    first = cipher.load({}, process(tmp_path))
    again = cipher.load({}, process(tmp_path))
    assert again.open(first.seal(NUMBER, "p"), "p") == NUMBER
    assert [path.name for path in tmp_path.iterdir()] == ["members.data.key"]
    assert (tmp_path / "members.data.key").stat().st_mode & 0o777 == 0o600


def test_another_key_in_the_folder_is_taken_while_the_process_runs(tmp_path: Path) -> None:
    running = cipher.load({}, process(tmp_path))
    sealed = running.seal(NUMBER, "p")
    file = KeyFile(tmp_path, "members")
    file.write(SECOND, *file())
    assert running.open(sealed, "p") == NUMBER
    assert of(SECOND).open(running.seal(NUMBER, "p"), "p") == NUMBER
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["members.data.key"]


def test_production_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        cipher.load({}, process(tmp_path, "production"))
    assert list(tmp_path.iterdir()) == []
    cipher.load({"MEMBERS_DATA_KEY": KEY}, process(tmp_path, "production"))


@pytest.mark.parametrize(
    "key", ["", "short", "!" * 44, base64.b64encode(b"x" * 31).decode(), f"{KEY},", f"{KEY},short"]
)
def test_a_key_that_is_not_one_is_refused_without_being_shown(key: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        cipher.load({"MEMBERS_DATA_KEY": key}, process(tmp_path))
    assert "MEMBERS_DATA_KEY" in str(error.value)
    assert not key or key not in str(error.value)
