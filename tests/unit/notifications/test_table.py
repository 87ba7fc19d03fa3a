"""The event table is complete and says exactly what it should (decision 19)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.notifications import reactions
from services.notifications.domain.appraisal import APPRAISAL
from services.notifications.domain.changes import CHANGES
from services.notifications.domain.consultations import CONSULTATIONS
from services.notifications.domain.documents import DOCUMENTS
from services.notifications.domain.handling import HANDLING
from services.notifications.domain.honours import HONOURS
from services.notifications.domain.liaison import LIAISON
from services.notifications.domain.meetings import MEETINGS
from services.notifications.domain.opinions import OPINIONS
from services.notifications.domain.outcomes import OUTCOMES
from services.notifications.domain.performance import PERFORMANCE
from services.notifications.domain.publicity import PUBLICITY
from services.notifications.domain.referral import REFERRAL
from services.notifications.domain.study import STUDY
from services.notifications.domain.supervision import SUPERVISION
from services.notifications.domain.table import REACTIONS, SILENT, Reaction
from services.notifications.domain.texts import TEMPLATES
from services.notifications.domain.todos import TODO_TEXTS, TodoKind
from services.notifications.domain.tracking import TRACKING
from services.notifications.domain.wording import ROLE_LABELS
from services.notifications.reactions import FOLLOWED
from services.notifications.service import NotificationsService
from shared.actor import Role
from shared.contracts import CONTRACTS, names, sample_event

PRODUCERS = {
    "proposals",
    "members",
    "identity",
    "performance",
    "office",
    "study",
    "liaison",
    "opinions",
    "outcomes",
    "consultations",
    "supervision",
    "publicity",
}
FIRST, INVITED, THIRD = "member:m-15-0088", "member:m-15-0031", "member:m-15-0140"
STAFF, DIRECTOR = "role:PROPOSAL_STAFF", "role:PROPOSAL_DIRECTOR"
URBAN = "role:COMMITTEE_STAFF@committee:com-urban"
URBAN_HEAD = "role:COMMITTEE_DIRECTOR@committee:com-urban"
ORG_STAFF = "role:ORG_STAFF@organisation:org-minjian"
ORG_HEAD = "role:ORG_HEAD@organisation:org-minjian"
TITLE = "《关于加强老旧住宅小区二次供水的建议》"


def told(source: str, event_type: str, /, **changes: Any) -> list[tuple[str, str]]:
    event = sample_event(source, event_type, **changes)
    sent = reactions.messages(event, REACTIONS[source, event_type])
    return [(message.recipient, message.text) for message in sent]


def opened(source: str, event_type: str, /, **changes: Any) -> list[tuple[str, str]]:
    event = sample_event(source, event_type, **changes)
    found = reactions.openings(event, REACTIONS[source, event_type])
    return [(opening.key.id, opening.text) for opening in found]


def closed(source: str, event_type: str, /, **changes: Any) -> set[str]:
    event = sample_event(source, event_type, **changes)
    return {c.key.id for c in reactions.closings(event, REACTIONS[source, event_type])}


def rows() -> Iterator[Reaction]:
    return iter(REACTIONS.values())


def test_every_event_of_the_producers_is_in_the_table_or_silent_for_a_reason() -> None:
    sample_event("identity", "account_created")  # loads all contracts
    published = {key for key in CONTRACTS if key[0] in PRODUCERS}
    assert published == set(REACTIONS) | set(SILENT)
    assert not set(REACTIONS) & set(SILENT)
    assert all(SILENT.values())


def test_the_service_listens_to_the_table_and_to_nothing_else() -> None:
    handlers = {name for name in vars(NotificationsService) if name.startswith("on_")}
    every_service = {("identity", names.ACCOUNT_SESSION_ENDED)}
    heard = REACTIONS.keys() | every_service | set(FOLLOWED)
    assert handlers == {f"on_{source}_{event_type}" for source, event_type in heard}


def test_no_row_is_without_effect() -> None:
    assert all(row.tells or row.opens or row.closes for row in rows())


def test_every_template_is_used_and_every_used_one_exists() -> None:
    assert {tell.template for row in rows() for tell in row.tells} == set(TEMPLATES)


def test_every_kind_of_todo_can_be_opened_and_closed() -> None:
    assert {row.kind for r in rows() for row in r.opens} == set(TodoKind)
    assert {row.kind for r in rows() for row in r.closes} == set(TodoKind)
    assert set(TODO_TEXTS) == set(TodoKind)


def test_every_role_has_a_label() -> None:
    assert set(ROLE_LABELS) == {role.value for role in Role}


@pytest.mark.parametrize("key", sorted(REACTIONS), ids=lambda key: key[1])
def test_every_template_renders_with_the_sample_and_names_no_person(key: tuple[str, str]) -> None:
    event = sample_event(*key)
    reaction = REACTIONS[key]
    for tell in reaction.tells:
        template = TEMPLATES[tell.template]
        text = reactions.render(template.text, event.data)
        assert "{" not in text
        assert "m-15" not in text and "account-" not in text
        assert template.link_field in event.data
    opened = reactions.openings(event, reaction)
    assert bool(opened) is bool(reaction.opens)
    for opening in opened:
        assert "{" not in opening.text and "m-15" not in opening.text


@pytest.mark.parametrize(
    ("event_type", "expected"),
    [
        (
            "proposal_cosign_invited",
            [(INVITED, f"邀请您联名提案{TITLE}，请在联名截止前确认或谢绝。")],
        ),
        (
            "proposal_cosign_confirmed",
            [(FIRST, f"提案{TITLE}新增一位联名人，现有1位已确认的联名人。")],
        ),
        (
            "proposal_author_named",
            [(INVITED, f"您被列为集体提案{TITLE}的主要执笔人，请在立案前确认或谢绝。")],
        ),
        ("proposal_author_dropped", [(INVITED, f"您不再列为集体提案{TITLE}的执笔人。")]),
        ("proposal_author_answered", [(FIRST, f"集体提案{TITLE}的一位执笔人已确认。")]),
        ("proposal_cosign_declined", [(FIRST, f"一位受邀委员谢绝联名提案{TITLE}。")]),
        ("proposal_cosign_cancelled", [(INVITED, f"提案{TITLE}的联名邀请已由发起人取消。")]),
        (
            "proposal_cosign_expired",
            [
                (INVITED, f"提案{TITLE}的联名已截止，您未在截止前确认，不计入联名人。"),
                (
                    FIRST,
                    f"提案{TITLE}目前没有已确认的联名人，不符合联名提案的要求，"
                    "请邀请联名人或改为个人提案。",
                ),
            ],
        ),
        (
            "proposal_cosign_withdrawn",
            [(FIRST, f"提案{TITLE}的一位联名人撤回联名，现有0位已确认的联名人。")],
        ),
        (
            "proposal_cosign_reconfirm_needed",
            [
                (
                    INVITED,
                    f"您联名的提案{TITLE}内容有修改，请查看修改之处并重新确认；"
                    "未重新确认的不计入联名人。",
                )
            ],
        ),
        (
            "proposal_cosign_shortfall_opened",
            [
                (
                    FIRST,
                    f"提案{TITLE}的联名人数已不符合联名提案的要求，请在2017年2月9日09:00前"
                    "决定是否改为个人提案；逾期未决定的，系统将退回修改。",
                )
            ],
        ),
        ("proposal_cosign_shortfall_decided", []),
        (
            "proposal_entry_confirmation_requested",
            [(FIRST, f"提案委已按纸质件代您录入提案{TITLE}，请核对并确认。")],
        ),
        ("proposal_entry_confirmed", []),
        (
            "proposal_seal_requested",
            [(ORG_HEAD, f"集体提案{TITLE}待您盖章确认。")],
        ),
        (
            "proposal_sealed",
            [
                (FIRST, f"集体提案{TITLE}已盖章确认。"),
                (ORG_STAFF, f"集体提案{TITLE}已盖章确认。"),
                (ORG_HEAD, f"集体提案{TITLE}已盖章确认。"),
            ],
        ),
        ("proposal_discarded", []),
        (
            "proposal_submitted",
            [
                (FIRST, f"您提交的提案{TITLE}已收到，流水号T15-1-0315。"),
                (INVITED, f"您联名的提案{TITLE}已提交，流水号T15-1-0315。"),
            ],
        ),
        (
            "proposal_cosign_window_reopened",
            [
                (FIRST, f"提案{TITLE}已重新开放联名，截至2017年2月22日09:00。"),
                (INVITED, f"提案{TITLE}已重新开放联名，请在2017年2月22日09:00前重新确认。"),
            ],
        ),
        ("proposal_verdict_proposed", [(DIRECTOR, f"提案{TITLE}初审建议立案，请决定。")]),
        ("proposal_committee_commented", [(STAFF, f"对口专委会已对提案{TITLE}提出意见。")]),
        ("proposal_review_started", [(FIRST, f"您提交的提案{TITLE}已开始审查。")]),
        (
            "proposal_returned",
            [
                (
                    FIRST,
                    f"您提交的提案{TITLE}已退回修改，请查看审查意见；"
                    "重新征集联名截至2017年2月15日09:00。",
                )
            ],
        ),
        (
            "proposal_filed",
            [
                (FIRST, f"您提交的提案{TITLE}已立案，提案号15-1-023。"),
                (INVITED, f"您联名的提案{TITLE}已立案，提案号15-1-023。"),
                (THIRD, f"您联名的提案{TITLE}已立案，提案号15-1-023。"),
            ],
        ),
        (
            "proposal_not_filed",
            [
                (
                    FIRST,
                    f"您提交的提案{TITLE}未予立案，请查看理由和处理方式；"
                    "如有异议，可在2017年3月5日09:00前申请复议。",
                ),
                (INVITED, f"您联名的提案{TITLE}未予立案。"),
            ],
        ),
        (
            "proposal_appeal_decided",
            [(FIRST, f"您就提案{TITLE}不予立案提出的复议已有决定，请查看。")],
        ),
        (
            "proposal_filing_revoked",
            [
                (FIRST, f"您提交的提案{TITLE}的立案已撤销，转为重新审查。"),
                (INVITED, f"您联名的提案{TITLE}的立案已撤销，转为重新审查。"),
                (THIRD, f"您联名的提案{TITLE}的立案已撤销，转为重新审查。"),
            ],
        ),
        ("proposal_withdrawal_requested", []),
        (
            "proposal_withdrawal_refused",
            [(FIRST, f"您提交的提案{TITLE}的撤案申请未获同意，请查看理由。")],
        ),
        (
            "proposal_withdrawn",
            [
                (FIRST, f"您提交的提案{TITLE}已撤案。"),
                (INVITED, f"您联名的提案{TITLE}已撤案。"),
                (THIRD, f"您联名的提案{TITLE}已撤案。"),
            ],
        ),
    ],
)
def test_what_proposal_events_tell(event_type: str, expected: list[tuple[str, str]]) -> None:
    assert told("proposals", event_type) == expected


@pytest.mark.parametrize(
    ("source", "event_type", "expected"),
    [
        (
            "members",
            "member_appointed",
            (
                FIRST,
                "您已就任政协委员，委员证号15-0088。在这里可以提交提案、答复联名邀请、查看履职积分。",
            ),
        ),
        ("members", "member_post_changed", (FIRST, "您的政协职务有变更，请查看委员资料。")),
        ("members", "member_suspended", (FIRST, "您的委员履职已暂停，如有疑问请联系办公室。")),
        ("members", "member_reinstated", (FIRST, "您的委员履职已恢复。")),
        ("members", "member_resigned", (FIRST, "您的请辞已办理，此前参与的提案仍可查看。")),
        ("members", "member_revoked", (FIRST, "您的委员资格已撤销，如有疑问请联系办公室。")),
        (
            "members",
            "member_term_ended",
            (FIRST, "本届委员任期已届满，感谢您的履职，此前参与的提案仍可查看。"),
        ),
        (
            "identity",
            "account_locked",
            (
                "account:account-1",
                "您的账号多次登录失败，陌生设备在2017年2月6日09:15前不能登录，"
                "您用过的设备不受影响。如非本人操作请联系办公室。",
            ),
        ),
        ("identity", "account_enabled", ("account:account-1", "您的账号已重新启用。")),
        (
            "identity",
            "account_signed_out_everywhere",
            ("account:account-1", "您的账号已在所有设备上退出登录，如非本人操作请联系办公室。"),
        ),
        (
            "identity",
            "account_reset_requested",
            (
                "account:account-1",
                "有人为您的账号申请重置密码，如非您本人要求请立即联系安全管理员。",
            ),
        ),
        (
            "identity",
            "account_code_issued",
            (
                "account:account-1",
                "已为您的账号发放重设密码的一次性验证码，如非您本人要求请立即联系安全管理员。",
            ),
        ),
        (
            "identity",
            "account_password_reset",
            (
                "account:account-1",
                "您的账号已凭一次性验证码重设密码，如非本人操作请立即联系安全管理员。",
            ),
        ),
        (
            "office",
            "setting_change_decided",
            ("account:account-director", "您提出的设置调整已批准：答复期限（月）。"),
        ),
        (
            "identity",
            "account_role_granted",
            ("account:account-1", "您的账号已获得角色：提案委工作人员。"),
        ),
        (
            "identity",
            "account_role_revoked",
            ("account:account-1", "您的账号的角色已收回：提案委工作人员。"),
        ),
        (
            "identity",
            "account_role_refused",
            ("role:SYSTEM_ADMIN", "角色“提案委工作人员”的授权申请未获办公室同意。"),
        ),
    ],
)
def test_what_member_and_account_events_tell(
    source: str, event_type: str, expected: tuple[str, str]
) -> None:
    assert told(source, event_type) == [expected]


def test_a_member_is_told_what_became_of_a_profile_change() -> None:
    assert told("members", "member_change_closed", outcome="CONFIRMED", reason=None) == [
        ("member:m-15-0088", "您申请的资料变更已由办公室确认，请查看委员资料。")
    ]
    assert told("members", "member_change_closed", outcome="REFUSED", reason="证件不清") == [
        ("member:m-15-0088", "您申请的资料变更未通过：证件不清")
    ]


@pytest.mark.parametrize(
    ("event_type", "points", "expected"),
    [
        (
            "performance_entry_posted",
            2,
            ["您的履职积分增加：按规则B3记2分，年度总分按先后次序和分项上限计算。"],
        ),
        (
            "performance_entry_posted",
            19.5,
            ["您的履职积分增加：按规则B3记19.5分，年度总分按先后次序和分项上限计算。"],
        ),
        ("performance_entry_posted", -10.0, ["您的履职积分扣减：按规则B3扣10分。"]),
        ("performance_entry_posted", 0, []),
        ("performance_entry_reversed", -2, ["您此前按规则B3记的2分已冲销，年度总分重新计算。"]),
        ("performance_entry_reversed", 10, ["您此前按规则B3扣的10分已撤销，年度总分重新计算。"]),
    ],
)
def test_what_points_tell(event_type: str, points: float, expected: list[str]) -> None:
    assert told("performance", event_type, points=points) == [(INVITED, text) for text in expected]


def test_expiry_warns_the_first_proposer_only_when_nobody_is_left() -> None:
    recipients = [r for r, _ in told("proposals", "proposal_cosign_expired", confirmed_count=1)]
    assert recipients == [INVITED]


def test_a_person_in_two_parts_is_told_once_in_the_first() -> None:
    sent = told("proposals", "proposal_filed", cosigners=["m-15-0088"], authors=["m-15-0088"])
    assert sent == [(FIRST, f"您提交的提案{TITLE}已立案，提案号15-1-023。")]


def test_a_collective_proposal_tells_those_who_work_on_it_and_its_authors() -> None:
    changes = {
        "proposer_type": "PARTY",
        "first_proposer": None,
        "organisation": "org-minjian",
        "cosigners": [],
        "authors": ["m-15-0031"],
    }
    assert told("proposals", "proposal_filed", **changes) == [
        (ORG_STAFF, f"您提交的提案{TITLE}已立案，提案号15-1-023。"),
        (ORG_HEAD, f"您提交的提案{TITLE}已立案，提案号15-1-023。"),
        (INVITED, f"您执笔的集体提案{TITLE}已立案，提案号15-1-023。"),
    ]


@pytest.mark.parametrize(
    ("source", "event_type", "expected"),
    [
        (
            "proposals",
            "proposal_cosign_invited",
            [(f"COSIGN_ANSWER:proposal-1:{INVITED}", f"请确认或谢绝联名：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_author_named",
            [
                (
                    f"AUTHOR_ANSWER:proposal-1:{INVITED}",
                    f"请确认或谢绝被列为集体提案执笔人：{TITLE}",
                )
            ],
        ),
        (
            "proposals",
            "proposal_cosign_reconfirm_needed",
            [(f"COSIGN_RECONFIRM:proposal-1:{INVITED}", f"内容有修改，请重新确认联名：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_cosign_shortfall_opened",
            [(f"SHORTFALL_DECISION:proposal-1:{FIRST}", f"请决定是否改为个人提案：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_entry_confirmation_requested",
            [(f"CONFIRM_ENTRY:proposal-1:{FIRST}", f"请核对并确认代录的提案：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_seal_requested",
            [(f"SEAL:proposal-1:{ORG_HEAD}", f"请盖章确认集体提案：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_submitted",
            [(f"REVIEW:proposal-1:{STAFF}", f"请审查提案：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_review_started",
            [
                (f"FIRST_REVIEW:proposal-1:{STAFF}", f"请提出初审意见：{TITLE}"),
                (f"FILING_DECISION:proposal-1:{DIRECTOR}", f"请决定是否立案：{TITLE}"),
                (f"COMMITTEE_COMMENT:proposal-1:{URBAN}", f"请对本领域的提案提出意见：{TITLE}"),
                (
                    f"COMMITTEE_COMMENT:proposal-1:{URBAN_HEAD}",
                    f"请对本领域的提案提出意见：{TITLE}",
                ),
            ],
        ),
        (
            "proposals",
            "proposal_returned",
            [(f"RESUBMIT:proposal-1:{FIRST}", f"请按审查意见修改后重新提交：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_appeal_requested",
            [(f"APPEAL_DECISION:proposal-1:{DIRECTOR}", f"请决定不予立案的复议：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_appeal_decision_proposed",
            [(f"APPEAL_CONFIRMATION:proposal-1:{STAFF}", f"请确认复议决定：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_appeal_decision_returned",
            [(f"APPEAL_DECISION:proposal-1:{DIRECTOR}", f"请决定不予立案的复议：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_appeal_decided",
            [(f"FILING_DECISION:proposal-1:{DIRECTOR}", f"请决定是否立案：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_filing_revoked",
            [(f"FILING_DECISION:proposal-1:{DIRECTOR}", f"请决定是否立案：{TITLE}")],
        ),
        (
            "proposals",
            "proposal_withdrawal_requested",
            [(f"WITHDRAWAL_DECISION:proposal-1:{DIRECTOR}", f"请审批撤案申请：{TITLE}")],
        ),
        (
            "identity",
            "account_role_requested",
            [("ROLE_APPROVAL:grant-1:role:OFFICE", "请审批角色授权：提案委工作人员")],
        ),
        (
            "proposals",
            "setting_change_proposed",
            [
                (
                    "SETTING_APPROVAL:change-1:role:SECRETARY_GENERAL",
                    "请审批设置调整：答复期限（月）",
                )
            ],
        ),
        (
            "identity",
            "account_reset_requested",
            [
                (
                    "RESET_APPROVAL:account-1:role:SECURITY_ADMIN",
                    "请审批有审批权账号的密码重置申请",
                )
            ],
        ),
    ],
)
def test_what_events_ask_for(source: str, event_type: str, expected: list[tuple[str, str]]) -> None:
    assert opened(source, event_type) == expected


IN_REVIEW = (
    "REVIEW",
    "FIRST_REVIEW",
    "COMMITTEE_COMMENT",
    "FILING_DECISION",
    "SHORTFALL_DECISION",
)
ANSWERED = {f"COSIGN_ANSWER:proposal-1:{INVITED}", f"COSIGN_RECONFIRM:proposal-1:{INVITED}"}
DRAFTED = {
    f"{kind}:proposal-1:*"
    for kind in ("COSIGN_ANSWER", "COSIGN_RECONFIRM", "CONFIRM_ENTRY", "SEAL", "RESUBMIT")
}
ASSIGNING = {f"{kind}:proposal-1:*" for kind in ("ASSIGNMENT_PLAN", "ASSIGNMENT_DECISION")}
WITHDRAWAL = {"WITHDRAWAL_DECISION:proposal-1:*"}
REVIEWED = {f"{kind}:proposal-1:*" for kind in IN_REVIEW}


DECIDED = REVIEWED | {"AUTHOR_ANSWER:proposal-1:*"}
AUTHOR = {f"AUTHOR_ANSWER:proposal-1:{INVITED}"}


@pytest.mark.parametrize(
    ("source", "event_type", "expected"),
    [
        ("proposals", "proposal_author_answered", AUTHOR),
        ("proposals", "proposal_author_dropped", AUTHOR),
        ("proposals", "proposal_cosign_confirmed", ANSWERED),
        ("proposals", "proposal_cosign_declined", ANSWERED),
        ("proposals", "proposal_cosign_cancelled", ANSWERED),
        ("proposals", "proposal_cosign_expired", ANSWERED),
        ("proposals", "proposal_cosign_withdrawn", ANSWERED),
        ("proposals", "proposal_cosign_shortfall_decided", {"SHORTFALL_DECISION:proposal-1:*"}),
        ("proposals", "proposal_entry_confirmed", {"CONFIRM_ENTRY:proposal-1:*"}),
        ("proposals", "proposal_sealed", {"SEAL:proposal-1:*"}),
        ("proposals", "proposal_discarded", DRAFTED),
        ("proposals", "proposal_submitted", DRAFTED),
        ("proposals", "proposal_review_started", {"REVIEW:proposal-1:*"}),
        ("proposals", "proposal_verdict_proposed", {"FIRST_REVIEW:proposal-1:*"}),
        (
            "proposals",
            "proposal_committee_commented",
            {f"COMMITTEE_COMMENT:proposal-1:{key}" for key in (URBAN, URBAN_HEAD)},
        ),
        ("proposals", "proposal_returned", REVIEWED),
        ("proposals", "proposal_filed", DECIDED),
        ("proposals", "proposal_merged", DECIDED | ASSIGNING),
        ("proposals", "proposal_not_filed", DECIDED),
        ("proposals", "proposal_appeal_decision_proposed", {"APPEAL_DECISION:proposal-1:*"}),
        ("proposals", "proposal_appeal_decision_returned", {"APPEAL_CONFIRMATION:proposal-1:*"}),
        ("proposals", "proposal_appeal_decided", {"APPEAL_CONFIRMATION:proposal-1:*"}),
        ("proposals", "proposal_filing_revoked", ASSIGNING | WITHDRAWAL),
        ("proposals", "proposal_withdrawal_refused", {"WITHDRAWAL_DECISION:proposal-1:*"}),
        ("proposals", "proposal_withdrawn", DRAFTED | DECIDED | ASSIGNING | WITHDRAWAL),
        (
            "members",
            "member_removal_review_closed",
            {"REMOVAL_REVIEW:m-15-0088:PLENARY:1:*"},
        ),
        ("identity", "account_role_granted", {"ROLE_APPROVAL:grant-1:*"}),
        ("identity", "account_role_refused", {"ROLE_APPROVAL:grant-1:*"}),
        ("identity", "account_role_revoked", {"ROLE_APPROVAL:grant-1:*"}),
        ("identity", "account_code_issued", {"RESET_APPROVAL:account-1:*"}),
        ("identity", "account_reset_refused", {"RESET_APPROVAL:account-1:*"}),
        ("office", "setting_change_decided", {"SETTING_APPROVAL:change-1:*"}),
    ],
)
def test_what_events_end(source: str, event_type: str, expected: set[str]) -> None:
    assert closed(source, event_type) == expected


def test_all_other_events_end_nothing() -> None:
    ending = {key for key, row in REACTIONS.items() if row.closes}
    apart = {("proposals", name) for name in (*HANDLING, *TRACKING, *APPRAISAL, *HONOURS)}
    apart |= {("proposals", name) for name in (*REFERRAL, *CHANGES)}
    apart |= {("performance", name) for name in PERFORMANCE}
    apart |= {("office", name) for name in (*MEETINGS, *DOCUMENTS)}
    apart |= {("study", name) for name in STUDY}
    apart |= {("liaison", name) for name in LIAISON}
    apart |= {("outcomes", name) for name in OUTCOMES}
    apart |= {("opinions", name) for name in OPINIONS}
    apart |= {("consultations", name) for name in CONSULTATIONS}
    apart |= {("supervision", name) for name in SUPERVISION}
    apart |= {("publicity", name) for name in PUBLICITY}
    apart |= {(service, names.SETTING_CHANGE_DECIDED) for service in names.WITH_SETTINGS}
    assert len(ending - apart) == 32
