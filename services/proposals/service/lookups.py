"""The guide of topics, and look-up while drafting."""

from __future__ import annotations

from typing import Any

from services.proposals import schemas_lookups as schemas
from services.proposals.commands import guiding
from services.proposals.queries import lookups
from services.proposals.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import read, rpc


class Lookups(Base):
    @rpc
    def save_guide(self, call: Call, **payload: Any) -> Row | None:
        data = schemas.SaveGuide.parse(payload)
        return guiding.save_guide(call, self.deps.desk, **data)

    @rpc
    def publish_guide(self, call: Call, **payload: Any) -> Row | None:
        data = schemas.OfYear.parse(payload)
        return guiding.publish_guide(call, self.deps.desk, **data)

    @read
    def topic_guide(self, call: Call, **payload: Any) -> Row | None:
        return lookups.topic_guide(call, self.deps.desk, **schemas.OfYear.parse(payload))

    @read
    def drafting_hints(self, call: Call, **payload: Any) -> list[Row]:
        return lookups.drafting_hints(call, self.deps.desk, **schemas.Drafted.parse(payload))

    @read
    def text_difference(self, call: Call, **payload: Any) -> list[Row]:
        return lookups.text_difference(call, self.deps.desk, **schemas.Versions.parse(payload))
