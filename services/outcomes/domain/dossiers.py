"""Links that people make between matters, with a reason; beside those that follow from facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.outcomes.domain import errors
from shared.aggregate import Aggregate
from shared.contracts import names

MOST_NODES = 300  # of one dossier
MOST_STEPS = 12  # from the matter that was asked for


@dataclass
class DossierLink(Aggregate):
    """from_node leads to to_node; a link that was made by mistake is undone with a reason."""

    id: str
    term: int
    from_node: str
    to_node: str
    reason: str
    by: str
    at: datetime
    undone_at: datetime | None = None
    undo_reason: str | None = None
    stands: bool = True

    def header(self) -> dict[str, Any]:
        return {"link_id": self.id, "from_node": self.from_node, "to_node": self.to_node}

    def undo(self, reason: str, at: datetime) -> None:
        if not self.stands:
            raise errors.DossierLinkUnfit("这项关联已解除")
        self.tell(names.DOSSIER_UNLINKED)
        self.undone_at, self.undo_reason, self.stands = at, reason, False
