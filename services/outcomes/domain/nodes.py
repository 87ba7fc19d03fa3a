"""What is known of a matter of another service: its facts, in whatever order they came.

A node is a projection: a set of facts under keys that follow from them. All that is said of it is
a pure function of that set, so that order, repetition and replay leave no trace.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.outcomes.domain.files import node_id
from services.outcomes.domain.kinds import NodeKind
from shared.contracts import names

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """An event about a node; `version`: of the aggregate that told it."""

    type: str
    version: int
    at: datetime
    term: int
    data: Data


@dataclass(frozen=True)
class Said:
    """What kind of matter an event is about, and which of its fields say so.

    part: the fields that tell facts of one write apart; label: what happened, in Chinese, for a
    dossier.
    """

    kind: NodeKind
    ref: str
    label: str
    part: tuple[str, ...] = ()


N = NodeKind
OPEN = "OPEN"
# (source, type) → what it says. The one table of what dossiers and files are made of.
HEARD: dict[tuple[str, str], Said] = {
    **{
        ("liaison", event): Said(N.LEAD, "lead_id", label)
        for event, label in {
            names.CONTACT_ISSUE_CONVERTED: "由委员联系转出",
            names.HOME_LEAD_CONVERTED: "由委员之家接待转出",
            names.LEAD_ANSWERED: "已答复",
        }.items()
    },
    **{
        ("proposals", event): Said(N.PROPOSAL, "proposal_id", label, part)
        for event, (label, part) in {
            names.PROPOSAL_FILED: ("立案", ()),
            names.PROPOSAL_MERGED: ("并案", ()),
            names.PROPOSAL_FILING_REVOKED: ("撤销立案", ()),
            names.PROPOSAL_WITHDRAWN: ("撤案", ()),
            names.PROPOSAL_NOT_FILED: ("不予立案", ()),
            names.PROPOSAL_KEY_SELECTED: ("确定为重点提案", ()),
            names.PROPOSAL_KEY_DESELECTED: ("取消重点提案", ()),
            names.PROPOSAL_REPLIED: ("答复", ()),
            names.PROPOSAL_SECOND_REPLIED: ("二次答复", ()),
            names.PROPOSAL_CLOSED: ("办结", ()),
            names.REPLY_OPENNESS_DECIDED: ("答复公开方式已定", ("unit", "round")),
            names.COMMITMENT_MADE: ("作出承诺", ("commitment_no",)),
            names.COMMITMENT_CLAIMED: ("承诺待核实", ("commitment_no",)),
            names.COMMITMENT_MET: ("承诺兑现", ("commitment_no",)),
            names.COMMITMENT_MISSED: ("承诺未兑现", ("commitment_no",)),
            names.COMMITMENT_CHANGED: ("承诺变更", ("commitment_no",)),
            names.COMMITMENT_RENEWED: ("承诺重定期限", ("commitment_no",)),
            names.COMMITMENT_RELEASED: ("承诺了结", ("commitment_no",)),
        }.items()
    },
    **{
        ("opinions", event): Said(N.OPINION, "opinion_id", label, part)
        for event, (label, part) in {
            names.OPINION_SUBMITTED: ("提交", ()),
            names.OPINION_WITHDRAWN: ("撤回", ()),
            names.OPINION_ISSUED: ("编报", ()),
            names.OPINION_ISSUE_REVOKED: ("撤销编报", ()),
            names.OPINION_DELIVERED: ("报送区领导", ()),
            names.OPINION_ADOPTED: ("上级采用", ("level",)),
            names.OPINION_ADOPTION_REVOKED: ("撤销采用", ("level",)),
            names.OPINION_INSTRUCTED: ("获批示", ("instruction_id", "occurrence_no")),
            names.OPINION_INSTRUCTION_REVOKED: ("批示撤销", ("instruction_id", "occurrence_no")),
            names.OPINION_REFERRED: ("转办", ("unit",)),
            names.OPINION_RESULT_GIVEN: ("反馈办理结果", ("unit",)),
            names.OPINION_CLOSED: ("办结", ()),
        }.items()
    },
    ("consultations", names.CONSULTATION_HELD): Said(N.CONSULTATION, "consultation_id", "举行"),
    ("consultations", names.CONSULTATION_REPORTED): Said(
        N.CONSULTATION, "consultation_id", "报送协商专报"
    ),
    ("consultations", names.MOTION_ADOPTED): Said(N.MOTION, "motion_id", "常委会议通过"),
    ("consultations", names.MOTION_DELIVERED): Said(N.MOTION, "motion_id", "报送"),
    **{
        ("supervision", event): Said(N.SUPERVISION, "supervision_id", label, part)
        for event, (label, part) in {
            names.SUPERVISION_OPINION_ISSUED: ("印发监督意见", ()),
            names.SUPERVISION_FED_BACK: ("单位反馈整改", ("unit", "round")),
            names.SUPERVISION_RECHECKED: ("回头看", ("recheck_no",)),
            names.SUPERVISION_CLOSED: ("办结", ()),
        }.items()
    },
    **{
        (source, event): Said(N.REPORT, "report_id", label)
        for source in ("consultations", "supervision")
        for event, label in {
            names.REPORT_ACCEPTED: "采用",
            names.REPORT_REVOKED: "撤销采用",
        }.items()
    },
}
LABELS = {event: said.label for (_, event), said in HEARD.items()}
# What an origin is called by whoever names it → the node.
ORIGINS = {
    "LEAD": N.LEAD,
    "RECEPTION": N.LEAD,
    "CONTACT": N.LEAD,
    "PROPOSAL": N.PROPOSAL,
    "OPINION": N.OPINION,
    "SCPO": N.OPINION,
}


def key_of(event_type: str, version: int, data: Data, said: Said) -> str:
    """Follows from the fact alone, so that a repeated one finds its place taken (decision 3)."""
    part = ":".join(str(data.get(name)) for name in said.part)
    return f"{event_type}:{version}:{part}".replace(".", "·").replace("$", "＄")


def edges_of(node: str, data: Data) -> list[tuple[str, str]]:
    """(from, to) of a fact: what a matter was made from, and what was merged into what."""
    found = []
    origin = data.get("origin")
    if isinstance(origin, Mapping) and origin.get("kind") in ORIGINS and origin.get("ref"):
        found.append((node_id(ORIGINS[origin["kind"]], origin["ref"]), node))
    if lead := data.get("lead"):
        found.append((node, node_id(N.PROPOSAL, lead)))
    # A reception may be what others name as their origin: it is where its leads come from.
    if node.startswith(f"{N.LEAD}:") and (source := data.get("source_id")):
        found.append((node_id(N.LEAD, source), node))
    if (topic := (data.get("topic") or "").strip()) and isinstance(topic, str):
        found.append((node_id(N.TOPIC, topic), node))
    return found


@dataclass(frozen=True)
class Node:
    """A matter with its facts in order."""

    id: str
    kind: NodeKind
    ref: str
    facts: tuple[Fact, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Node:
        facts = [Fact(**fact) for fact in (row.get("facts") or {}).values()]
        facts.sort(key=lambda f: (f.version, f.at, f.type, repr(sorted(f.data.items()))))
        return cls(row["_id"], NodeKind(row["kind"]), row["ref"], tuple(facts))

    def last(self, *types: str) -> Fact | None:
        return next((fact for fact in reversed(self.facts) if fact.type in types), None)

    def said(self, name: str) -> Any:
        """The latest that any fact says of a field; None if none does."""
        told = (fact.data[name] for fact in reversed(self.facts) if fact.data.get(name))
        return next(told, None)

    @property
    def title(self) -> str:
        return str(self.said("title") or "")

    @property
    def topic_codes(self) -> tuple[str, ...]:
        return tuple(self.said("topic_codes") or self.said("topics") or ())

    @property
    def authors(self) -> tuple[str, ...]:
        """Who proposed, wrote or forwarded it."""
        first = self.said("first_proposer") or self.said("by")
        named = self.said("authors") or self.said("main_authors") or ()
        others = self.said("cosigners") or () if self.kind is N.PROPOSAL else ()
        return tuple(dict.fromkeys([*([first] if first else []), *named, *others]))

    @property
    def public(self) -> bool:
        """Filed, standing and open: what the public sees of proposals (section 3)."""
        filed = self.last(
            names.PROPOSAL_FILED,
            names.PROPOSAL_MERGED,
            names.PROPOSAL_FILING_REVOKED,
            names.PROPOSAL_WITHDRAWN,
        )
        standing = filed is not None and filed.type in (names.PROPOSAL_FILED, names.PROPOSAL_MERGED)
        told = self.last(names.PROPOSAL_FILED)
        return standing and told is not None and told.data.get("openness") == OPEN
