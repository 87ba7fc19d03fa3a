"""Every change of the roster, of terms and of organisations."""

from __future__ import annotations

from gateway.members.mutations import master_data, roster

MUTATIONS = [*roster.MUTATIONS, *master_data.MUTATIONS]
