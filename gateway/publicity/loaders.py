"""Records of publicity by their ids."""

from __future__ import annotations

from gateway.loading import by_ids

SERVICE = "publicity"

LOADERS = {
    "publicity_contents": by_ids(SERVICE, "contents_by_ids"),
    "proposal_interviews": by_ids(SERVICE, "interviews_by_ids"),
}
