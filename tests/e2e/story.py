"""What people do in the stories, all of it through GraphQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.base import global_id, local_id
from shared.actor import Actor, Role
from tests.stack import Document
from tests.unit.gateway.files.samples import PDF
from tests.waiting import eventually
from tests.world import DIRECTOR, STAFF, World

SUPERVISING = Actor("account-supervision", Role.SUPERVISING_OFFICE)
OFFICER = Actor("account-zjj", Role.UNIT_OFFICER, {"unit": "unit-zjj"})
LEADER = Actor("account-zjj-leader", Role.UNIT_LEADER, {"unit": "unit-zjj"})
ZJJ = global_id("Organisation", "unit-zjj")
PROPOSAL = """
  id state stateLabel proposerType serialNo caseNo caseTitle revision sessionMark version
  firstProposer { memberNo name }
  cosignatures { member { memberNo name } state difference { field before after } }
  shortfall { decideBy }
"""

HANDLED = """
  query ($id: ID!) {
    proposal(id: $id) {
      stateLabel closeKindLabel resultClass attitude result dueAt
      assignments { unit { name } partLabel stateLabel deemed }
      contacts { unit { name } wayLabel confirmedAt content }
      replies { unit { name } docNo title resultClassLabel deliveredAt
                answers { suggestion adoptionLabel } signOff { signer } checks { passed } }
      evaluations { member { name } binding disagrees sentAt
                    lines { unit { name } attitudeLabel resultLabel } }
    }
  }
"""


class Refusal(AssertionError):
    """A payload's errors, where the story expected none; `codes` lists them."""

    def __init__(self, errors: list[Document]) -> None:
        super().__init__(str(errors))
        self.codes = [error["reason"] for error in errors]
        self.messages = [error["message"] for error in errors]


