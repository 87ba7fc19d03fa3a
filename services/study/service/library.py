"""Materials, questions, papers, quizzes."""

from __future__ import annotations

from typing import Any

from services.study.commands import materials, papers
from services.study.queries import library
from services.study.schemas import forms
from services.study.service.base import Base, Row
from shared.call import Call
from shared.messaging.service import read, rpc


class Library(Base):
    @rpc
    def write_material(self, call: Call, **payload: Any) -> Row:
        data = forms.WriteMaterial.parse(payload)
        return self._material(call, materials.write_material(call, self.deps, **data))

    @rpc
    def send_material(self, call: Call, **payload: Any) -> Row:
        data = forms.OfMaterial.parse(payload)
        return self._material(call, materials.send_material(call, self.deps, **data))

    @rpc
    def review_material(self, call: Call, **payload: Any) -> Row:
        data = forms.ReviewMaterial.parse(payload)
        return self._material(call, materials.review_material(call, self.deps, **data))

    @rpc
    def recall_material(self, call: Call, **payload: Any) -> Row:
        data = forms.RecallMaterial.parse(payload)
        return self._material(call, materials.recall_material(call, self.deps, **data))

    @rpc
    def read_material(self, call: Call, **payload: Any) -> Row:
        data = forms.OfMaterial.parse(payload)
        return self._material(call, materials.read_material(call, self.deps, **data))

    @rpc
    def ask_question(self, call: Call, **payload: Any) -> Row:
        data = forms.AskQuestion.parse(payload)
        return self._question(call, materials.ask_question(call, self.deps, **data))

    @rpc
    def answer_question(self, call: Call, **payload: Any) -> Row:
        data = forms.AnswerQuestion.parse(payload)
        return self._question(call, materials.answer_question(call, self.deps, **data))

    @rpc
    def submit_paper(self, call: Call, **payload: Any) -> Row:
        data = forms.SubmitPaper.parse(payload)
        return self._paper(call, papers.submit_paper(call, self.deps, **data))

    @rpc
    def decide_paper(self, call: Call, **payload: Any) -> Row:
        data = forms.DecidePaper.parse(payload)
        return self._paper(call, papers.decide_paper(call, self.deps, **data))

    @rpc
    def revoke_paper(self, call: Call, **payload: Any) -> Row:
        data = forms.RevokePaper.parse(payload)
        return self._paper(call, papers.revoke_paper(call, self.deps, **data))

    @rpc
    def open_quiz(self, call: Call, **payload: Any) -> Row:
        data = forms.OpenQuiz.parse(payload)
        return self._quiz(call, papers.open_quiz(call, self.deps, **data))

    @rpc
    def close_quiz(self, call: Call, **payload: Any) -> Row:
        data = forms.OfQuiz.parse(payload)
        return self._quiz(call, papers.close_quiz(call, self.deps, **data))

    @rpc
    def take_quiz(self, call: Call, **payload: Any) -> Row:
        data = forms.TakeQuiz.parse(payload)
        right = papers.take_quiz(call, self.deps, **data)
        return {"right": right, "quiz": self._quiz(call, data["quiz_id"])}

    @read
    def list_materials(self, call: Call, **payload: Any) -> Row:
        return library.list_materials(call, self.deps, **forms.ListMaterials.parse(payload))

    @read
    def count_materials(self, call: Call, **payload: Any) -> int:
        return library.count_materials(call, self.deps, **forms.CountMaterials.parse(payload))

    @read
    def materials_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return library.materials_by_ids(call, self.deps, **forms.Ids.parse(payload))

    @read
    def list_questions(self, call: Call, **payload: Any) -> Row:
        return library.list_questions(call, self.deps, **forms.ListQuestions.parse(payload))

    @read
    def count_questions(self, call: Call, **payload: Any) -> int:
        return library.count_questions(call, self.deps, **forms.CountQuestions.parse(payload))

    @read
    def questions_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return library.questions_by_ids(call, self.deps, **forms.Ids.parse(payload))

    @read
    def list_papers(self, call: Call, **payload: Any) -> Row:
        return library.list_papers(call, self.deps, **forms.ListPapers.parse(payload))

    @read
    def count_papers(self, call: Call, **payload: Any) -> int:
        return library.count_papers(call, self.deps, **forms.CountPapers.parse(payload))

    @read
    def papers_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return library.papers_by_ids(call, self.deps, **forms.Ids.parse(payload))

    @read
    def list_quizzes(self, call: Call, **payload: Any) -> Row:
        return library.list_quizzes(call, self.deps, **forms.ListQuizzes.parse(payload))

    @read
    def count_quizzes(self, call: Call, **payload: Any) -> int:
        return library.count_quizzes(call, self.deps, **forms.CountQuizzes.parse(payload))

    @read
    def quizzes_by_ids(self, call: Call, **payload: Any) -> list[Row]:
        return library.quizzes_by_ids(call, self.deps, **forms.Ids.parse(payload))

    @read
    def material_readers(self, call: Call, **payload: Any) -> list[str]:
        return library.material_readers(call, self.deps, **forms.OfMaterial.parse(payload))

    @read
    def may_read_file(self, call: Call, **payload: Any) -> bool:
        return library.may_read_file(call, self.deps, **forms.OfFile.parse(payload))

    @read
    def held_files(self, call: Call, **payload: Any) -> list[str]:
        return library.held_files(call, self.deps, **forms.Ids.parse(payload))

    def _material(self, call: Call, record_id: str) -> Row:
        rows = library.materials_by_ids(call, self.deps, ids=[record_id])
        return rows[0] if rows else {"id": record_id}

    def _question(self, call: Call, record_id: str) -> Row:
        rows = library.questions_by_ids(call, self.deps, ids=[record_id])
        return rows[0] if rows else {"id": record_id}

    def _paper(self, call: Call, record_id: str) -> Row:
        rows = library.papers_by_ids(call, self.deps, ids=[record_id])
        return rows[0] if rows else {"id": record_id}

    def _quiz(self, call: Call, record_id: str) -> Row:
        rows = library.quizzes_by_ids(call, self.deps, ids=[record_id])
        return rows[0] if rows else {"id": record_id}
