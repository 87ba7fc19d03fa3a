"""The templates that providers keep for us, as data: their names, fields and our Chinese words.

A provider sends only what fits a template that it has approved; which id ours has there is an
operator's setting. A value longer than its field takes is cut, with an ellipsis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.notifications.domain.deliveries import Delivery
from services.notifications.domain.wording import moment

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Field:
    """words: with {title}, {text}, {time} and {count}; most: characters that it takes."""

    words: str
    most: int


# 智慧政协工作提醒：thing1 事项、thing4 内容、time3 时间.
WECHAT_NOTICE: Mapping[str, Field] = {
    "thing1": Field("{title}", 20),
    "thing4": Field("{text}", 20),
    "time3": Field("{time}", 20),
}
# 消息汇总提醒.
WECHAT_DIGEST: Mapping[str, Field] = {
    "thing1": Field("今日消息汇总", 20),
    "thing4": Field("{count}条消息待您查看", 20),
    "time3": Field("{time}", 20),
}
# 【签名】${title}：${text}请登录智慧政协查看。
SMS_NOTICE: Mapping[str, Field] = {"title": Field("{title}", 20), "text": Field("{text}", 35)}


def filled(fields: Mapping[str, Field], delivery: Delivery) -> dict[str, str]:
    """Field → value, as the provider takes it."""
    values = {
        "title": delivery.title,
        "text": delivery.text,
        "time": moment(delivery.occurred_on.isoformat()),
        "count": str(delivery.count),
    }
    return {name: cut(each.words.format_map(values), each.most) for name, each in fields.items()}


def cut(text: str, most: int) -> str:
    """At most so many characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + ELLIPSIS
