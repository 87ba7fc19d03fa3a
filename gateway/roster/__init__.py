"""名册导入。Import of a roster: the file is read here, by a child process, and its rows go to the
members service, which knows the rules (README of members).

`columns.py` names the columns, for the import as for the export (gateway/exports); `sheet.py` is
the child process, `reading.py` runs it.
"""
