"""Identity numbers and religion at rest, and their key changed while people work."""

from __future__ import annotations

import base64
import threading
from pathlib import Path
from typing import Any

import pytest

from services.members import rotate as rotation
from services.members.cipher import SERVICE, DataCipher, load
from services.members.commands import profiles
from services.members.domain.errors import PersonExists
from services.members.queries import private, roster
from services.members.repository.sealed import seal_anew, seal_plain
from shared import settings
from shared.actor import Actor, Role
from shared.call import Call
from shared.sealing import KeyFile
from tests.integration.members.roster_case import Case

NUMBERS = [f"1101051949123100{n:02d}" for n in range(20)]
FIRST, SECOND = bytes(range(32)), bytes(32)
KEYS, PAIR = (FIRST,), (SECOND, FIRST)
OFFICE = Call(Actor("account-office", Role.OFFICE), "c-1")
SYSTEM = Call(Actor("service:members", Role.SYSTEM), "c-1")


def stored(case: Case, name: str = "persons") -> list[dict[str, Any]]:
    return list(case.database.collection(name).find().sort("_id", 1))


def use(case: Case, cipher: Any) -> None:
    """The roster of a process that has these keys."""
    case.roster.memberships._cipher = cipher
    object.__setattr__(case.roster, "cipher", cipher)


@pytest.fixture
def case(bare: Case) -> Case:
    bare.open_term()
    use(bare, DataCipher(lambda: KEYS))
    return bare


def religion(case: Case, member: str) -> Any:
    [row] = private.private_data_by_ids(OFFICE, case.roster, ids=[member])
    return row["religion"]


def change(case: Case, member: str, value: str | None) -> None:
    profiles.change_profile(OFFICE, case.roster, member_id=member, changes={"religion": value})


def record(case: Case, member: str, number: str) -> None:
    [row] = case.database.collection("members").find({"_id": member})
    profiles.record_id_number(SYSTEM, case.roster, person_id=row["person_id"], id_number=number)


def test_a_religion_is_read_by_whom_it_is_for_and_stands_nowhere_in_the_database(
    case: Case,
) -> None:
    member = case.nominate(301)
    change(case, member, "佛教")
    assert religion(case, member) == "佛教"
    [masked] = private.masked_data_by_ids(OFFICE, case.roster, ids=[member])
    assert masked["religion_recorded"] is True
    own = Call(Actor("account-1", Role.MEMBER, member_id=member), "c-1")
    case.appoint(member)
    profiles.request_profile_change(own, case.roster, member_id=None, changes={"religion": "道教"})
    [asked] = roster.profile_changes_by_ids(OFFICE, case.roster, ids=[member])
    assert asked["changes"] == {"religion": "道教"}
    for name in case.database.db.list_collection_names():
        assert "佛教" not in str(stored(case, name)) and "道教" not in str(stored(case, name)), name
    profiles.confirm_profile_change(
        OFFICE, case.roster, member_id=member, change_id=asked["change_id"]
    )
    assert religion(case, member) == "道教"
    change(case, member, None)
    assert religion(case, member) is None


def test_what_the_version_before_wrote_is_read_and_then_sealed(case: Case) -> None:
    member = case.nominate(302)
    persons = case.database.collection("persons")
    persons.update_many({}, {"$set": {"religion": "佛教"}})
    assert religion(case, member) == "佛教"
    for _ in range(2):
        seal_plain(case.database, case.roster.cipher)  # type: ignore[arg-type]
    assert "佛教" not in str(stored(case))
    assert religion(case, member) == "佛教"


def test_the_key_changes_while_people_work(case: Case, tmp_path: Path) -> None:
    file = KeyFile(tmp_path, SERVICE)
    file.make()
    process = settings.read({"KEYS_DIR": str(tmp_path), "ENVIRONMENT": "test"})
    former = base64.b64decode(file.path.read_text())
    use(case, load({}, process))
    members = [case.nominate(310 + n) for n in range(6)]
    for member, number in zip(members, NUMBERS, strict=False):
        change(case, member, f"教派{number}")
        record(case, member, number)
    stop = threading.Event()
    wrong: list[BaseException] = []

    def work() -> None:
        """What others do meanwhile."""
        while not stop.is_set():
            try:
                change(case, members[0], "佛教")
                assert religion(case, members[0]) == "佛教"
                change(case, members[0], None)
                with pytest.raises(PersonExists):
                    record(case, members[1], NUMBERS[2])
            except BaseException as error:
                wrong.append(error)
                return

    worker = threading.Thread(target=work)
    worker.start()
    told: list[str] = []
    try:
        done = rotation.rotate(case.database, load({}, process), file, told.append)
    finally:
        stop.set()
        worker.join(20)
    assert (done, wrong) == (0, [])
    assert told[0].startswith("a new key") and told[-1].endswith("the former one is gone")
    assert len(file()) == 1
    assert file()[0] != former
    use(case, DataCipher(lambda: file()))
    for member, number in list(zip(members, NUMBERS, strict=False))[1:]:
        assert religion(case, member) == f"教派{number}"
        with pytest.raises(PersonExists):
            record(case, members[0], number)
    mark = case.roster.memberships._cipher.mark
    for person in stored(case):
        assert person["id_number_sealed"] is None or person["id_number_sealed"].startswith(mark)


def test_a_change_that_was_broken_off_goes_on(case: Case, tmp_path: Path) -> None:
    members = [case.nominate(320 + n) for n in range(4)]
    for member, number in zip(members, NUMBERS, strict=False):
        record(case, member, number)
    both = DataCipher(lambda: PAIR)

    def dies(_line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        seal_anew(case.database, both, dies)
    use(case, both)
    for member, number in zip(members, NUMBERS, strict=False):
        record(case, member, number)  # each is still found, whichever key sealed it
    assert rotation.rotate(case.database, both, None, lambda _line: None) == 0
    only = DataCipher(lambda: PAIR[:1])
    for person in stored(case):
        if person["id_number_sealed"]:
            assert only.open(person["id_number_sealed"], person["_id"]) in NUMBERS
            assert person["id_number_digest"] in {only.digest(number) for number in NUMBERS}
    assert seal_anew(case.database, both, lambda _line: None) == 0


def test_what_no_key_opens_is_told_and_left(case: Case) -> None:
    member = case.nominate(330)
    record(case, member, NUMBERS[0])
    told: list[str] = []
    lost = DataCipher(lambda: (SECOND,))
    assert rotation.rotate(case.database, lost, None, told.append) == 1
    assert any("no key that is known opens it" in line for line in told)
    assert NUMBERS[0] not in str(told)
    [person] = [row for row in stored(case) if row["id_number_sealed"]]
    assert (
        case.roster.memberships._cipher.open(person["id_number_sealed"], person["_id"])
        == (NUMBERS[0])
    )
