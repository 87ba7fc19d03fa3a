"""proposals (提案): from draft to filed. RPC, events and a timer, nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.proposals import queries, reactions, schemas
from services.proposals.commands import (
    cosigning,
    drafting,
    handling,
    judging,
    replying,
    review,
)
from services.proposals.commands.ports import Desk
from services.proposals.repository import (
    INDEXES,
    MIGRATIONS,
    OUTBOX,
    PROJECTIONS,
    Directory,
    Evaluations,
    Proposals,
)
from shared.call import Call
from shared.messaging.service import Event, Platform, Provide, every, on_event, read, rpc
from shared.persistence import Setting

Row = dict[str, Any]

SETTINGS = [
    Setting("body_max", 2000, "提案正文字数上限", "V4", 500, 10_000),
    Setting("suggestions_max", 10, "建议条目上限", "V3", 1, 50),
    Setting("review_days", 10, "提交后审查期限（工作日）", "DL1", 1, 60),
    Setting("return_window_days", 7, "退回后联名期限（天）", "decision 22", 1, 60),
    Setting("shortfall_days", 3, "联名人数不足的决定期限（工作日）", "decision 22", 1, 30),
    Setting("appeal_days", 15, "不予立案的复议期限（天）", "decision 28", 1, 90),
    Setting("sign_days", 10, "承办单位签收期限（天）", "DL3", 1, 60),
    Setting("co_opinion_months", 1, "会办意见期限（月）", "DL4", 1, 12),
    Setting("reply_months", 3, "答复期限（月）", "DL5", 1, 12),
    Setting("evaluation_days", 30, "评价期限（天）", "DL7", 1, 180),
]
SCAN_SECONDS = 2.0  # how often the timers look for what is due


@dataclass(frozen=True)
class Dependencies:
    desk: Desk
    store: Proposals


def build(platform: Platform) -> Dependencies:
    database = platform.database
    database.prepare(INDEXES, MIGRATIONS, PROJECTIONS, OUTBOX)
    platform.settings.declare(SETTINGS)

    def active_members(call: Call, ids: Collection[str], at: datetime) -> Collection[str]:
        asking = Call.system("proposals", call.correlation_id)
        found: list[str] = platform.rpc.call(
            "members", "active_members", asking, ids=sorted(ids), at=at
        )
        return found

    store = Proposals(database)
    desk = Desk(
        store,
        Evaluations(database),
        Directory(database),
        active_members,
        platform.settings,
        platform.calendar,
        platform.clock,
        platform.audit,
    )
    return Dependencies(desk, store)


class ProposalsService:
    name = "proposals"
    deps = Provide(build)

    # -- drafting --------------------------------------------------------------------------

    @rpc
    def save_draft(self, call: Call, **payload: Any) -> Row:
        data = schemas.SaveDraft.parse(payload)
        return self._row(call, drafting.save_draft(call, self.deps.desk, data))

    @rpc
    def enter_on_behalf(self, call: Call, **payload: Any) -> Row:
        data = schemas.EnterOnBehalf.parse(payload)
        return self._row(call, drafting.enter_on_behalf(call, self.deps.desk, data))

    @rpc
    def confirm_entry(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.confirm_entry(call, self.deps.desk, **data))

    @rpc
    def discard_draft(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.discard_draft(call, self.deps.desk, **data))

    @rpc
    def request_seal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.request_seal(call, self.deps.desk, **data))

    @rpc
    def confirm_seal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, drafting.confirm_seal(call, self.deps.desk, **data))

    # -- co-signing ------------------------------------------------------------------------

    @rpc
    def invite_cosigner(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnSignature.parse(payload)
        return self._row(call, cosigning.invite_cosigner(call, self.deps.desk, **data))

    @rpc
    def cancel_invitation(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnSignature.parse(payload)
        return self._row(call, cosigning.cancel_invitation(call, self.deps.desk, **data))

    @rpc
    def reopen_draft(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.reopen_draft(call, self.deps.desk, **data))

    @rpc
    def confirm_cosignature(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.confirm_cosignature(call, self.deps.desk, **data))

    @rpc
    def decline_cosignature(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.decline_cosignature(call, self.deps.desk, **data))

    @rpc
    def withdraw_cosignature(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, cosigning.withdraw_cosignature(call, self.deps.desk, **data))

    @rpc
    def decide_shortfall(self, call: Call, **payload: Any) -> Row:
        data = schemas.DecideShortfall.parse(payload)
        return self._row(call, cosigning.decide_shortfall(call, self.deps.desk, **data))

    @every(seconds=SCAN_SECONDS)
    def return_undecided(self) -> None:
        cosigning.return_undecided(Call.system(self.name), self.deps.desk)

    # -- submission, review, filing, withdrawal ----------------------------------------------

    @rpc
    def submit_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, review.submit_proposal(call, self.deps.desk, **data))

    @rpc
    def start_review(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, review.start_review(call, self.deps.desk, **data))

    @rpc
    def return_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.ReturnProposal.parse(payload)
        return self._row(call, review.return_proposal(call, self.deps.desk, **data))

    @rpc
    def file_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.FileProposal.parse(payload)
        return self._row(call, review.file_proposal(call, self.deps.desk, **data))

    @rpc
    def not_file_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.NotFileProposal.parse(payload)
        return self._row(call, review.not_file_proposal(call, self.deps.desk, **data))

    @rpc
    def request_appeal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.request_appeal(call, self.deps.desk, **data))

    @rpc
    def decide_appeal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Decide.parse(payload)
        return self._row(call, review.decide_appeal(call, self.deps.desk, **data))

    @rpc
    def confirm_appeal(self, call: Call, **payload: Any) -> Row:
        data = schemas.ConfirmAppeal.parse(payload)
        return self._row(call, review.confirm_appeal(call, self.deps.desk, **data))

    @rpc
    def revoke_filing(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.revoke_filing(call, self.deps.desk, **data))

    @rpc
    def withdraw_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.withdraw_proposal(call, self.deps.desk, **data))

    @rpc
    def request_withdrawal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, review.request_withdrawal(call, self.deps.desk, **data))

    @rpc
    def decide_withdrawal(self, call: Call, **payload: Any) -> Row:
        data = schemas.Decide.parse(payload)
        return self._row(call, review.decide_withdrawal(call, self.deps.desk, **data))

    @rpc
    def set_counter_start(self, call: Call, **payload: Any) -> Row:
        data = schemas.SetCounterStart.parse(payload)
        return review.set_counter_start(call, self.deps.desk, **data)

    # -- assignment and the work of the units ------------------------------------------------

    @rpc
    def propose_assignment(self, call: Call, **payload: Any) -> Row:
        data = schemas.ProposeAssignment.parse(payload)
        return self._row(call, handling.propose_assignment(call, self.deps.desk, **data))

    @rpc
    def refuse_assignment(self, call: Call, **payload: Any) -> Row:
        data = schemas.Reasoned.parse(payload)
        return self._row(call, handling.refuse_assignment(call, self.deps.desk, **data))

    @rpc
    def assign_proposal(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, handling.assign_proposal(call, self.deps.desk, **data))

    @rpc
    def receive_assignment(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, handling.receive_assignment(call, self.deps.desk, **data))

    @rpc
    def record_contact(self, call: Call, **payload: Any) -> Row:
        data = schemas.RecordContact.parse(payload)
        return self._row(call, handling.record_contact(call, self.deps.desk, **data))

    @rpc
    def confirm_contact(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnContact.parse(payload)
        return self._row(call, handling.confirm_contact(call, self.deps.desk, **data))

    @rpc
    def dispute_contact(self, call: Call, **payload: Any) -> Row:
        data = schemas.DisputeContact.parse(payload)
        return self._row(call, handling.dispute_contact(call, self.deps.desk, **data))

    @rpc
    def give_co_opinion(self, call: Call, **payload: Any) -> Row:
        data = schemas.CoOpinion.parse(payload)
        return self._row(call, handling.give_co_opinion(call, self.deps.desk, **data))

    @every(seconds=SCAN_SECONDS)
    def deem_received(self) -> None:
        handling.deem_received(Call.system(self.name), self.deps.desk)

    # -- replies -----------------------------------------------------------------------------

    @rpc
    def save_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.SaveReply.parse(payload)
        return self._row(call, replying.save_reply(call, self.deps.desk, **data))

    @rpc
    def request_sign_off(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, replying.request_sign_off(call, self.deps.desk, **data))

    @rpc
    def refuse_sign_off(self, call: Call, **payload: Any) -> Row:
        data = schemas.Commented.parse(payload)
        return self._row(call, replying.refuse_sign_off(call, self.deps.desk, **data))

    @rpc
    def sign_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.SignReply.parse(payload)
        return self._row(call, replying.sign_reply(call, self.deps.desk, **data))

    @rpc
    def check_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.CheckReply.parse(payload)
        return self._row(call, replying.check_reply(call, self.deps.desk, **data))

    @rpc
    def deliver_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.OnProposal.parse(payload)
        return self._row(call, replying.deliver_reply(call, self.deps.desk, **data))

    # -- evaluation --------------------------------------------------------------------------

    @rpc
    def save_evaluation(self, call: Call, **payload: Any) -> Row:
        data = schemas.Evaluate.parse(payload)
        judging.save_evaluation(call, self.deps.desk, **data)
        return self._row(call, data["proposal_id"])

    @rpc
    def evaluate_reply(self, call: Call, **payload: Any) -> Row:
        data = schemas.Evaluate.parse(payload)
        judging.evaluate_reply(call, self.deps.desk, **data)
        return self._row(call, data["proposal_id"])

    @every(seconds=SCAN_SECONDS)
    def close_unevaluated(self) -> None:
        judging.close_unevaluated(Call.system(self.name), self.deps.desk)

    # -- reads -----------------------------------------------------------------------------

    @read
    def proposals_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return queries.proposals_by_ids(call, self.deps.store, **schemas.ByIds.parse(payload))

    @read
    def list_proposals(self, call: Call, **payload: Any) -> Row:
        return queries.list_proposals(call, self.deps.store, **schemas.Listing.parse(payload))

    @read
    def count_proposals(self, call: Call, **payload: Any) -> int:
        return queries.count_proposals(call, self.deps.store, **schemas.Counting.parse(payload))

    @read
    def similar_proposals(self, call: Call, **payload: Any) -> list[Row]:
        return queries.similar_proposals(call, self.deps.store, **schemas.Similar.parse(payload))

    @read
    def text_versions(self, call: Call, **payload: Any) -> list[Row]:
        return queries.text_versions(call, self.deps.store, **schemas.OnProposal.parse(payload))

    @read
    def signature_difference(self, call: Call, **payload: Any) -> list[Row]:
        data = schemas.MaybeOnSignature.parse(payload)
        return queries.signature_difference(call, self.deps.store, **data)

    @read
    def evaluations_by_proposals(self, call: Call, **payload: Any) -> dict[str, list[Row]]:
        data = schemas.OnProposals.parse(payload)
        return queries.evaluations_by_proposals(call, self.deps.desk, **data)

    @read
    def submission_problems(self, call: Call, **payload: Any) -> list[Row]:
        data = schemas.OnProposal.parse(payload)
        return queries.submission_problems(call, self.deps.desk, **data)

    @read
    def may_read_file(self, call: Call, **payload: Any) -> bool:
        return queries.may_read_file(call, self.deps.store, **schemas.OfFile.parse(payload))

    @read
    def held_files(self, call: Call, **payload: Any) -> list[str]:
        return queries.held_files(call, self.deps.store, **schemas.FileIds.parse(payload))

    def _row(self, call: Call, proposal_id: str) -> Row:
        """The proposal as the one who acted sees it now; its id alone if no longer seen."""
        rows = queries.proposals_by_ids(call, self.deps.store, [proposal_id], None)
        return rows[0] if rows else {"id": proposal_id}

    # -- facts of members --------------------------------------------------------------------

    @on_event("members", "member_appointed")
    def on_members_member_appointed(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_profile_changed")
    def on_members_member_profile_changed(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_post_changed")
    def on_members_member_post_changed(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_suspended")
    def on_members_member_suspended(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_reinstated")
    def on_members_member_reinstated(self, event: Event) -> None:
        reactions.note_member(event, self.deps.desk)

    @on_event("members", "member_resigned")
    def on_members_member_resigned(self, event: Event) -> None:
        reactions.member_left(event, self.deps.desk)

    @on_event("members", "member_revoked")
    def on_members_member_revoked(self, event: Event) -> None:
        reactions.member_absent(event, self.deps.desk)

    @on_event("members", "member_deceased")
    def on_members_member_deceased(self, event: Event) -> None:
        reactions.member_absent(event, self.deps.desk)

    @on_event("members", "member_term_ended")
    def on_members_member_term_ended(self, event: Event) -> None:
        reactions.member_left(event, self.deps.desk)

    @on_event("members", "session_scheduled")
    def on_members_session_scheduled(self, event: Event) -> None:
        reactions.note_session(event, self.deps.desk)

    @on_event("members", "organisation_changed")
    def on_members_organisation_changed(self, event: Event) -> None:
        reactions.note_unit(event, self.deps.desk)
