"""Reading consultations. What a viewer may not see is refused by the service."""

from __future__ import annotations

from gateway.base import by_id
from gateway.consultations.motions import Motion, ResearchProject
from gateway.consultations.types import Consultation, ConsultationPlan


class ConsultationsQuery:
    consultation = by_id(Consultation, "一次协商。A consultation.")
    consultation_plan = by_id(ConsultationPlan, "一份年度协商计划。An annual plan.")
    motion = by_id(Motion, "一件建议案。A suggestion motion.")
    research_project = by_id(ResearchProject, "一个调研课题。A research project.")


QUERIES = [ConsultationsQuery]
