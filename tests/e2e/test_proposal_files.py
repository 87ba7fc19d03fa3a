"""Files of a proposal: attached to a draft, to a paper proposal, to a reply; who reads them."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.base import global_id
from shared.actor import Actor, Role
from shared.ids import new_id
from tests.e2e.files import (
    ATTACHMENTS,
    LU,
    QIAN,
    SHEN,
    attached,
    download,
    headers,
    held,
    seen,
)
from tests.e2e.story import LEADER, OFFICER, SUPERVISING, ZJJ, Refusal, Story
from tests.unit.gateway.files.samples import PDF, PNG
from tests.waiting import eventually
from tests.world import DIRECTOR, OFFICE, STAFF


def test_a_cosigner_reads_what_is_attached_and_an_outsider_does_not(story: Story) -> None:
    lu, shen, qian = (story.member(name) for name in (LU, SHEN, QIAN))
    proposal = story.draft(LU)
    file_id = story.upload(lu, "调研.pdf")
    assert download(story, shen, file_id).status_code == 404
    attached(story, proposal, file_id)
    assert download(story, shen, file_id).status_code == 404
    story.invite(LU, proposal, SHEN)

    answer = download(story, shen, file_id)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert download(story, lu, file_id).content == PDF
    assert download(story, qian, file_id).status_code == 404
    assert story.world.stack.http.get(f"/files/{file_id}").status_code == 401
    (shown,) = seen(story, shen, proposal)["attachments"]
    assert (shown["id"], shown["name"], shown["size"]) == (file_id, "调研.pdf", len(PDF))
    assert shown["contentType"] == "application/pdf"
    assert shown["uploadedAt"].startswith("2017-02-06T09:")


def test_a_filed_open_proposal_shows_its_files_to_members_but_not_to_visitors(
    story: Story,
) -> None:
    proposal = story.draft(LU, kind="INDIVIDUAL")
    file_id = story.upload(story.member(LU), "调研.pdf")
    attached(story, proposal, file_id)
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    assert download(story, story.member(QIAN), file_id).content == PDF
    assert download(story, Actor("a", Role.UNIT_OFFICER), file_id).status_code == 404
    visitor = story.world.stack.graphql(ATTACHMENTS, {"id": proposal})["data"]["proposal"]
    assert visitor == {"title": visitor["title"], "attachments": None, "entry": None}


class TestLinks:
    @pytest.fixture
    def url(self, story: Story) -> str:
        proposal = story.draft(LU)
        attached(story, proposal, story.upload(story.member(LU), "图.png", PNG))
        (shown,) = seen(story, story.member(LU), proposal)["attachments"]
        return str(shown["url"])

    def test_a_link_needs_no_header(self, story: Story, url: str) -> None:
        answer = story.world.stack.http.get(url)
        assert (answer.status_code, answer.content) == (200, PNG)
        assert answer.headers["content-type"] == "image/png"

    def test_a_link_is_for_its_own_account(self, story: Story, url: str) -> None:
        own, other = (headers(story, story.member(name)) for name in (LU, SHEN))
        http = story.world.stack.http
        assert http.get(url, headers=own).status_code == 200
        assert http.get(url, headers=other).json()["code"] == "LINK_EXPIRED"

    def test_a_link_opens_no_other_file(self, story: Story, url: str) -> None:
        other = story.upload(story.member(LU), "调研.pdf")
        _, _, link = url.partition("?")
        self.refused(story, f"/files/{other}?{link}")

    def test_an_altered_link_opens_nothing(self, story: Story, url: str) -> None:
        self.refused(story, url[:-10] + ("A" * 10 if url[-10:] != "A" * 10 else "B" * 10))
        self.refused(story, url.partition("link=")[0] + "link=x")

    @staticmethod
    def refused(story: Story, url: str) -> None:
        answer = story.world.stack.http.get(url)
        assert (answer.status_code, answer.json()["code"]) == (403, "LINK_EXPIRED")


class TestNaming:
    """Which files a command may name."""

    def refusal(self, story: Story, name: str, **given: Any) -> list[str]:
        with pytest.raises(Refusal) as refused:
            story.do(story.member(name), "saveDraft", **given)
        return refused.value.codes

    def test_only_what_one_uploaded_oneself(self, story: Story) -> None:
        proposal = story.draft(LU)
        theirs = story.upload(story.member(SHEN), "调研.pdf")
        for file_id in (theirs, global_id("File", new_id())):
            codes = self.refusal(story, LU, id=proposal, attachments=[file_id])
            assert codes == ["FILE_UNKNOWN"]

    def test_a_file_id_is_a_file_id(self, story: Story) -> None:
        proposal = story.draft(LU)
        for value in (proposal, '{"$ne": null}', ""):
            codes = self.refusal(story, LU, id=proposal, attachments=[value])
            assert codes == ["INVALID_INPUT"]

    def test_what_is_attached_may_be_named_again(self, story: Story) -> None:
        proposal = story.draft(LU)
        file_id = story.upload(story.member(LU), "调研.pdf")
        attached(story, proposal, file_id)
        attached(story, proposal, file_id, story.upload(story.member(LU), "调研.pdf"))
        assert len(seen(story, story.member(LU), proposal)["attachments"]) == 2


def test_a_file_taken_off_a_draft_is_its_uploaders_alone_again(story: Story) -> None:
    proposal = story.draft(LU)
    file_id = story.upload(story.member(LU), "调研.pdf")
    attached(story, proposal, file_id)
    story.invite(LU, proposal, SHEN)
    story.do(story.member(LU), "saveDraft", id=proposal, attachments=[])
    eventually(lambda: held(story, file_id) == [])
    assert download(story, story.member(SHEN), file_id).status_code == 404
    assert download(story, story.member(LU), file_id).status_code == 200


def test_the_scan_of_a_paper_proposal_is_for_the_committee_and_the_member(story: Story) -> None:
    scan, annex = story.upload(STAFF, "扫描.pdf"), story.upload(STAFF, "附.pdf")
    query = """
      mutation ($input: EnterOnBehalfInput!) {
        enterOnBehalf(input: $input) { proposal { id } errors { reason } }
      }
    """
    given = {
        "memberId": global_id("Member", str(story.member(LU).member_id)),
        "scan": scan,
        "attachments": [annex],
        "title": "关于加强老旧住宅小区二次供水的建议",
        "situation": "情况",
        "analysis": "分析",
        "suggestions": ["建议"],
        "category": "SOCIAL",
        "declared": True,
    }
    payload = story.ask(STAFF, query, input=given)["enterOnBehalf"]
    assert payload["errors"] == []
    proposal = payload["proposal"]["id"]
    eventually(lambda: held(story, scan) and held(story, annex))
    lu, qian = story.member(LU), story.member(QIAN)
    assert download(story, lu, scan).status_code == 200
    assert seen(story, STAFF, proposal)["entry"]["scan"]["name"] == "扫描.pdf"
    story.do(lu, "confirmEntry", id=proposal)
    story.do(lu, "submitProposal", id=proposal)
    story.file(proposal)
    for actor, both in ((lu, 200), (STAFF, 200), (DIRECTOR, 200), (qian, 404), (OFFICE, 404)):
        assert download(story, actor, scan).status_code == both, actor
        assert download(story, actor, annex).status_code == 200, actor
    assert seen(story, OFFICE, proposal)["entry"] == {"scan": None}
    assert seen(story, lu, proposal)["entry"]["scan"]["url"]


def test_the_proof_of_a_reply_is_closed_until_the_reply_is_delivered(story: Story) -> None:
    proposal = story.draft(LU, kind="INDIVIDUAL")
    story.do(story.member(LU), "submitProposal", id=proposal)
    story.file(proposal)
    units = [{"unitId": ZJJ, "part": "SOLE"}]
    story.do(STAFF, "proposeAssignment", id=proposal, mode="SOLE", units=units)
    story.do(SUPERVISING, "assignProposal", id=proposal)
    story.do(OFFICER, "receiveAssignment", id=proposal)
    proof = story.upload(OFFICER, "竣工照片.png", PNG)
    theirs = story.upload(LEADER, "别人的.png", PNG)
    with pytest.raises(Refusal) as refused:
        story.do(OFFICER, "saveReply", id=proposal, proof=[theirs])
    assert refused.value.codes == ["FILE_UNKNOWN"]
    story.do(OFFICER, "saveReply", id=proposal, proof=[proof])
    eventually(lambda: held(story, proof) == [f"proposals:{story.local(proposal)}"])
    readers = [OFFICER, LEADER, STAFF, SUPERVISING, story.member(LU), story.member(QIAN)]
    assert [download(story, actor, proof).status_code for actor in readers] == [
        *(200, 200, 200),
        *(404, 404, 404),
    ]

    delivered = story.draft(LU, kind="INDIVIDUAL")
    story.do(story.member(LU), "submitProposal", id=delivered)
    story.file(delivered)
    story.handle(delivered, "吴住建复〔2017〕901号")
    query = "query ($id: ID!) { proposal(id: $id) { replies { proof { id name url } } } }"
    for actor in readers:
        (reply,) = story.ask(actor, query, id=delivered)["proposal"]["replies"]
        (file,) = reply["proof"]
        assert file["name"] == "竣工照片.pdf"
        assert download(story, actor, file["id"]).content == PDF
        assert story.world.stack.http.get(file["url"]).content == PDF


def test_a_file_is_a_node_for_whoever_may_read_it(story: Story) -> None:
    file_id = story.upload(story.member(LU), "调研.pdf")
    query = "query ($id: ID!) { node(id: $id) { ... on File { name url } } }"
    found = story.ask(story.member(LU), query, id=file_id)["node"]
    assert found["name"] == "调研.pdf"
    assert story.world.stack.http.get(found["url"]).content == PDF
    assert story.ask(story.member(SHEN), query, id=file_id)["node"] is None


def test_while_its_owner_is_away_an_attached_file_stays_closed(story: Story) -> None:
    proposal = story.draft(LU)
    file_id = story.upload(story.member(LU), "调研.pdf")
    attached(story, proposal, file_id)
    story.world.stack.stop("proposals")
    try:
        answer = download(story, story.member(LU), file_id)
        assert answer.status_code == 503
        assert answer.json()["code"] in {"SERVICE_UNAVAILABLE", "DEADLINE_EXCEEDED"}
    finally:
        story.world.stack.start("proposals")
    eventually(lambda: download(story, story.member(LU), file_id).status_code == 200)
