"""What the operations of liaison are given: exchange."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, TypedDict

from services.liaison.domain import circles, exchange, representatives
from services.liaison.schemas import common
from shared.operations import Answer, about
from shared.operations.arguments import OfTopic
from shared.schemas import Choice, Flag, Id, Many, ProperName, Text, When

EXCHANGE = Answer("exchange", "Exchange", "交往记录。The record afterwards.")
REPRESENTATIVE = Answer("representative", "Representative", "代表人士。The entry afterwards.")

WrittenId = Annotated[
    str, about(Id("Exchange"), "编号，新记录时不填。Global id; none for a new one.")
]
Kind = Annotated[exchange.ExchangeKind, about(Choice(exchange.ExchangeKind), "种类。Kind.")]
ExchangeOrganiser = Annotated[str, about(Id("Organisation"), "组织单位。Organiser.")]
ReplyTo = Annotated[
    str, about(Id("Exchange"), "对应的上级指导。The instruction that a report answers.")
]
DueAt = Annotated[
    datetime,
    about(When(), "汇报期限，仅上级指导，默认按设置。When a report on an instruction is due."),
]
ListedId = Annotated[
    str, about(Id("Representative"), "编号，新登记时不填。Global id; none for a new one.")
]
PersonName = Annotated[str, about(ProperName(1, 40), "姓名。Name.")]
PersonNotes = Annotated[str, about(Text(0, 2000), "备注。Notes.", default="")]
Keeper = Annotated[str, about(Id("Member"), "联系委员。The member who keeps in touch.")]
RepresentativeId = Annotated[
    str, about(Id("Representative"), "代表人士编号。Global id of the representative.")
]
MeetingText = Annotated[str, about(Text(1, 2000), "内容。Text.")]


class ExchangeFilter(TypedDict, total=False):
    """联谊交往筛选条件。All of these must hold."""

    kind: Kind | None
    year: common.Year | None
    organiser: Annotated[str, about(Id("Organisation"), "组织单位。Of this organiser.")] | None
    level: Annotated[exchange.Level, about(Choice(exchange.Level), "层级。Level.")] | None


class RepresentativeFilter(TypedDict, total=False):
    """代表人士筛选条件。All of these must hold."""

    category: (
        Annotated[
            representatives.Category, about(Choice(representatives.Category), "类别。Category.")
        ]
        | None
    )
    town: common.OfTown | None
    keeper: Annotated[str, about(Id("Member"), "联系委员。Kept by this member.")] | None
    without_keeper: (
        Annotated[bool, about(Flag(), "仅无人联系的。Only those whom nobody keeps.")] | None
    )
    state: (
        Annotated[
            representatives.RegisterState,
            about(Choice(representatives.RegisterState), "状态。State."),
        ]
        | None
    )


class CircleFilter(TypedDict, total=False):
    """交流小组筛选条件。All of these must hold."""

    kind: Annotated[circles.CircleKind, about(Choice(circles.CircleKind), "种类。Kind.")] | None
    state: Annotated[circles.CircleState, about(Choice(circles.CircleState), "状态。State.")] | None
    topic: common.OnTopic | None
    topic_code: OfTopic | None
    joined: Annotated[bool, about(Flag(), "仅本人加入的。Only those the viewer is in.")]


class Record(TypedDict):
    """What is written down."""

    kind: Kind
    title: common.Title
    place: common.MaybePlace
    counterpart: Annotated[str, about(Text(0, 100), "对方单位。The other side.", default="")]
    level: (
        Annotated[
            exchange.Level,
            about(
                Choice(exchange.Level),
                "层级，上级指导和汇报必填。Level of an instruction or a report.",
            ),
        ]
        | None
    )
    leader: Annotated[str, about(Id("Member"), "带队委员。Who led it.")] | None
    participants: Annotated[
        list[str], about(Many(Id("Member"), high=500), "参加委员。Who took part.", default=list)
    ]
    summary: Annotated[
        str, about(Text(0, 10000), "概况，走访慰问不填。Summary; none of a condolence.", default="")
    ]
    visited: Annotated[
        str, about(Text(0, 200), "走访对象，限阅。Whom was visited; restricted.", default="")
    ]
    notes: Annotated[str, about(Text(0, 10000), "限阅记录。Restricted notes.", default="")]
    named: Annotated[
        list[str],
        about(
            Many(Id("Member"), high=50),
            "可阅限阅记录的委员。Members who may read them.",
            default=list,
        ),
    ]
    files: common.Files


class Entry(TypedDict):
    """What the register holds without personal data."""

    category: Annotated[
        representatives.Category, about(Choice(representatives.Category), "类别。Category.")
    ]
    organisation: Annotated[str, about(Text(1, 100), "所在组织。Where the person works.")]
    field_of_work: Annotated[str, about(Text(0, 100), "领域。Field.", default="")]
    town: Annotated[str, about(Id("Organisation"), "镇（街道）。Town.")] | None
    consent: Annotated[bool, about(Flag(), "本人是否同意登记。Whether the person agrees.")]