@dataclass
class Story:
    world: World

    def member(self, name: str) -> Actor:
        return self.world.members[name]

    def ask(self, actor: Actor, query: str, **variables: Any) -> Document:
        """The data of an answer without errors."""
        answer = self.world.stack.graphql(query, variables, self.world.stack.token(actor))
        assert "errors" not in answer, answer
        data: Document = answer["data"]
        return data

    def do(self, actor: Actor, mutation: str, **given: Any) -> Document:
        """The proposal after `mutation`; raises Refusal with its codes."""
        name = mutation[0].upper() + mutation[1:]
        query = f"""
          mutation ($input: {name}Input!) {{
            {mutation}(input: $input) {{
              proposal {{ {PROPOSAL} }}
              errors {{ reason code field message }}
            }}
          }}
        """
        payload = self.ask(actor, query, input=given)[mutation]
        if payload["errors"]:
            raise Refusal(payload["errors"])
        proposal: Document = payload["proposal"]
        return proposal

    def run(self, actor: Actor, mutation: str, shown: str, /, **given: Any) -> Document:
        """The payload of any mutation; raises Refusal with its codes."""
        name = mutation[0].upper() + mutation[1:]
        query = f"""
          mutation ($input: {name}Input!) {{
            {mutation}(input: $input) {{ {shown} errors {{ reason code field message }} }}
          }}
        """
        payload: Document = self.ask(actor, query, input=given)[mutation]
        if payload["errors"]:
            raise Refusal(payload["errors"])
        return payload

    def only(
        self, actor: Actor, stranger: Actor, mutation: str, shown: str, /, **given: Any
    ) -> Document:
        """The payload, as by `run`, after `stranger` was turned away from the very same."""
        assert self.turned_away(stranger, mutation, **given) == "FORBIDDEN"
        return self.run(actor, mutation, shown, **given)

    def turned_away(self, actor: Actor, mutation: str, /, **given: Any) -> str:
        """The code of the error by which a mutation is not done at all."""
        name = mutation[0].upper() + mutation[1:]
        query = f"""
          mutation ($input: {name}Input!) {{ {mutation}(input: $input) {{ errors {{ reason }} }} }}
        """
        token = self.world.stack.token(actor)
        answer = self.world.stack.graphql(query, {"input": given}, token)
        [error] = answer.get("errors") or [{"extensions": {"code": str(answer)}}]
        return str(error["extensions"]["code"])

    def gid(self, name: str) -> str:
        """The global id of a member."""
        return global_id("Member", str(self.member(name).member_id))

    def earned(self, name: str, record: str) -> list[tuple[str, float]]:
        """(rule, points) of the entries whose source names this record, reversals too."""
        rows = [row for row in self.ledger(name) if record in row["sourceRef"]]
        return sorted((row["ruleCode"], row["basePoints"]) for row in rows)

    def draft(self, first: str, kind: str = "JOINT", **changes: Any) -> str:
        """The id of a draft on the second water supply."""
        text = {
            "title": "关于加强老旧住宅小区二次供水的建议",
            "situation": "全区仍有一批老旧住宅小区使用屋顶水箱，水质难以保证。",
            "analysis": "产权不清，管理责任不明，改造资金没有着落。",
            "suggestions": ["三年内完成改造", "移交供水公司统一管理", "每季度公布水质"],
            "category": "URBAN_RURAL",
            "declared": True,
        }
        row = self.do(self.member(first), "saveDraft", proposerType=kind, **{**text, **changes})
        return str(row["id"])

    def invite(self, first: str, proposal: str, *names: str) -> None:
        for name in names:
            invited = global_id("Member", str(self.member(name).member_id))
            self.do(self.member(first), "inviteCosigner", id=proposal, memberId=invited)

    def confirm(self, proposal: str, *names: str) -> None:
        for name in names:
            self.do(self.member(name), "confirmCosignature", id=proposal)

    def file(self, proposal: str) -> Document:
        """Review and filing by the proposal committee."""
        self.do(STAFF, "startReview", id=proposal)
        return self.file_reviewed(proposal)

    def file_reviewed(self, proposal: str) -> Document:
        """Filing of what is under review."""
        return self.do(DIRECTOR, "fileProposal", id=proposal, reviewUnits=[ZJJ], oneMatter=True)

    def handle(self, proposal: str, doc_no: str) -> Document:
        """By one unit, from the assignment meeting to the delivered reply of class A."""
        units = [{"unitId": ZJJ, "part": "SOLE"}]
        self.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=units)
        self.do(SUPERVISING, "assignProposal", id=proposal)
        self.do(OFFICER, "receiveAssignment", id=proposal)
        day = self.world.now.date().isoformat()
        met = {"way": "VISIT", "heldOn": day, "people": "孙燕、陆晓芸", "content": "看了现场"}
        self.do(OFFICER, "recordContact", id=proposal, **met)
        answers = [{"suggestion": number, "adoption": "ADOPTED"} for number in (1, 2, 3)]
        self.do(
            OFFICER,
            "saveReply",
            id=proposal,
            docNo=doc_no,
            resultClass="A",
            body="您提出的建议收悉，现答复如下。",
            answers=answers,
            proof=[self.upload(OFFICER, "竣工照片.pdf")],
            contactPerson="孙燕",
            contactPhone="0512-63000000",
        )
        self.do(OFFICER, "requestSignOff", id=proposal)
        self.do(LEADER, "signReply", id=proposal, signer="赵宏伟")
        self.do(SUPERVISING, "checkReply", id=proposal, unitId=ZJJ, passed=True)
        return self.do(OFFICER, "deliverReply", id=proposal)

    def upload(self, actor: Actor, name: str, content: bytes = PDF) -> str:
        """The id of an uploaded file."""
        headers = {"Authorization": f"Bearer {self.world.stack.token(actor)}"}
        form = {"file": (name, content)}
        answer = self.world.stack.http.post("/files", files=form, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def evaluate(self, name: str, proposal: str, result: str, **changes: Any) -> Document:
        form = {
            "lines": [{"unitId": ZJJ, "attitude": "SATISFIED", "result": result}],
            "heardBy": "VISIT",
            "visited": True,
            "pertinence": "YES",
            "leaderReplied": True,
        }
        return self.do(self.member(name), "evaluateReply", id=proposal, **{**form, **changes})

    def seen(self, actor: Actor, proposal: str) -> Document | None:
        query = f"query ($id: ID!) {{ proposal(id: $id) {{ {PROPOSAL} }} }}"
        found: Document | None = self.ask(actor, query, id=proposal)["proposal"]
        return found

    def handled(self, actor: Actor, proposal: str) -> Document:
        """What the actor sees of the handling."""
        found: Document = self.ask(actor, HANDLED, id=proposal)["proposal"]
        return found

    def all_of(self, actor: Actor, listed: str, shown: str, **filter: str) -> list[Document]:
        """The nodes of a list of the viewer's, all its pages: others' stories stand there, too,
        and a story's clock may lie before theirs."""
        more = "".join(f", {name}: {value}" for name, value in filter.items())
        query = f"""query ($after: String) {{ viewer {{ {listed}(first: 100, after: $after{more}) {{
          edges {{ node {{ {shown} }} }} pageInfo {{ hasNextPage endCursor }} }} }} }}"""
        found: list[Document] = []
        after = None
        while True:
            page = self.ask(actor, query, after=after)["viewer"][listed]
            found += [edge["node"] for edge in page["edges"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]

    def messages(self, to: str | Actor) -> list[str]:
        """All of a member's or an account's."""
        reader = self.member(to) if isinstance(to, str) else to
        return [row["text"] for row in self.all_of(reader, "notifications", "text")]

    def told(self, to: str | Actor, what: str) -> int:
        """How many of the messages say `what`."""
        return sum(what in text for text in self.messages(to))

    def await_message(self, to: str | Actor, what: str) -> None:
        eventually(lambda: self.told(to, what) == 1)

    def waits(self, actor: Actor, kind: str, proposal: str) -> bool:
        """Whether a to-do of this kind on the proposal waits for the actor."""
        rows = self.all_of(actor, "todos", "link { id }", kind=kind)
        return proposal in [row["link"]["id"] for row in rows]

    def points(self, name: str, case: str) -> list[tuple[str, float]]:
        """(rule, points) of the entries that the case brought the member, reversals too."""
        source = f"proposal/{self.local(case)}/filed"
        rows = self.ledger(name)
        return sorted((r["ruleCode"], r["basePoints"]) for r in rows if r["sourceRef"] == source)

    def ledger(self, name: str) -> list[Document]:
        query = """
          query ($member: ID!, $year: Int!) {
            ledger(memberId: $member, year: $year, first: 100) {
              edges { node { ruleCode basePoints sourceRef eventType occurredOn } }
            }
          }
        """
        member = global_id("Member", str(self.member(name).member_id))
        found = self.ask(self.member(name), query, member=member, year=self.world.now.year)
        edges = found["ledger"]["edges"]
        return [edge["node"] for edge in edges]

    def total(self, name: str) -> float:
        score = self.ask(self.member(name), "{ viewer { score { total } } }")["viewer"]["score"]
        return float(score["total"])

    def await_points(self, name: str, case: str, expected: list[tuple[str, float]]) -> None:
        eventually(lambda: self.points(name, case) == expected)

    def published(self, proposal: str) -> list[str]:
        return self.world.published(self.local(proposal))

    @staticmethod
    def local(proposal: str) -> str:
        return local_id(proposal, "Proposal")
