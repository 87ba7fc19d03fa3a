"""Operations that every service offers over its own data: settings, audit and upkeep.

Said as a service says its own (shared/operations); a client names the service that it means.
"""

from __future__ import annotations

from shared.kernel import settings, trail, upkeep
from shared.operations import offered

OPERATIONS = offered([settings, trail, upkeep])
