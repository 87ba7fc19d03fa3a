"""宣传文史。Manuscripts with their channels, proposal interviews."""

from __future__ import annotations
