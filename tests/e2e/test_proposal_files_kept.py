"""Files stay as long as a record holds them, whatever becomes of the events, and no longer."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any

import pytest

from gateway.base import local_id
from shared import contracts
from shared.ids import new_id
from tests import wire
from tests.e2e.conftest import NOW
from tests.e2e.files import LU, attached, download, held, record
from tests.e2e.story import Story
from tests.unit.gateway.files.samples import PDF
from tests.waiting import eventually

QUEUE = "gateway.on_proposals_proposal_files_changed"


class TestAfterADay:
    @pytest.fixture(autouse=True)
    def back(self, story: Story) -> Any:
        yield
        story.world.stack.move_clock(NOW)

    def test_what_nobody_holds_goes_and_what_is_held_stays(self, story: Story) -> None:
        proposal = story.draft(LU)
        kept, loose, taken_off = (story.upload(story.member(LU), "调研.pdf") for _ in range(3))
        attached(story, proposal, kept, taken_off)
        story.do(story.member(LU), "saveDraft", id=proposal, attachments=[kept])
        eventually(lambda: held(story, taken_off) == [])
        story.world.stack.move_clock(NOW + timedelta(hours=24, minutes=5))
        eventually(lambda: record(story, loose) is None, timeout=15)
        eventually(lambda: record(story, taken_off) is None, timeout=15)
        assert download(story, story.member(LU), loose).status_code == 404
        assert download(story, story.member(LU), kept).content == PDF
        chunks = story.world.stack.db("files")["content.chunks"]
        assert chunks.count_documents({"files_id": local_id(loose, "File")}) == 0
        assert chunks.count_documents({"files_id": local_id(kept, "File")}) == 1

    def test_an_event_that_is_late_loses_no_file(self, story: Story) -> None:
        """The owner is asked before anything goes."""
        stack = story.world.stack
        proposal = story.draft(LU)
        file_id = story.upload(story.member(LU), "调研.pdf")
        attached(story, proposal, file_id)
        files, local = stack.db("files")["files"], local_id(file_id, "File")
        loose = files.find_one({"_id": local})
        assert loose is not None
        files.update_one(
            {"_id": local}, {"$set": {"holders": [], "loose_since": loose["uploaded_at"]}}
        )
        stack.move_clock(NOW + timedelta(hours=25))

        def looked_at() -> bool:
            row = files.find_one({"_id": local})
            assert row is not None
            return bool(row["loose_since"] > loose["uploaded_at"])

        eventually(looked_at, timeout=15)
        key = f"proposals:{story.local(proposal)}"
        event = contracts.sample_event(
            "proposals",
            "proposal_files_changed",
            id=new_id(),
            subject=story.local(proposal),
            attached=[local],
            version=9,
        )
        stack.publish(event)
        eventually(lambda: held(story, file_id) == [key])


class TestEvents:
    @pytest.mark.parametrize("order", [(1, 2), (2, 1), (1, 2, 1), (2, 1, 2, 1)])
    def test_twice_and_in_any_order_the_latest_version_stands(
        self, story: Story, order: tuple[int, ...]
    ) -> None:
        file_id, other = (story.upload(story.member(LU), "调研.pdf") for _ in range(2))
        first, second = local_id(file_id, "File"), local_id(other, "File")
        subject = new_id()
        changes = {
            1: {"attached": [first], "detached": []},
            2: {"attached": [second], "detached": [first]},
        }
        for version in order:
            event = contracts.sample_event(
                "proposals",
                "proposal_files_changed",
                id=new_id(),
                subject=subject,
                version=version,
                **changes[version],
            )
            story.world.stack.publish(event)

        def settled() -> bool:
            row = record(story, file_id)
            versions = [holder["version"] for holder in row["holders"]] if row else []
            return versions == [2] and held(story, other) == [f"proposals:{subject}"]

        eventually(settled)
        eventually(lambda: self.depth(story) == 0)
        assert held(story, file_id) == []
        assert held(story, other) == [f"proposals:{subject}"]

    def test_poison_is_buried_and_what_follows_is_handled(self, story: Story) -> None:
        stack = story.world.stack
        buried = stack.queue_depth("gateway.dead")
        stack.publish_raw("proposals", "proposal_files_changed", b"\xff not an event")
        proposal = story.draft(LU)
        attached(story, proposal, story.upload(story.member(LU), "调研.pdf"))
        eventually(lambda: stack.queue_depth("gateway.dead") == buried + 1)
        listed = subprocess.run(
            [sys.executable, "-m", "shared.messaging.dead_letters", "list", "gateway"],
            env={**os.environ, **stack.environment},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        assert f"{QUEUE}  INVALID_INPUT  not an event" in listed

    def test_an_event_waits_while_the_gateway_is_down(self, story: Story) -> None:
        stack = story.world.stack
        file_id = story.upload(story.member(LU), "调研.pdf")
        proposal = story.draft(LU)
        stack.stop("gateway")
        try:
            row = {"proposal_id": story.local(proposal), "attachments": [local_id(file_id, "File")]}
            story.world.call("save_draft", story.member(LU), **row)
            eventually(lambda: self.depth(story) == 1)
        finally:
            stack.start("gateway")
        eventually(lambda: held(story, file_id) == [f"proposals:{story.local(proposal)}"])

    def test_what_was_published_before_the_gateway_ever_ran_is_asked_for(
        self, story: Story
    ) -> None:
        stack = story.world.stack
        file_id = story.upload(story.member(LU), "调研.pdf")
        proposal = story.draft(LU)
        stack.stop("gateway")
        try:
            stack.db("files")["marks"].delete_many({})
            with wire.channel(stack.amqp_uri) as channel:
                channel.queue_delete(QUEUE)
            row = {"proposal_id": story.local(proposal), "attachments": [local_id(file_id, "File")]}
            story.world.call("save_draft", story.member(LU), **row)
            eventually(lambda: "proposal_files_changed" in story.published(proposal))
        finally:
            stack.start("gateway")
        eventually(lambda: held(story, file_id) == [f"proposals:{story.local(proposal)}"])

    @staticmethod
    def depth(story: Story) -> int:
        return story.world.stack.queue_depth(QUEUE)
