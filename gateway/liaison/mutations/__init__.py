"""What liaison does: one mutation for each transition."""

from __future__ import annotations

from gateway.liaison.mutations.activities import ACTIVITIES
from gateway.liaison.mutations.conferences import CONFERENCES
from gateway.liaison.mutations.contacts import CONTACTS
from gateway.liaison.mutations.exchange import EXCHANGE
from gateway.liaison.mutations.homes import HOMES
from gateway.liaison.mutations.visitors import VISITORS

MUTATIONS = [*CONTACTS, *ACTIVITIES, *HOMES, *CONFERENCES, *EXCHANGE, *VISITORS]
