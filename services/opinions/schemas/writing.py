"""What the operations of opinions are given: writing."""

from __future__ import annotations

from typing import Annotated, TypedDict

from services.opinions.domain import states
from shared.operations import about
from shared.operations.arguments import Of
from shared.schemas import Choice, Flag, Id, Many, ProperName, Text


class ReflectorInput(TypedDict):
    """非委员反映人，仅本人和信息编辑可见。Who is no member; shown to author and editors only."""

    name: Annotated[str, about(ProperName(1, 50), "姓名或称呼。Name.")]
    note: Annotated[str, about(Text(0, 200), "说明，如联系方式。Note.", default="")]


WrittenId = Annotated[
    str, about(Id("Opinion"), "编号，不填则新建。Global id of one's own; a new one if absent.")
]
Coauthors = Annotated[
    list[str],
    about(Many(Id("Member"), high=9), "共同反映的委员。Members who report it, too.", default=list),
]
Reflectors = Annotated[
    list[ReflectorInput],
    about(Many(Of(ReflectorInput), high=5), "非委员反映人。Who are no members.", default=list),
]
Voice = Annotated[str, about(Id("File"), "语音，可代替文字。A voice note, instead of words.")]
Photos = Annotated[list[str], about(Many(Id("File"), high=9), "照片。Photos.", default=list)]
TopicWords = Annotated[str, about(Text(0, 50), "主题词。Topic in free words.", default="")]
Urgency = Annotated[
    states.Urgency,
    about(Choice(states.Urgency), "紧急程度，默认一般。Urgency.", default=states.Urgency.NORMAL),
]
Named = Annotated[
    bool,
    about(
        Flag(),
        "是否同意向领导和有关部门显示姓名，默认不同意。Whether the authors agree to be named.",
        default=False,
    ),
]
Declared = Annotated[
    bool, about(Flag(), "确认一事一报、内容属实。One matter, and true, as the author declares.")
]
