"""An import of a roster on a real database: checked, applied once, finished after a crash."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, Unpack

import pytest

from services.members.commands import imports, profiles
from services.members.commands.ports import Roster
from services.members.domain.errors import (
    ImportExpired,
    ImportHasErrors,
    ImportNotFound,
    TermClosed,
)
from services.members.domain.posts import PostKind
from services.members.domain.rows import Action
from services.members.queries import imports as reports
from services.members.schemas.imports import RosterRowFilter
from shared.actor import Role
from shared.errors import CommandIdReused
from tests.integration.members.roster_case import Case, call, command, post

SYSTEM = call(Role.SYSTEM)
NEW = {"name": "陆晓芸", "gender": "女", "sector": "经济界", "affiliation": "民建"}
Cells = dict[str, str]


def check(case: Case, *rows: Cells, by: Any = None) -> str:
    return imports.check_roster_import(
        by or call(),
        case.roster,
        term=15,
        file_name="名册.xlsx",
        sha256="0" * 64,
        rows=[{"row": number, "cells": cells} for number, cells in enumerate(rows, 2)],
    )


def apply(case: Case, import_id: str, *, skip_errors: bool = False) -> str:
    return imports.apply_roster_import(
        call(), case.roster, import_id=import_id, skip_errors=skip_errors
    )


def work(case: Case, roster: Roster | None = None) -> None:
    """Until nothing is left to do."""
    for _ in range(10):
        imports.work_on_imports(SYSTEM, roster or case.roster)


def report(case: Case, import_id: str) -> dict[str, Any]:
    [row] = reports.roster_imports_by_ids(call(), case.roster, ids=[import_id])
    return row


def rows(case: Case, import_id: str, **filter: Unpack[RosterRowFilter]) -> list[dict[str, Any]]:
    page = reports.list_roster_import_rows(
        call(), case.roster, import_id=import_id, filter=filter, first=100, after=None
    )
    return list(page["rows"])


def said(found: list[dict[str, Any]]) -> list[tuple[int, str, Any]]:
    return [(row["number"], row["action"], row["outcome"]) for row in found]


def test_a_check_reports_each_row_and_writes_no_membership(case: Case) -> None:
    case.member(88, name="陆晓芸", work_unit="华源自来水")
    before = case.doc("m-15-0088")
    made = check(
        case,
        {"member_no": "15-0088", "title": "经理", "work_unit": "华源自来水"},
        {"member_no": "15-0088", "title": "经理"},
        {"member_no": "15-0200", **NEW, "name": "沈建国"},
        {"member_no": "15-0201", **NEW, "sector": "商界", "phone": "1"},
        {"member_no": "15-0088"},
    )
    assert report(case, made) | {"checked_at": None} == {
        "id": made,
        "term": 15,
        "file_name": "名册.xlsx",
        "sha256": "0" * 64,
        "state": "CHECKED",
        "skip_errors": False,
        "counts": {"CHANGED": 1, "ERROR": 3, "NEW": 1},
        "outcomes": {},
        "checked_at": None,
        "applied_at": None,
        "finished_at": None,
    }
    found = rows(case, made)
    assert [(row["number"], row["member_no"], row["action"]) for row in found] == [
        (2, "15-0088", "CHANGED"),
        (3, "15-0088", "ERROR"),
        (4, "15-0200", "NEW"),
        (5, "15-0201", "ERROR"),
        (6, "15-0088", "ERROR"),
    ]
    assert [row["fields"] for row in found[:3]] == [
        ["title"],
        [],
        ["name", "gender", "sector", "affiliation"],
    ]
    assert [(item["field"], item["code"]) for item in found[3]["problems"]] == [
        ("sector", "SECTOR_UNFIT"),
        ("phone", "INVALID_INPUT"),
    ]
    assert not {"steps", "values"} & found[0].keys()
    assert said(rows(case, made, actions=[Action.NEW])) == [(4, "NEW", None)]
    assert (
        reports.count_roster_import_rows(
            call(), case.roster, import_id=made, filter={"actions": [Action.ERROR]}
        )
        == 3
    )
    assert case.doc("m-15-0088") == before
    assert case.database.collection("members").count_documents({}) == 1


def test_rows_become_members(case: Case) -> None:
    case.member(88, name="陆晓芸")
    made = check(
        case,
        {"member_no": "15-0088", "title": "经理", "posts": "常委", "phone": "13812340088"},
        {"member_no": "15-0200", **NEW, "name": "沈建国", "posts": "主席"},
        {
            "member_no": "15-0201",
            **NEW,
            "name": "欧阳雪",
            "joined_via": "增补",
            "joined_on": "2017-02-03",
        },
        {"member_no": "15-0088"} | {"member_no": "15-0300"} | NEW | {"name": "周"},
    )
    assert apply(case, made) == made
    work(case)
    assert said(rows(case, made)) == [
        (2, "CHANGED", "APPLIED"),
        (3, "NEW", "APPLIED"),
        (4, "NEW", "APPLIED"),
        (5, "NEW", "APPLIED"),
    ]
    assert report(case, made)["state"] == "APPLIED"
    assert report(case, made)["outcomes"] == {"APPLIED": 4}
    lu = case.doc("m-15-0088")
    assert (lu["title"], lu["posts"]) == ("经理", [{"post": "STANDING_MEMBER"}])
    assert case.types("m-15-0200") == [
        "member_nominated",
        "member_appointed",
        "member_post_changed",
    ]
    [event] = case.events("m-15-0201")[1:]
    assert event["actor"]["account"] == "account-office"
    assert event["data"]["joined_via"] == "CO_OPTED"
    assert event["data"]["joined_on"] == "2017-02-03T00:00:00+08:00"
    phone = case.roster.memberships.person("p-15-0088").phone
    assert phone == "13812340088"
    kept = case.database.collection("roster_import_rows").find_one({"number": 2}) or {}
    assert not {"steps", "values"} & kept.keys()


def test_applied_twice_changes_nothing_twice(case: Case) -> None:
    made = check(case, {"member_no": "15-0200", **NEW})
    apply(case, made)
    work(case)
    once = case.doc("m-15-0200")
    apply(case, made)
    work(case)
    assert case.doc("m-15-0200") == once
    assert once["version"] == 2


def test_errors_stand_in_the_way_unless_skipped(case: Case) -> None:
    made = check(case, {"member_no": "15-0200", **NEW}, {"member_no": "88"})
    with pytest.raises(ImportHasErrors):
        apply(case, made)
    assert report(case, made)["state"] == "CHECKED"
    apply(case, made, skip_errors=True)
    work(case)
    assert said(rows(case, made)) == [(2, "NEW", "APPLIED"), (3, "ERROR", "SKIPPED")]
    assert report(case, made)["outcomes"] == {"APPLIED": 1, "SKIPPED": 1}


def test_what_has_changed_since_the_check_is_reported_and_others_go_on(case: Case) -> None:
    case.member(88, name="陆晓芸")
    case.member(31, name="沈建国")
    made = check(
        case,
        {"member_no": "15-0088", "title": "经理"},
        {"member_no": "15-0031", "posts": "主席"},
        {"member_no": "15-0200", **NEW, "name": "周明"},
    )
    profiles.change_profile(
        call(), case.roster, member_id="m-15-0088", changes={"title": "经理", "work_unit": "华源"}
    )
    case.member(1, post(PostKind.CHAIR))
    apply(case, made)
    work(case)
    found = rows(case, made)
    assert said(found) == [
        (2, "CHANGED", "REFUSED"),
        (3, "CHANGED", "REFUSED"),
        (4, "NEW", "APPLIED"),
    ]
    assert [[item["code"] for item in row["problems"]] for row in found] == [
        ["IMPORT_ROW_OUTDATED"],
        ["IMPORT_ROW_OUTDATED", "POST_TAKEN"],
        [],
    ]
    assert report(case, made)["state"] == "APPLIED"


class Dying:
    """The memberships of a process that ends at its second write."""

    def __init__(self, case: Case) -> None:
        self._memberships = case.roster.memberships

    def __getattr__(self, name: str) -> Any:
        return getattr(self._memberships, name)

    def edit(self, *_: Any) -> str:
        raise RuntimeError("killed")


def test_a_crash_in_the_middle_of_a_row_is_finished_by_the_next(case: Case) -> None:
    made = check(
        case, {"member_no": "15-0200", **NEW}, {"member_no": "15-0201", **NEW, "name": "周"}
    )
    apply(case, made)
    dying: Any = Dying(case)
    with pytest.raises(RuntimeError):
        imports.work_on_imports(SYSTEM, replace(case.roster, memberships=dying))
    assert case.doc("m-15-0200")["state"] == "NOMINATED"
    work(case)  # held by the one that died, for as long as its lease
    assert case.doc("m-15-0200")["state"] == "NOMINATED"
    case.database.collection("roster_imports").update_many({}, {"$unset": {"lease_until": ""}})
    work(case)
    assert said(rows(case, made)) == [(2, "NEW", "APPLIED"), (3, "NEW", "APPLIED")]
    assert case.types("m-15-0200") == ["member_nominated", "member_appointed"]


class Slow:
    """The imports as a replica knows them that read the waiting rows, and then was held up."""

    def __init__(self, case: Case) -> None:
        self._imports = case.roster.imports
        self._waiting: list[dict[str, Any]] | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._imports, name)

    def waiting(self, import_id: str, most: int) -> list[dict[str, Any]]:
        if self._waiting is None:
            self._waiting = self._imports.waiting(import_id, most)
        return self._waiting


def test_a_replica_that_comes_late_does_not_refuse_what_the_other_has_done(case: Case) -> None:
    made = check(case, {"member_no": "15-0200", **NEW})
    apply(case, made)
    slow: Any = Slow(case)
    slow.waiting(made, 25)
    work(case)
    once = case.doc("m-15-0200")
    case.database.collection("roster_imports").update_many({}, {"$set": {"state": "APPLYING"}})
    imports.work_on_imports(SYSTEM, replace(case.roster, imports=slow))
    assert said(rows(case, made)) == [(2, "NEW", "APPLIED")]
    assert case.doc("m-15-0200") == once


def test_the_same_command_is_one_import(case: Case) -> None:
    content = {"rows": [1]}
    row = {"member_no": "15-0200", **NEW}
    first = check(case, row, by=command("c-1", content))
    assert check(case, row, by=command("c-1", content)) == first
    with pytest.raises(CommandIdReused):
        check(case, row, by=command("c-1", {"rows": [2]}))
    assert case.database.collection("roster_import_rows").count_documents({}) == 1


def test_a_check_holds_a_week(case: Case) -> None:
    made = check(case, {"member_no": "15-0200", **NEW})
    doc = case.database.collection("roster_imports").find_one({"_id": made}) or {}
    case.database.collection("roster_imports").update_one(
        {"_id": made}, {"$set": {"expires_at": doc["expires_at"] - timedelta(days=7, seconds=1)}}
    )
    with pytest.raises(ImportExpired):
        apply(case, made)
    with pytest.raises(ImportNotFound):
        apply(case, "no-import")


def test_a_closed_term_takes_no_roster(case: Case) -> None:
    case.database.collection("terms").update_one({"_id": "term-15"}, {"$set": {"state": "CLOSED"}})
    with pytest.raises(TermClosed):
        check(case, {"member_no": "15-0200", **NEW})


def test_a_whole_roster_is_checked_in_a_call(case: Case) -> None:
    sheet = [
        {"member_no": f"15-{number:04d}", **NEW, "name": f"委员{number}"}
        for number in range(1, 1001)
    ]
    made = check(case, *sheet)
    assert report(case, made)["counts"] == {"NEW": 1000}
