"""导出。Exports: proposals as docx, lists of cases as xlsx (docs/adr/0009).

The gateway fetches what the asking user may see (`rows.py`, `cases.py`), page by page, and a child
process lays it out (`build.py`: `form.py`, `compilation.py`, `register.py`), so that neither an
event loop nor the gateway's memory bears it. `jobs.py` keeps the state, `runner.py` does the work.
"""
