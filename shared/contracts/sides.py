"""Whose side an organisation, and so a case, is on (decision 45). Domains use it."""

from __future__ import annotations

from shared.labels import Labelled


class Side(Labelled, name="OrganisationSide"):
    """归口：党委或政府。Whose side an organisation is on; none for who is on neither."""

    PARTY = "PARTY", "党委", "Party"
    GOVERNMENT = "GOVERNMENT", "政府", "Government"
