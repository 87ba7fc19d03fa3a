"""Accounts by their ids."""

from __future__ import annotations

from gateway.identity.types import SERVICE
from gateway.loading import by_ids

LOADERS = {
    "accounts": by_ids(SERVICE, "accounts_by_ids"),
    "role_grants": by_ids(SERVICE, "role_grants_by_ids"),
    "account_names": by_ids(SERVICE, "account_names"),
}
