"""What the operations of liaison are given: receptions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, TypedDict

from services.liaison.schemas import common
from shared.operations import Answer, about
from shared.schemas import Day, Flag, Id, ProperName, Text, When

RECEPTION = Answer("reception", "Reception", "接待记录。The reception afterwards.")
CODE = Answer("code", "String", "查询码，请妥善保存。Your code; keep it.")
STARTS_AT = Answer("starts_at", "DateTime", "开放时间。When the home opens.")
CANCELLED = Answer("cancelled", "Boolean", "已取消。Done.")
BOOKING = Answer("booking", "VisitBooking", "预约。The booking afterwards.")

At = Annotated[datetime, about(When(), "时间，默认现在。When; now unless told.")]
BookingId = Annotated[str, about(Id("VisitBooking"), "预约编号。The booking that it answers.")]
Matter = Annotated[str, about(Text(2, 5000), "反映的情况。Matter.")]
ReceptionId = Annotated[str, about(Id("Reception"), "接待记录编号。Global id of the reception.")]
LeftMatter = Annotated[str, about(Text(5, 2000), "反映的情况。Matter.")]
VisitDay = Annotated[date, about(Day(), "日期。Day.")]
VisitMatter = Annotated[str, about(Text(0, 500), "想反映的情况。What it is about.", default="")]
Code = Annotated[str, about(Text(1, 40), "查询码。Your code.")]
MissedBookingId = Annotated[str, about(Id("VisitBooking"), "预约编号。Global id of the booking.")]


class VisitorData(TypedDict):
    """Of the visitor, with consent."""

    name: Annotated[
        str,
        about(ProperName(0, 40), "来访人姓名，须经同意。Visitor's name, with consent.", default=""),
    ]
    phone: Annotated[
        str, about(common.PHONE, "来访人电话，须经同意。Phone, with consent.", default="")
    ]
    consent: Annotated[
        bool,
        about(Flag(), "来访人是否同意登记个人信息。Whether the visitor agrees.", default=False),
    ]


class OwnData(TypedDict):
    """Of oneself, if one wishes."""

    name: Annotated[str, about(ProperName(0, 40), "姓名，自愿。Name, if you wish.", default="")]
    phone: Annotated[str, about(common.PHONE, "电话，自愿。Phone, if you wish.", default="")]
    consent: Annotated[
        bool,
        about(Flag(), "是否同意登记个人信息。Whether you agree to its being kept.", default=False),
    ]
