"""Pages of lists, and the rows of other services that they show."""

from __future__ import annotations

from typing import Any

from shared.errors import DeadlineExceeded
from tests.unit.gateway.sample import FakeRpc, ask, gateway


class TestPages:
    ROWS = [{"id": "1", "title": "a", "cursor": "c1"}, {"id": "2", "title": "b", "cursor": "c2"}]  # noqa: RUF012

    def page(self, query: str, has_next: bool = True) -> tuple[Any, list[tuple[str, Any]]]:
        rpc = FakeRpc(
            {
                "proposals.list_proposals": {"rows": self.ROWS, "has_next": has_next},
                "proposals.count_proposals": 31,
            }
        )
        answer = ask(gateway(rpc), query)
        return answer.get("data", answer), rpc.calls

    def test_edges_and_page_info(self) -> None:
        data, calls = self.page(
            '{ proposals(first: 2, after: "c0", state: DRAFT, orderBy: FILED) {'
            " edges { cursor node { title } }"
            " pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"
        )
        assert data["proposals"] == {
            "edges": [
                {"cursor": "c1", "node": {"title": "a"}},
                {"cursor": "c2", "node": {"title": "b"}},
            ],
            "pageInfo": {
                "hasNextPage": True,
                "hasPreviousPage": True,
                "startCursor": "c1",
                "endCursor": "c2",
            },
        }
        assert calls == [
            (
                "proposals.list_proposals",
                {"filter": {"state": "DRAFT"}, "order_by": "FILED", "first": 2, "after": "c0"},
            )
        ]

    def test_the_first_page_of_an_empty_list(self) -> None:
        rpc = FakeRpc({"proposals.list_proposals": {"rows": [], "has_next": False}})
        query = "{ proposals { edges { cursor } pageInfo { hasPreviousPage startCursor } } }"
        assert ask(gateway(rpc), query)["data"]["proposals"] == {
            "edges": [],
            "pageInfo": {"hasPreviousPage": False, "startCursor": None},
        }
        assert rpc.calls == [
            ("proposals.list_proposals", {"filter": {}, "first": 20, "after": None})
        ]

    def test_the_total_is_a_call_of_its_own(self) -> None:
        data, calls = self.page("{ proposals(state: DRAFT) { edges { cursor } totalCount } }")
        assert data["proposals"]["totalCount"] == 31
        assert [name for name, _ in calls] == [
            "proposals.list_proposals",
            "proposals.count_proposals",
        ]
        assert calls[1][1] == {"filter": {"state": "DRAFT"}}

    def test_only_the_total_needs_no_rows(self) -> None:
        data, calls = self.page("{ proposals { __typename totalCount } }")
        assert data["proposals"] == {"__typename": "ProposalConnection", "totalCount": 31}
        assert [name for name, _ in calls] == ["proposals.count_proposals"]

    def test_asked_names_the_rows_keys(self) -> None:
        rpc = FakeRpc({"proposals.proposal": None})
        ask(
            gateway(rpc),
            "{ proposal(id: 1) { __typename id when: submittedAt ...F ... on Node { id } } }"
            " fragment F on Proposal { stateLabel proposer { name } ... { words } }",
        )
        assert rpc.calls[0][1]["fields"] == [
            "id",
            "proposer",
            "state_label",
            "submitted_at",
            "words",
        ]


class TestReferences:
    QUERY = "{ proposals { edges { node { id proposer { name } } } } }"

    def rows(self, *proposers: str | None) -> dict[str, Any]:
        return {
            "rows": [
                {"id": str(n), "title": "t", "cursor": "c", "proposer_id": id}
                for n, id in enumerate(proposers)
            ],
            "has_next": False,
        }

    def names(self, rpc: FakeRpc, query: str = QUERY) -> tuple[list[Any], list[str]]:
        """(names of the proposers, codes of the errors)"""
        answer = ask(gateway(rpc), query)
        nodes = [edge["node"] for edge in answer["data"]["proposals"]["edges"]]
        names = [(node["proposer"] or {}).get("name") for node in nodes]
        return names, [error["extensions"]["code"] for error in answer.get("errors", [])]

    def test_a_page_fetches_them_with_one_call(self) -> None:
        rpc = FakeRpc(
            {
                "proposals.list_proposals": self.rows("a", "b", "a", None, "gone"),
                "members.members_by_ids": [{"id": "b", "name": "乙"}, {"id": "a", "name": "甲"}],
            }
        )
        assert self.names(rpc) == (["甲", "乙", "甲", None, None], [])
        asked = {"ids": ["a", "b", "gone"], "fields": ["name"]}
        assert rpc.calls[1:] == [("members.members_by_ids", asked)]

    def test_a_value_of_the_same_name_is_not_taken_for_the_record(self) -> None:
        page = self.rows("a")
        page["rows"][0]["proposer"] = "a"
        rpc = FakeRpc(
            {
                "proposals.list_proposals": page,
                "members.members_by_ids": [{"id": "a", "name": "甲"}],
            }
        )
        assert self.names(rpc) == (["甲"], [])

    def test_asked_for_the_fields_of_all_their_selections(self) -> None:
        query = """{ proposals { edges { node { proposer { name } ...Id } } } }
            fragment Id on Proposal { again: proposer { id } }"""
        rpc = FakeRpc(
            {"proposals.list_proposals": self.rows("a"), "members.members_by_ids": [{"id": "a"}]}
        )
        ask(gateway(rpc), query)
        asked = {"ids": ["a"], "fields": ["id", "name"]}
        assert rpc.calls[1:] == [("members.members_by_ids", asked)]

    def test_only_where_the_selection_shows_them(self) -> None:
        rpc = FakeRpc({"proposals.list_proposals": self.rows("a")})
        ask(gateway(rpc), "{ proposals { edges { node { id } } } }")
        assert [name for name, _ in rpc.calls] == ["proposals.list_proposals"]

    def test_through_fragments_too(self) -> None:
        query = (
            "{ proposals { edges { ...E } } }"
            " fragment E on ProposalEdge { node { ... on Proposal { proposer { name } } } }"
        )
        rpc = FakeRpc(
            {
                "proposals.list_proposals": self.rows("a", "b"),
                "members.members_by_ids": lambda ids, fields: [
                    {"id": id, "name": id} for id in ids
                ],
            }
        )
        assert self.names(rpc, query) == (["a", "b"], [])
        assert len(rpc.calls) == 2

    def test_no_call_where_nobody_is_referred_to(self) -> None:
        rpc = FakeRpc({"proposals.list_proposals": self.rows(None)})
        assert self.names(rpc) == ([None], [])

    def test_an_absent_service_nulls_the_references_only(self) -> None:
        rpc = FakeRpc(
            {
                "proposals.list_proposals": self.rows("a", None),
                "members.members_by_ids": DeadlineExceeded(),
            }
        )
        assert self.names(rpc) == ([None, None], ["DEADLINE_EXCEEDED"])

    def test_outside_of_pages_the_data_loader_fetches_them(self) -> None:
        rpc = FakeRpc(
            {
                "proposals.proposal": {"id": "1", "proposer_id": "a"},
                "members.members_by_ids": [{"id": "a", "name": "甲"}],
            }
        )
        answer = ask(
            gateway(rpc),
            "{ a: proposal(id: 1) { proposer { name } } b: proposal(id: 2) { proposer { name } } }",
        )
        assert [answer["data"][alias]["proposer"] for alias in "ab"] == [{"name": "甲"}] * 2
        assert [name for name, _ in rpc.calls].count("members.members_by_ids") == 1
