"""Links between matters that people see and no fact tells (section 7, item 3)."""

from __future__ import annotations

from datetime import datetime

from services.outcomes.commands import access
from services.outcomes.commands.ports import Desk
from services.outcomes.domain import errors
from services.outcomes.domain.dossiers import DossierLink
from services.outcomes.domain.files import node_id
from services.outcomes.domain.kinds import NodeKind
from services.outcomes.queries.graph import node_of
from services.outcomes.schemas import common
from services.outcomes.schemas import dossiers as form
from shared.actor import allow
from shared.call import Call
from shared.contracts import names
from shared.ids import new_id
from shared.operations import command
from shared.persistence.changing import change, create, loading


@allow(*access.VERIFIERS)
@command("linkDossier", answers=form.LINK)
def link_dossier(
    call: Call,
    desk: Desk,
    *,
    node: form.NodeId,
    to: form.LinkedTo | None,
    topic: form.Topic | None,
    reason: common.Reason,
) -> str:
    """归入议题，或与另一件事关联，须说明理由。Put a matter under a topic, or beside another.

    Raises DossierLinkUnfit, OutcomeNotFound.
    """
    if (to is None) == (topic is None):
        raise errors.DossierLinkUnfit("请填写议题或关联对象，二者取一", field="to")
    ends = [node_of(call.actor, desk, node)]
    ends.insert(0, node_id(NodeKind.TOPIC, topic) if topic else node_of(call.actor, desk, to or ""))
    if ends[0] == ends[1] or desk.links.standing_between(*ends):
        raise errors.DossierLinkUnfit(field="to")

    def make(at: datetime) -> DossierLink:
        by = access.account(call.actor)
        term = desk.members.current_term()
        link = DossierLink(new_id(), term, ends[0], ends[1], reason, by, at)
        link.tell(names.DOSSIER_LINKED)
        return link

    return create(call, desk, desk.links, make)


@allow(*access.VERIFIERS)
@command("unlinkDossier", answers=form.LINK)
def unlink_dossier(call: Call, desk: Desk, *, link_id: form.LinkId, reason: common.Reason) -> str:
    """解除有误的关联，记录保留。Undo a link that was made by mistake. Raises DossierLinkUnfit."""
    load = loading(desk.links, link_id, errors.OutcomeNotFound)
    return change(call, desk, desk.links, load, lambda link, at: link.undo(reason, at))
