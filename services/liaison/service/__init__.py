"""liaison (联络交流): contacts, activities, homes, conference, exchange. RPC and events only."""

from __future__ import annotations

from services.liaison.service.activities import ActivityMethods
from services.liaison.service.base import SETTINGS
from services.liaison.service.conferences import ConferenceMethods
from services.liaison.service.contacts import ContactMethods
from services.liaison.service.exchange import ExchangeMethods
from services.liaison.service.facts import Facts
from services.liaison.service.homes import HomeMethods

__all__ = ["SETTINGS", "LiaisonService"]


class LiaisonService(
    ContactMethods, ActivityMethods, HomeMethods, ConferenceMethods, ExchangeMethods, Facts
):
    pass
