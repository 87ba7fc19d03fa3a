"""What publicity keeps in MongoDB: one document for each record."""

from __future__ import annotations

from services.publicity.domain.content import Content
from services.publicity.domain.interviews import Interview
from services.publicity.repository import indexes
from shared.persistence.records import Records


class Contents(Records[Content], name=indexes.CONTENTS):
    pass


class Interviews(Records[Interview], name=indexes.INTERVIEWS):
    pass
