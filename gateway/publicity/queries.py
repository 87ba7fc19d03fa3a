"""Reading publicity. What a viewer may not see is refused by the service."""

from __future__ import annotations

from gateway.base import by_id
from gateway.publicity.contents import ProposalInterview, PublicityContent


class PublicityQuery:
    publicity_content = by_id(PublicityContent, "一篇宣传稿件。A manuscript.")
    proposal_interview = by_id(ProposalInterview, "一次提案访谈。A proposal interview.")


QUERIES = [PublicityQuery]
