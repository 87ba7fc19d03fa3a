"""What outcomes keeps in MongoDB: files, items, links made by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from services.outcomes.domain.dossiers import DossierLink
from services.outcomes.domain.files import OutcomeFile
from services.outcomes.domain.items import Item
from services.outcomes.domain.summaries import Summary
from services.outcomes.repository import indexes
from shared.persistence.records import HIDDEN, Records, WithFiles
from shared.words.searching import title_words, words

Row = dict[str, Any]


class Files(Records[OutcomeFile], name=indexes.FILES):
    """words: what a file is found by."""

    hidden: ClassVar[Mapping[str, int]] = {**HIDDEN, "words": 0}

    def _document(self, record: OutcomeFile) -> Row:
        row = super()._document(record)
        found = {*title_words(record.title), *words(record.text, record.ref)}
        return {**row, "words": sorted(found)}


class Items(WithFiles[Item], name=indexes.ITEMS):
    """units, sides: as a file has them, so that one condition says who sees either."""

    hidden: ClassVar[Mapping[str, int]] = {**HIDDEN, "words": 0, "units": 0, "sides": 0}

    def _document(self, record: Item) -> Row:
        row = super()._document(record)
        return {
            **row,
            "units": [record.unit] if record.unit else [],
            "sides": [record.side] if record.side else [],
            "words": sorted({*title_words(record.title), *words(record.text)}),
        }

    def grouped(self, match: Row, by: str, sums: Mapping[str, Any]) -> list[Row]:
        """Counts of the matching items, by a field; `sums`: figure → what is added up."""
        group: Row = {"_id": f"${by}", "total": {"$sum": 1}}
        group |= {name: {"$sum": what} for name, what in sums.items()}
        return list(self.collection.aggregate([{"$match": match}, {"$group": group}]))


class Summaries(Records[Summary], name=indexes.SUMMARIES):
    """One for each year."""


class Links(Records[DossierLink], name=indexes.LINKS):
    def standing_between(self, a: str, b: str) -> bool:
        ways = [{"from_node": a, "to_node": b}, {"from_node": b, "to_node": a}]
        return self.count({"$or": ways, "stands": True}) > 0

    def sizes(self, topics: Collection[str]) -> dict[str, int]:
        """topic → how many matters people put under it."""
        match = {"$match": {"from_node": {"$in": list(topics)}, "stands": True}}
        group = {"$group": {"_id": "$from_node", "count": {"$sum": 1}}}
        return {row["_id"]: row["count"] for row in self.collection.aggregate([match, group])}

    def of(self, nodes: Collection[str], most: int) -> list[DossierLink]:
        """Those that stand at one of these nodes."""
        ends = {"$in": list(nodes)}
        found = self.find(
            {"$or": [{"from_node": ends}, {"to_node": ends}], "stands": True}, [("_id", 1)]
        )
        return found[:most]
