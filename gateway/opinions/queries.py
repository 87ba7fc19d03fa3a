"""Reading opinions. What a viewer may not see is refused by the service."""

from __future__ import annotations

from gateway.base import by_id
from gateway.opinions.types import Opinion


class OpinionsQuery:
    opinion = by_id(
        Opinion, "一件社情民意信息。An item of public opinion.", "编号。Id of the item."
    )


QUERIES = [OpinionsQuery]
