"""What every service offers of its own: the client names the service (`shared/kernel`)."""

from __future__ import annotations
