"""What the operations of office are given: outgoing."""

from __future__ import annotations

from typing import Annotated

from shared.operations import Answer, about
from shared.schemas import Flag, Id, Many

DOCUMENT = Answer("document", "OutgoingDocument", "公文。The document afterwards.")

Main = Annotated[list[str], about(Many(Id("Organisation"), high=200), "主送单位。Main addressees.")]
CopyTo = Annotated[
    list[str], about(Many(Id("Organisation"), high=200), "抄送单位。Copied to.", default=list)
]
ForOffice = Annotated[bool, about(Flag(), "是否以办公室名义。In the office's name.", default=False)]
DocumentId = Annotated[str, about(Id("OutgoingDocument"), "公文编号。Global id of the document.")]
