"""The Chinese texts of messages, by their matter.

No person is named: a message may reach a channel outside the platform, and names never travel in
events (decision 9). A proposal's title may stand in a text.
"""

from __future__ import annotations

from services.notifications.domain.deciding import TEMPLATES as DECIDING
from services.notifications.domain.templates import Template
from services.notifications.domain.texts.accounts import ACCOUNTS
from services.notifications.domain.texts.consultations import CONSULTATIONS
from services.notifications.domain.texts.handling import HANDLING
from services.notifications.domain.texts.liaison import LIAISON
from services.notifications.domain.texts.office import OFFICE
from services.notifications.domain.texts.opinions import OPINIONS
from services.notifications.domain.texts.outcomes import OUTCOMES
from services.notifications.domain.texts.performance import PERFORMANCE
from services.notifications.domain.texts.proposals import PROPOSALS
from services.notifications.domain.texts.publicity import PUBLICITY
from services.notifications.domain.texts.study import STUDY
from services.notifications.domain.texts.supervision import SUPERVISION

TEMPLATES: dict[str, Template] = {
    **HANDLING,
    **PROPOSALS,
    **PERFORMANCE,
    **OFFICE,
    **STUDY,
    **LIAISON,
    **OUTCOMES,
    **OPINIONS,
    **CONSULTATIONS,
    **SUPERVISION,
    **PUBLICITY,
    **ACCOUNTS,
    **DECIDING,
}
