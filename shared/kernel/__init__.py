"""Operations that every service offers over its own data: settings and upkeep.

Said as a service says its own (shared/operations); a client names the service that it means.
"""

from __future__ import annotations

from shared.kernel import settings, upkeep
from shared.operations import offered

OPERATIONS = offered([settings, upkeep])
