"""成果采纳反馈档案。Outcome files, opinion items, promises, topic dossiers."""

from __future__ import annotations
