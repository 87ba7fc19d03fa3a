"""学习培训。Study plans, sessions, rotation classes, materials, papers, quizzes."""

from __future__ import annotations
