"""The one table of services: a new service is a new line here, then `make k8s`.

Deployments, migrations, disruption budgets, autoscalers, broker users and their rights, database
users and the secrets to be made are all derived from it. tests/unit/cluster holds it to the
service folders, to their event handlers and to the calls they make.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Service:
    """`hears` and `asks` name services: whose events it handles, whom it calls.

    A service may hear one that is not there yet: its queues wait at that one's exchange.
    """

    name: str
    hears: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()  # environment variables that the Secret of its name holds
    # Secrets that an operator makes, with the settings of a provider outside; none: it is off.
    providers: tuple[str, ...] = ()
    cpu: str = "100m"  # asked for; a container may use ten times this
    memory: str = "128Mi"  # asked for; a container may use three times this
    most: int = 4  # replicas


SERVICES = (
    # Each password that identity checks takes 19 MiB and half a core for a moment.
    Service(
        "identity",
        hears=("identity", "members"),
        asks=("members",),
        providers=("wechat",),
        secrets=("IDENTITY_DATA_KEY",),
        cpu="200m",
        memory="256Mi",
    ),
    Service("members", hears=("identity", "members", "office"), secrets=("MEMBERS_DATA_KEY",)),
    Service(
        "proposals",
        hears=("identity", "members", "office", "proposals"),
        asks=("identity", "members"),
        cpu="200m",
    ),
    Service(
        "performance",
        hears=(
            "consultations",
            "identity",
            "liaison",
            "members",
            "office",
            "opinions",
            "outcomes",
            "performance",
            "proposals",
            "publicity",
            "study",
            "supervision",
        ),
    ),
    Service(
        "notifications",
        hears=(
            "consultations",
            "identity",
            "liaison",
            "members",
            "office",
            "opinions",
            "outcomes",
            "performance",
            "proposals",
            "publicity",
            "study",
            "supervision",
        ),
        asks=("identity", "members"),
        providers=("wechat", "sms"),
    ),
    Service(
        "office",
        hears=(
            "consultations",
            "identity",
            "liaison",
            "members",
            "office",
            "opinions",
            "proposals",
            "study",
            "supervision",
        ),
    ),
    Service("study", hears=("identity", "members", "office")),
    Service("liaison", hears=("identity", "members", "office", "opinions", "proposals", "study")),
    Service(
        "outcomes",
        hears=(
            "consultations",
            "identity",
            "liaison",
            "members",
            "opinions",
            "outcomes",
            "proposals",
            "supervision",
        ),
    ),
    Service("opinions", hears=("identity", "liaison", "members", "proposals")),
    Service("consultations", hears=("identity", "members", "office", "outcomes")),
    Service("supervision", hears=("identity", "members", "office"), asks=("members",)),
    Service("publicity", hears=("identity", "members"), providers=("wechat",)),
)
GATEWAY = Service(
    "gateway",
    hears=(
        "consultations",
        "liaison",
        "members",
        "notifications",
        "office",
        "opinions",
        "outcomes",
        "proposals",
        "study",
        "supervision",
    ),
    asks=tuple(service.name for service in SERVICES),
)
# Everyone with a broker user and a database user of its own name.
CLIENTS = (*SERVICES, GATEWAY)
BACKUP = "backup"  # reads all databases and the broker's definitions
ADMIN = "admin"  # makes the database's users; nobody else uses it


def databases(client: Service) -> tuple[str, ...]:
    """The databases that a client may write, without the prefix of DB_PREFIX."""
    return ("files",) if client == GATEWAY else (client.name,)
