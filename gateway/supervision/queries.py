"""Reading supervision. What a viewer may not see is refused by the service."""

from __future__ import annotations

from gateway.base import by_id
from gateway.supervision.findings import SupervisionFinding, SupervisionSite
from gateway.supervision.supervisions import Supervision, SupervisionInspection
from gateway.supervision.supervisors import Debriefing, Supervisor


class SupervisionQuery:
    supervision = by_id(Supervision, "一项专项监督。A special supervision.")
    supervision_site = by_id(SupervisionSite, "一个监督点位及其历史。A site with its history.")
    supervision_finding = by_id(SupervisionFinding, "一个监督发现的问题。A finding.")
    supervision_inspection = by_id(SupervisionInspection, "一次监督检查。An inspection.")
    supervisor = by_id(Supervisor, "一名民主监督员。A supervisor.")
    debriefing = by_id(Debriefing, "一次述职交流。A debriefing exchange.")


QUERIES = [SupervisionQuery]
