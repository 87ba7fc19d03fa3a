"""Demo data of outcomes: a suggestion motion of 2016 whose items stand in every state."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql_relay import to_global_id

from deploy.local.demo_data import accounts, people
from deploy.local.demo_data.clients import Gateway
from shared.settings import Settings

Row = dict[str, Any]
Act = Callable[[], Row]
# How far an item goes → the steps that lead there, each after those before it.
OUTCOME_STEPS = ("REFERRED", "ANSWERED", "IMPLEMENTING", "IMPLEMENTED", "VERIFIED", "CLOSED")
ANSWERS = ("ADOPTED", "PARTLY_ADOPTED", "NOT_ADOPTED")


def load(process: Settings, office: Gateway, once_heard: Callable[[Act], Row]) -> None:
    """In the name of the office, the supervising office and a unit; safe to repeat."""
    source = people.data("outcomes")
    supervising, unit = Gateway(process), Gateway(process)
    supervising.sign_in("supervision", accounts.password(), "SUPERVISING_OFFICE")
    unit.sign_in("slj", accounts.password(), "UNIT_OFFICER")
    authors = [to_global_id("Member", f"m-{no}") for no in source["authors"]]
    asked = {**source["file"], "authors": authors}
    opening = partial(office.do, "openOutcome", asked, "outcome { id }")
    file = {"outcomeId": once_heard(opening)["outcome"]["id"]}
    rows = [
        (office.do("addOutcomeItem", {**file, **_said(item)}, "item { id }"), item["until"])
        for item in source["items"]
    ]
    office.do("instructOutcome", {**file, **source["instruction"]})
    office.do("convertOutcome", {**file, **source["conversion"]})
    for made, until in rows:
        _bring(office, supervising, unit, {"itemId": made["item"]["id"]}, source, until)
    office.do("addOutcomeItem", {**file, **source["late"]})


def _said(item: Row) -> Row:
    return {key: value for key, value in item.items() if key != "until"}


def _bring(
    office: Gateway,
    supervising: Gateway,
    unit: Gateway,
    item: Row,
    source: Row,
    until: str,
) -> None:
    """An item as far as the state that it is to show."""
    last = "ANSWERED" if until in ANSWERS else until
    steps = OUTCOME_STEPS[: OUTCOME_STEPS.index(last) + 1] if last in OUTCOME_STEPS else ()
    adoption = until if until in ANSWERS else "ADOPTED"
    why = {"reason": "财力难以承担"} if adoption == "NOT_ADOPTED" else {}
    answer = {"adoption": adoption, "result": "经研究，答复如下。", **why}
    referral = {"unit": to_global_id("Organisation", source["unit"])}
    doing: dict[str, tuple[Gateway, str, Row]] = {
        "REFERRED": (supervising, "referOutcomeItem", referral),
        "ANSWERED": (supervising, "answerOutcomeItem", answer),
        "IMPLEMENTING": (unit, "reportOutcomeProgress", {"text": "正在推进", "percent": 40}),
        "IMPLEMENTED": (unit, "reportOutcomeProgress", {"text": "已经完成", "done": True}),
        "VERIFIED": (office, "verifyOutcomeItem", {"verified": True, "text": "现场核实"}),
        "CLOSED": (office, "closeOutcomeItem", {}),
    }
    for step in steps:
        who, mutation, said = doing[step]
        who.do(mutation, {**item, **said})
