"""Each state and move of 2.7, and what no move may do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.opinions.domain import (
    circulating,
    editing,
    errors,
    honours,
    instructing,
    signing,
    writing,
)
from services.opinions.domain.clocks import Limit
from services.opinions.domain.limits import Limits
from services.opinions.domain.record import Instruction, Opinion, Text
from services.opinions.domain.states import (
    CIRCULATED,
    ISSUED,
    TRANSITIONS,
    Adoption,
    Channel,
    Form,
    InstructionLevel,
    Level,
    Openness,
    OpinionState,
    Retention,
    Urgency,
)
from services.opinions.service import SETTINGS
from shared.calendar import WorkCalendar
from shared.clock import SHANGHAI

S = OpinionState
NOW = datetime(2017, 2, 6, 9, 10, tzinfo=SHANGHAI)
DEFAULTS = {setting.key: setting.default for setting in SETTINGS}
LIMITS = Limits(WorkCalendar(), DEFAULTS.__getitem__)
TEXT = Text("关于取水口水质异常的建议", "水面有油膜。", "排查排口。")
OFFICE = {"sup-qwb": "PARTY"}


def item(id: str = "opinion-1", author: str = "m-15-0140", **changes: Any) -> Opinion:
    return Opinion(id, 15, 2017, Channel.MEMBER, TEXT, NOW, (author,), **changes)


def submit(opinion: Opinion) -> None:
    writing.submit(opinion, True, 800, LIMITS, NOW)


def send(opinion: Opinion) -> None:
    editing.edit(opinion, TEXT, Openness.INTERNAL, "account-editor", NOW)
    editing.send(opinion, LIMITS, NOW)


def deliver(opinion: Opinion) -> None:
    circulating.deliver(opinion, [], OFFICE, "区委书记", LIMITS, NOW)


def instruction(no: int = 1, level: InstructionLevel = InstructionLevel.DISTRICT) -> Instruction:
    return Instruction(f"i-{no}", no, level, "区委书记", "请核查。", NOW, "account-qwb")


def refer(opinion: Opinion) -> None:
    instructing.refer(opinion, "unit-slj", "", None, LIMITS, NOW)


def answer(opinion: Opinion) -> None:
    instructing.give_result(opinion, "unit-slj", "已整改", Adoption.ADOPTED, "", [], NOW)


def combine(opinion: Opinion) -> None:
    lead = item("lead", "m-15-0088", state=S.EDITING)
    editing.combine(lead, opinion, NOW)


ACTS: dict[str, Any] = {
    "submit": submit,
    "discard": lambda o: writing.discard(o, NOW),
    "withdraw": lambda o: writing.withdraw(o, "重复", NOW),
    "start": lambda o: editing.start(o, "account-editor", NOW),
    "send": send,
    "give back": lambda o: editing.give_back(o, "请补充", LIMITS, NOW),
    "retain": lambda o: editing.retain(o, Retention.KNOWN, "已掌握", NOW),
    "combine": combine,
    "deliver": deliver,
    "send up": lambda o: circulating.send_up(o, [], Level.CITY, LIMITS, NOW),
    "instruct": lambda o: instructing.instruct(o, instruction(), LIMITS, NOW),
    "refer": refer,
    "close": lambda o: instructing.close(o, "", NOW),
    "revoke the issue": lambda o: signing.revoke(o, [], "有误", NOW),
    "nominate": lambda o: honours.nominate(o, LIMITS, NOW),
}
EDITED = frozenset({S.EDITING})
ALLOWED: dict[str, frozenset[OpinionState]] = {
    "submit": frozenset({S.DRAFT, S.RETURNED}),
    "discard": frozenset({S.DRAFT}),
    "withdraw": frozenset({S.SUBMITTED, S.RETURNED, S.EDITING, S.COMBINED}),
    "start": frozenset({S.SUBMITTED, S.RETAINED}),
    "send": EDITED,
    "give back": frozenset({S.SUBMITTED, S.EDITING}),
    "retain": frozenset({S.SUBMITTED, S.EDITING}),
    "combine": frozenset({S.SUBMITTED, S.EDITING, S.RETAINED}),
    "deliver": ISSUED,
    "send up": ISSUED,
    "instruct": CIRCULATED,
    "refer": CIRCULATED,
    "close": CIRCULATED - {S.CLOSED, S.REFERRED},
    "revoke the issue": frozenset({S.ISSUED}),
    "nominate": ISSUED,
}


def brought_to(state: OpinionState) -> Opinion:
    """By the verbs, from a draft."""
    opinion = item()
    ways: dict[OpinionState, list[Any]] = {S.DRAFT: [], S.WITHDRAWN: [ACTS["discard"]]}
    ways[S.SUBMITTED] = [submit]
    ways[S.EDITING] = [submit, ACTS["start"]]
    for verb, end in (
        ("give back", S.RETURNED),
        ("retain", S.RETAINED),
        ("combine", S.COMBINED),
    ):
        ways[end] = [submit, ACTS[verb]]
    ways[S.ISSUED] = [
        *ways[S.EDITING],
        send,
        lambda o: signing.sign(o, [], 1, "account-sg", "李建平", NOW),
    ]
    ways[S.DELIVERED] = [*ways[S.ISSUED], deliver]
    ways[S.SENT_UP] = [*ways[S.ISSUED], ACTS["send up"]]
    ways[S.INSTRUCTED] = [*ways[S.DELIVERED], ACTS["instruct"]]
    ways[S.REFERRED] = [*ways[S.INSTRUCTED], refer]
    ways[S.RESULT_GIVEN] = [*ways[S.REFERRED], answer]
    ways[S.CLOSED] = [*ways[S.RESULT_GIVEN], ACTS["close"]]
    for act in ways[state]:
        act(opinion)
    assert opinion.state is state
    return opinion


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("name", ACTS)
def test_each_verb_in_each_state(name: str, state: OpinionState) -> None:
    opinion = brought_to(state)
    events, history = len(opinion.events), len(opinion.history)
    if state in ALLOWED[name] and not (name == "instruct" and state is S.SENT_UP):
        done = (name, state) in {("deliver", s) for s in CIRCULATED - {S.SENT_UP}}
        if done or (name == "send up" and state is S.SENT_UP) or _referred(name, opinion):
            with pytest.raises(errors.Repeated):
                ACTS[name](opinion)
        else:
            ACTS[name](opinion)
            assert len(opinion.events) > events
        return
    with pytest.raises((errors.WrongState, errors.ReferralOpen, errors.Unfit, errors.NotSentUp)):
        ACTS[name](opinion)
    assert (opinion.state, len(opinion.events), len(opinion.history)) == (state, events, history)


def _referred(name: str, opinion: Opinion) -> bool:
    return name == "refer" and opinion.state is S.REFERRED


def test_the_table_has_no_move_that_no_verb_makes() -> None:
    made = {
        (S.DRAFT, S.SUBMITTED),
        (S.DRAFT, S.WITHDRAWN),
        (S.COMBINED, S.EDITING),
        (S.EDITING, S.ISSUED),
        (S.ISSUED, S.EDITING),
    }
    made |= {(s, S.EDITING) for s in ALLOWED["start"]}
    made |= {(s, S.SUBMITTED) for s in ALLOWED["submit"]}
    made |= {(s, S.WITHDRAWN) for s in ALLOWED["withdraw"]}
    made |= {(s, S.RETURNED) for s in ALLOWED["give back"]}
    made |= {(s, S.RETAINED) for s in ALLOWED["retain"]}
    made |= {(s, S.COMBINED) for s in ALLOWED["combine"]}
    assert {(a, b) for a, targets in TRANSITIONS.items() for b in targets} == made


def test_the_state_is_the_furthest_that_the_parts_tell() -> None:
    opinion = brought_to(S.INSTRUCTED)
    circulating.send_up(opinion, [], Level.CITY, LIMITS, NOW)
    assert opinion.state == "INSTRUCTED"
    instructing.revoke_instruction(opinion, 1, "有误", NOW)
    assert opinion.state == "SENT_UP"
    refer(opinion)
    instructing.decline(opinion, "unit-slj", "不属职责", NOW)
    assert opinion.state == "SENT_UP"


def test_crediting_tells_member_ids_and_no_more() -> None:
    opinion = item(named=False)
    submit(opinion)
    [(_, told)] = opinion.events
    assert told["authors"] == ["m-15-0140"]
    assert set(told) == {
        "opinion_id",
        "title",
        "authors",
        "organisations",
        "origin",
        "account",
        "occurrence_no",
        "channel",
        "urgent",
        "edit_due_at",
    }


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("form", list(Form))
def test_each_level_uses_it_alone_or_with_others(level: Level, form: Form) -> None:
    opinion = brought_to(S.SENT_UP)
    circulating.adopt(opinion, level, form, "内刊", NOW, NOW)
    circulating.revoke_adoption(opinion, level, "更正")
    circulating.adopt(opinion, level, form, "内刊", NOW, NOW)
    told = [(name, data["occurrence_no"]) for name, data in opinion.events[-3:]]
    assert told == [
        ("opinion_adopted", 1),
        ("opinion_adoption_revoked", 1),
        ("opinion_adopted", 2),
    ]


def test_the_form_of_an_issue_says_whether_others_are_in_it() -> None:
    lead, other = brought_to(S.EDITING), item("opinion-2", "m-15-0088")
    submit(other)
    editing.combine(lead, other, NOW)
    send(lead)
    signing.sign(lead, [other], 7, "account-sg", "李建平", NOW)
    assert lead.issue is not None
    assert (signing.number(lead.issue), lead.issued_as, other.issued_as) == (
        "社情民意 2017年第7期",
        Form.COMBINED,
        Form.COMBINED,
    )
    assert lead.credited == ("m-15-0140", "m-15-0088")
    signing.revoke(lead, [other], "有误", NOW)
    assert (lead.issued_as, other.issued_as) == (None, None)


def test_limits_are_counted_in_hours_and_working_days() -> None:
    urgent = {c.about: c for c in LIMITS.submitted(Urgency.URGENT, NOW)}
    assert urgent[Limit.EDIT].late_at == NOW + timedelta(hours=4)
    assert urgent[Limit.DELIVER].late_at == datetime(2017, 2, 7, tzinfo=SHANGHAI)
    normal = {c.about: c for c in LIMITS.submitted(Urgency.NORMAL, NOW)}
    assert normal[Limit.DELIVER].late_at == datetime(2017, 2, 10, tzinfo=SHANGHAI)
    assert normal[Limit.INFORM].late_at == datetime(2017, 2, 14, tzinfo=SHANGHAI)
    # Nobody is reminded of what has just begun.
    assert LIMITS.signing(Urgency.NORMAL, NOW).remind_at == datetime(2017, 2, 8, tzinfo=SHANGHAI)


def test_a_limit_that_was_given_up_says_nothing_about_limits_kept() -> None:
    opinion = brought_to(S.RETAINED)
    kept = {clock.about: clock.kept(NOW) for clock in opinion.clocks}
    assert kept == {Limit.EDIT: True, Limit.DELIVER: None, Limit.INFORM: True}
