"""Plans, sessions, classes, certificates, figures."""

from __future__ import annotations

from typing import Any

from services.study.commands import classes, plans, sessions
from services.study.queries import statistics, study
from services.study.schemas import forms
from services.study.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import read, rpc
from shared.schemas import InputSchema


class Studying(Base):
    @rpc
    def write_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.WritePlan.parse(payload)
        return self._plan(call, plans.write_plan(call, self.deps, **data))

    @rpc
    def propose_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.OfPlan.parse(payload)
        return self._plan(call, plans.propose_plan(call, self.deps, **data))

    @rpc
    def decide_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.DecidePlan.parse(payload)
        return self._plan(call, plans.decide_plan(call, self.deps, **data))

    @rpc
    def summarise_plan(self, call: Call, **payload: Any) -> Row:
        data = forms.SummarisePlan.parse(payload)
        return self._plan(call, plans.summarise_plan(call, self.deps, **data))

    @rpc
    def plan_session(self, call: Call, **payload: Any) -> Row:
        data = forms.PlanSession.parse(payload)
        return self._session(call, sessions.plan_session(call, self.deps, **data))

    @rpc
    def set_session_materials(self, call: Call, **payload: Any) -> Row:
        data = forms.SetMaterials.parse(payload)
        return self._session(call, sessions.set_session_materials(call, self.deps, **data))

    @rpc
    def close_session(self, call: Call, **payload: Any) -> Row:
        data = forms.CloseSession.parse(payload)
        return self._session(call, sessions.close_session(call, self.deps, **data))

    @rpc
    def open_class(self, call: Call, **payload: Any) -> Row:
        data = forms.OpenClass.parse(payload)
        return self._class(call, classes.open_class(call, self.deps, **data))

    @rpc
    def enrol(self, call: Call, **payload: Any) -> Row:
        data = forms.OfClass.parse(payload)
        return self._class(call, classes.enrol(call, self.deps, **data))

    @rpc
    def enrol_member(self, call: Call, **payload: Any) -> Row:
        data = forms.EnrolMember.parse(payload)
        return self._class(call, classes.enrol_member(call, self.deps, **data))

    @rpc
    def withdraw(self, call: Call, **payload: Any) -> Row:
        data = forms.OfClass.parse(payload)
        return self._class(call, classes.withdraw(call, self.deps, **data))

    @rpc
    def close_enrolment(self, call: Call, **payload: Any) -> Row:
        data = forms.OfClass.parse(payload)
        return self._class(call, classes.close_enrolment(call, self.deps, **data))

    @rpc
    def cancel_class(self, call: Call, **payload: Any) -> Row:
        data = forms.CancelClass.parse(payload)
        return self._class(call, classes.cancel_class(call, self.deps, **data))

    @rpc
    def certify_class(self, call: Call, **payload: Any) -> Row:
        data = forms.OfClass.parse(payload)
        return self._class(call, classes.certify_class(call, self.deps, **data))

    @read
    def study_plan(self, call: Call, **payload: Any) -> Row | None:
        return study.study_plan(call, self.deps, **forms.OfYear.parse(payload))

    @read
    def plans_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return study.plans_by_ids(call, self.deps, **forms.Ids.parse(payload))

    @read
    def list_sessions(self, call: Call, **payload: Any) -> Row:
        return study.list_sessions(call, self.deps, **forms.ListSessions.parse(payload))

    @read
    def count_sessions(self, call: Call, **payload: Any) -> int:
        return study.count_sessions(call, self.deps, **forms.CountSessions.parse(payload))

    @read
    def sessions_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return study.sessions_by_ids(call, self.deps, **forms.Ids.parse(payload))

    @read
    def list_classes(self, call: Call, **payload: Any) -> Row:
        return study.list_classes(call, self.deps, **forms.ListClasses.parse(payload))

    @read
    def count_classes(self, call: Call, **payload: Any) -> int:
        return study.count_classes(call, self.deps, **forms.CountClasses.parse(payload))

    @read
    def classes_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return study.classes_by_ids(call, self.deps, **forms.Ids.parse(payload))

    @read
    def list_enrolments(self, call: Call, **payload: Any) -> Row:
        return study.list_enrolments(call, self.deps, **forms.ListEnrolments.parse(payload))

    @read
    def count_enrolments(self, call: Call, **payload: Any) -> int:
        return study.count_enrolments(call, self.deps, **forms.CountEnrolments.parse(payload))

    @read
    def certificate(self, call: Call, **payload: Any) -> Row | None:
        return study.certificate(call, self.deps, **forms.Verify.parse(payload))

    @read
    def certificates_of(self, call: Call, **payload: Any) -> list[Row]:
        return study.certificates_of(call, self.deps, **forms.OfMember.parse(payload))

    @read
    def class_certificates(self, call: Call, **payload: Any) -> list[Row]:
        return study.class_certificates(call, self.deps, **forms.OfClass.parse(payload))

    @read
    def list_attendance(self, call: Call, **payload: Any) -> Row:
        data = forms.ListAttendance.parse(payload)
        del data["filter"]
        return study.list_attendance(call, self.deps, **data)

    @read
    def count_attendance(self, call: Call, **payload: Any) -> int:
        data = forms.CountAttendance.parse(payload)
        return study.count_attendance(call, self.deps, session_id=data["session_id"])

    @read
    def study_record(self, call: Call, **payload: Any) -> Row:
        return statistics.study_record(call, self.deps, **forms.Record.parse(payload))

    @read
    def theme_coverage(self, call: Call, **payload: Any) -> list[Row]:
        return statistics.theme_coverage(call, self.deps, **forms.OfYear.parse(payload))

    @read
    def training_coverage(self, call: Call, **payload: Any) -> Row:
        InputSchema.parse(payload)
        return statistics.training_coverage(call, self.deps)

    @read
    def organisation_statistics(self, call: Call, **payload: Any) -> list[Row]:
        return statistics.organisation_statistics(
            call, self.deps, **forms.Statistics.parse(payload)
        )

    def _plan(self, call: Call, record_id: str) -> Row:
        rows = study.plans_by_ids(call, self.deps, ids=[record_id])
        return rows[0] if rows else {"id": record_id}

    def _session(self, call: Call, record_id: str) -> Row:
        rows = study.sessions_by_ids(call, self.deps, ids=[record_id])
        return rows[0] if rows else {"id": record_id}

    def _class(self, call: Call, record_id: str) -> Row:
        rows = study.classes_by_ids(call, self.deps, ids=[record_id])
        return rows[0] if rows else {"id": record_id}
