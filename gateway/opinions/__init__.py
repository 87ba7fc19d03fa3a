"""社情民意。Items of public opinion: what was reported, the edited text, what became of it."""

from __future__ import annotations
