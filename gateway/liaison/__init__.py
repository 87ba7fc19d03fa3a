"""联络交流。Contacts, activities, Members' Homes, joint conference, exchange."""

from __future__ import annotations
