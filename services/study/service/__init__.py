"""study (学习培训): plans, sessions, classes, materials. RPC and events, nothing else."""

from __future__ import annotations

from services.study.service.base import SETTINGS
from services.study.service.facts import Facts
from services.study.service.library import Library
from services.study.service.studying import Studying

__all__ = ["SETTINGS", "StudyService"]


class StudyService(Studying, Library, Facts):
    pass
