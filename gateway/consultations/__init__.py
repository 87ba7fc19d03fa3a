"""协商议政。Consultations, their plans, research and suggestion motions."""

from __future__ import annotations
