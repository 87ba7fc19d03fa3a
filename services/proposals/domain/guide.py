"""The yearly guide of topics (年度选题指南) and the hints while drafting (row 14.1, 2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from services.proposals.domain import errors
from services.proposals.domain.details import Details
from services.proposals.domain.states import Category
from services.proposals.domain.text import Limits, Text
from shared.aggregate import Aggregate
from shared.contracts import names


@dataclass(frozen=True)
class Topic:
    """One topic that the committee recommends to look into."""

    category: Category
    title: str
    note: str = ""
    topic_codes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass
class TopicGuide(Aggregate):
    """One for each year. `topics` is being written; `published` is what everyone reads."""

    id: str
    year: int
    term: int
    topics: tuple[Topic, ...] = ()
    published: tuple[Topic, ...] = ()
    published_at: datetime | None = None
    edition: int = 0

    def save(self, topics: Iterable[Topic]) -> None:
        self.topics = tuple(topics)

    def publish(self, at: datetime) -> None:
        """What was written becomes what everyone reads; again after each change."""
        if not self.topics:
            raise errors.GuideEmpty(field="topics")
        if self.topics == self.published:
            raise errors.GuidePublished
        self.published, self.published_at = self.topics, at
        self.edition += 1
        self.tell(
            names.TOPIC_GUIDE_PUBLISHED,
            guide_id=self.id,
            year=self.year,
            edition=self.edition,
            topics=len(self.topics),
        )


def guide_id(year: int) -> str:
    return f"guide-{year}"


@dataclass(frozen=True)
class Hint:
    """A piece of advice, never a refusal; `field` as clients name it."""

    code: str
    field: str
    message: str


LIMITS = Limits()
FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万亿]+[个家人户件次元%％]")
VAGUE = ("加强领导", "提高认识", "加大力度", "高度重视", "营造氛围")
SHORT_SUGGESTION, SHORT_SITUATION, MANY_SUGGESTIONS, ALIKE = 12, 60, 5, 0.5


def hints(
    text: Text,
    details: Details,
    topics: Iterable[Topic],
    likeness: float,
    limits: Limits = LIMITS,
) -> Iterator[Hint]:
    """What would make the proposal better; `likeness` is that of the most similar one, 0 to 1."""
    if text.title and not limits.fits(text.title):
        least, most = limits.title
        yield Hint("TITLE_FORM", "title", f"案由宜写作“关于……的建议”，{least}至{most}字")
    if text.title.count("和") + text.title.count("、") > 1:
        yield Hint("ONE_MATTER", "title", "案由涉及多个事项，请一事一案")
    yield from _substance(text)
    yield from _suggestions(text)
    if not details.advised_units:
        yield Hint("UNITS", "advisedUnits", "请提出建议承办单位，便于交办")
    if not (details.contact_person and details.contact_phone):
        yield Hint("CONTACT", "contactPhone", "请填写联系人和联系电话，承办单位据此与您面商")
    if (
        not details.topics
        and not details.topic_codes
        and not any(topic.title in text.title for topic in topics)
    ):
        yield Hint("TOPIC", "topics", "可参考年度选题指南选择主题")
    if likeness >= ALIKE:
        yield Hint("SIMILAR", "title", "已有内容相近的提案，请查看办理情况，避免重复")


def _substance(text: Text) -> Iterator[Hint]:
    if text.situation and len(text.situation) < SHORT_SITUATION:
        yield Hint("SITUATION_SHORT", "situation", "情况反映较简略，请补充调研到的事实")
    if text.situation and not FIGURE.search(text.situation + text.analysis):
        yield Hint("NO_FIGURES", "situation", "没有数据，请补充数字或实例")
    if text.situation and not text.analysis.strip():
        yield Hint("NO_ANALYSIS", "analysis", "请分析问题的原因")


def _suggestions(text: Text) -> Iterator[Hint]:
    for position, suggestion in enumerate(text.suggestions):
        where = f"suggestions.{position}"
        if 0 < len(suggestion) < SHORT_SUGGESTION:
            yield Hint(
                "SUGGESTION_SHORT", where, f"第{position + 1}条建议较短，请写明由谁做、做什么"
            )
        elif vague := next((word for word in VAGUE if word in suggestion), None):
            yield Hint(
                "SUGGESTION_VAGUE", where, f"第{position + 1}条建议中的“{vague}”宜改为具体措施"
            )
    if len(text.suggestions) > MANY_SUGGESTIONS:
        yield Hint("MANY_SUGGESTIONS", "suggestions", "建议条目较多，请突出重点")
