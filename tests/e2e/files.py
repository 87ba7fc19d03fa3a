"""What the stories about files do and look at."""

from __future__ import annotations

import httpx

from gateway.base import local_id
from shared.actor import Actor
from tests.e2e.story import Story
from tests.stack import Document
from tests.waiting import eventually

LU, SHEN, QIAN = "陆晓芸", "沈建国", "钱文娟"
ATTACHMENTS = """
  query ($id: ID!) {
    proposal(id: $id) {
      title
      attachments { id name contentType size sha256 uploadedAt url }
      entry { scan { name url } }
    }
  }
"""


def headers(story: Story, actor: Actor) -> dict[str, str]:
    return {"Authorization": f"Bearer {story.world.stack.token(actor)}"}


def download(story: Story, actor: Actor, file_id: str) -> httpx.Response:
    return story.world.stack.http.get(f"/files/{file_id}", headers=headers(story, actor))


def seen(story: Story, actor: Actor, proposal: str) -> Document:
    found: Document = story.ask(actor, ATTACHMENTS, id=proposal)["proposal"]
    return found


def record(story: Story, file_id: str) -> Document | None:
    return story.world.stack.db("files")["files"].find_one({"_id": local_id(file_id, "File")})


def held(story: Story, file_id: str) -> list[str]:
    row = record(story, file_id)
    assert row is not None
    return [holder["key"] for holder in row["holders"] if holder["held"]]


def attached(story: Story, proposal: str, *files: str) -> None:
    """Save the draft with these files, and wait until the gateway knows."""
    story.do(story.member(LU), "saveDraft", id=proposal, attachments=list(files))
    key = f"proposals:{story.local(proposal)}"
    eventually(lambda: all(held(story, file_id) == [key] for file_id in files))
