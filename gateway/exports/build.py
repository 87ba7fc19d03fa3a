"""The child process that lays out one document: `python -m gateway.exports.build FOLDER`.

FOLDER holds `head`, {"kind", "title", "made_on"} in JSON, a table's with its columns, and `rows`, a
line of JSON for each case (cases.py) or row of a table (tables.py). It gets `result`, the document,
and `built`, one byte for each line laid out, by which the gateway tells how far it is; or
`refused`, code and message of why there is no document.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from gateway.exports.errors import ExportFailed
from shared import traces

Case = dict[str, Any]
Told = Callable[[], Any]
HEAD, ROWS, RESULT, BUILT = "head", "rows", "result", "built"
REFUSED = "refused"
NICENESS = 10  # people who wait for a page come first


def main(folder: Path) -> None:
    os.nice(NICENESS)
    head = orjson.loads((folder / HEAD).read_bytes())
    rows = [orjson.loads(line) for line in (folder / ROWS).read_bytes().splitlines()]
    write = WRITERS.get(head["kind"], _table)
    with (folder / RESULT).open("wb") as target, (folder / BUILT).open("wb", 0) as built:
        try:
            write(head, rows, target, lambda: built.write(b"."))
        except ExportFailed as error:
            (folder / REFUSED).write_bytes(orjson.dumps([error.code, error.message]))


def in_order(cases: list[Case]) -> list[Case]:
    """By category as the enum lists them, within it by number; without number last."""
    return sorted(
        cases,
        key=lambda case: (
            case["category_no"],
            not case["case_no"],
            case["case_no"],
            case["serial_no"],
        ),
    )


def _proposal(head: Case, cases: list[Case], target: Any, told: Told) -> None:
    from gateway.exports.form import proposal_docx
    from gateway.exports.paper import Paper

    paper = Paper(head["title"])
    proposal_docx(cases, paper)
    told()
    paper.docx.save(target)


def _compilation(head: Case, cases: list[Case], target: Any, told: Told) -> None:
    from gateway.exports.compilation import compilation_docx
    from gateway.exports.paper import Paper

    paper = Paper(head["title"])
    compilation_docx(in_order(cases), paper, head["made_on"], told)
    paper.docx.save(target)


def _case_list(_head: Case, cases: list[Case], target: Any, told: Told) -> None:
    from gateway.exports.register import case_list_xlsx

    # A register goes by number, whatever the category.
    cases.sort(key=lambda case: (not case["serial_no"], case["serial_no"]))
    case_list_xlsx(cases, target, told)


def _table(head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports.sheet import table_xlsx

    table_xlsx(head, rows, target, told)


def _certificates(_head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports.certificate import certificates_pdf

    certificates_pdf(rows, target, told)


def _outcome(head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports.outcome_paper import write_outcome
    from gateway.exports.paper import Paper

    paper = Paper(head["title"])
    write_outcome(paper, rows[0])
    told()
    paper.docx.save(target)


def _outcome_summary(head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports.outcome_paper import write_summary
    from gateway.exports.paper import Paper

    paper = Paper(head["title"])
    write_summary(paper, rows[0], [column["heading"] for column in head["columns"]])
    told()
    paper.docx.save(target)


def _issues(head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports.opinion_form import issues_docx
    from gateway.exports.paper import Paper

    paper = Paper(head["title"])
    issues_docx(rows, paper, told)
    paper.docx.save(target)


def _supervisors(_head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports.certificate import appointments_pdf

    appointments_pdf(rows, target, told)


def _supervision(head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports import supervision_paper
    from gateway.exports.paper import Paper

    paper = Paper(head["title"])
    opinion = head["kind"] == "SUPERVISION_OPINION_DOCX"
    write = supervision_paper.write_opinion if opinion else supervision_paper.write_report
    write(paper, rows[0])
    told()
    paper.docx.save(target)


def _consultations(head: Case, rows: list[Any], target: Any, told: Told) -> None:
    from gateway.exports import consultation_form
    from gateway.exports.paper import Paper

    write = {
        "CONSULTATION_MINUTES_DOCX": consultation_form.minutes_docx,
        "CONSULTATION_REPORT_DOCX": consultation_form.report_docx,
        "MOTION_DOCX": consultation_form.motion_docx,
    }[head["kind"]]
    paper = Paper(head["title"])
    write(rows, paper, told)
    paper.docx.save(target)


# Each imports its library when it is asked for: one of three is needed.
WRITERS: dict[str, Callable[[Case, list[Case], Any, Told], None]] = {
    "PROPOSAL_DOCX": _proposal,
    "COMPILATION_DOCX": _compilation,
    "CASE_LIST_XLSX": _case_list,
    "CERTIFICATE_PDF": _certificates,
    "OUTCOME_DOCX": _outcome,
    "OUTCOME_SUMMARY_DOCX": _outcome_summary,
    "SUPERVISION_OPINION_DOCX": _supervision,
    "SUPERVISION_REPORT_DOCX": _supervision,
    "SUPERVISOR_CERTIFICATE_PDF": _supervisors,
    "OPINION_DOCX": _issues,
    "OPINION_COLLECTION_DOCX": _issues,
    "CONSULTATION_MINUTES_DOCX": _consultations,
    "CONSULTATION_REPORT_DOCX": _consultations,
    "MOTION_DOCX": _consultations,
}


if __name__ == "__main__":
    traces.guard()
    main(Path(sys.argv[1]))
