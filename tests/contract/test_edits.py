"""What two desks may edit at once is refused to the later one, if it names the version it saw."""

from __future__ import annotations

import re
from typing import Any

from gateway.manifests import manifests
from gateway.schema import build

EDITING = (
    "change",
    "comment",
    "draft",
    "edit",
    "name",
    "propose",
    "redraft",
    "register",
    "rename",
    "save",
    "set",
    "write",
)
# Commands that are called so and overwrite nobody's words, each for a reason.
OTHERS = {
    "changeOrganisation": "says only what changes",
    "changePassword": "one's own",
    "changePost": "a decision with its day, and the posts of others are guarded by their seats",
    "changeProfile": "says only what changes",
    "changeSetting": "a proposal of its own, on which another person decides",
    "draftDocument": "begins a new one",
    "proposeConsultation": "begins a new one",
    "proposeContactLink": "begins a new one",
    "proposeContactLinks": "begins a new one",
    "proposeMotion": "begins a new one",
    "proposeScoringRules": "what is proposed is the draft, which is edited by its own version",
    "proposeStudyPlan": "what is proposed is the plan, which is edited by its own version",
    "proposeSwap": "refused while one is open",
    "nameKeyLeader": "a decision of leaders; the later one holds",
    "nameLead": "a decision; the later one holds",
    "renameTopic": "one word; the later one holds",
    "saveEvaluation": "of the first proposer alone",
    "setNotificationPreferences": "one's own, and whole",
    "setCounterStart": "once, before the first use",
    "writeCirclePost": "begins a new one",
    "writeSupervisionReport": "handed in whole, and decided on by others",
}


def test_whoever_edits_may_name_the_version_that_was_seen() -> None:
    without = {
        said["graphql"]
        for made in manifests().values()
        for said in made["operations"].values()
        if said["kind"] == "command"
        and said.get("graphql")
        and re.match(r"[a-z]+", said["graphql"]).group() in EDITING  # type: ignore[union-attr]
        and "expected_version" not in {given["name"] for given in said["inputs"]}
    }
    assert without == set(OTHERS)


def test_what_is_edited_by_version_shows_it() -> None:
    """In a field of the type that the command answers with."""
    blind, types = set(), build().schema.type_map
    for made in manifests().values():
        for said in made["operations"].values():
            if "expected_version" not in {given["name"] for given in said["inputs"]}:
                continue
            [answer] = said["answers"]
            kind: Any = types[answer["type"]]
            if not {"version", "written"} & set(kind.fields):
                blind.add(said["graphql"])
    assert blind == set()
