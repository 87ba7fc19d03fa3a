"""Committee settings of every service (decision 11): one query, one mutation."""

from __future__ import annotations
