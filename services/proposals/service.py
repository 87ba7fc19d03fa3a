"""proposals (提案): from draft to archive. A table of contents, nothing else."""

from __future__ import annotations

from services.proposals import reactions
from services.proposals.commands import (
    appraising,
    consulting,
    cosigning,
    counting,
    drafting,
    guiding,
    handling,
    honouring,
    inspecting,
    judging,
    merging,
    panel,
    replying,
    reporting,
    returning,
    review,
    tracking,
)
from services.proposals.queries import (
    appraisals,
    files,
    lookups,
    proposals,
    statistics,
    worklists,
)
from services.proposals.wiring import build
from shared.call import Call
from shared.contracts import names
from shared.messaging.service import Provide, every, listen, offers


@offers(
    drafting,
    cosigning,
    review,
    consulting,
    merging,
    handling,
    replying,
    returning,
    judging,
    tracking,
    honouring,
    appraising,
    reporting,
    panel,
    inspecting,
    guiding,
    proposals,
    appraisals,
    files,
    lookups,
    statistics,
    worklists,
)
class ProposalsService:
    name = "proposals"
    deps = Provide(build)

    @every()
    def ring_alarms(self) -> None:
        tracking.ring_alarms(Call.system(self.name), self.deps)

    @every()
    def note_votes(self) -> None:
        appraising.note_votes(Call.system(self.name), self.deps)

    @every()
    def remind_of_reports(self) -> None:
        reporting.remind_of_reports(Call.system(self.name), self.deps)

    @every(seconds=2)  # figures are looked at while people work
    def count_changes(self) -> None:
        counting.count_changes(Call.system(self.name), self.deps.tallies)


REACTIONS = {
    names.MEMBER_APPOINTED: reactions.note_member,
    names.MEMBER_PROFILE_CHANGED: reactions.note_member,
    names.MEMBER_POST_CHANGED: reactions.note_member,
    names.MEMBER_SUSPENDED: reactions.note_member,
    names.MEMBER_REINSTATED: reactions.note_member,
    names.MEMBER_RESIGNED: reactions.member_absent,
    names.MEMBER_TERM_ENDED: reactions.member_left,
    names.MEMBER_REVOKED: reactions.member_absent,
    names.MEMBER_DECEASED: reactions.member_absent,
    names.SESSION_SCHEDULED: reactions.note_session,
    names.ORGANISATION_CHANGED: reactions.note_unit,
    names.TOPIC_CHANGED: reactions.note_topic,
}
for _type, _react in REACTIONS.items():
    listen(ProposalsService, "members", _type, _react)
listen(ProposalsService, "office", names.PLAN_STATE_CHANGED, reactions.note_themes)
for _type in (names.AFFAIR_RAISED, *sorted(reactions.ANSWERED)):
    listen(ProposalsService, "office", _type, reactions.note_letter)
listen(ProposalsService, "proposals", names.APPRAISAL_PUBLISHED, reactions.mark_appraised)
listen(ProposalsService, "proposals", names.INSPECTION_REPORTED, reactions.verify_promises)
