"""机关办公：会议。The office: meetings, their people and their minutes."""

from __future__ import annotations
