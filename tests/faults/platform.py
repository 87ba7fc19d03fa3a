"""The platform under load, what may happen to it, and what has to be true afterwards."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from deploy.local.programs import services
from shared.actor import Actor
from tests.faults.keeper import Keeper
from tests.faults.load import Filed, Load
from tests.stack import Document, Servers, Stack
from tests.waiting import eventually

HEALED_SECONDS = 30.0  # until all is healed; 10 where nothing else is at work (docs/faults.md)
SETTLED_SECONDS = 60.0  # for what was accepted to be counted and told everywhere
CONSUMERS = ("gateway", *services())
STEADY = 4  # proposals that are filed before, and again after, a fault


@dataclass(frozen=True)
class Healed:
    """Seconds from the servers' first answer on: until every process answered, and until a
    proposal filed afterwards was in ledger and inbox. `died` are the processes that ended."""

    answering: float
    through: float
    died: set[str]


@dataclass
class Platform:
    """`filed` is everything that any load was told so far."""

    servers: Servers
    stack: Stack
    members: list[Actor]
    keeper: Keeper
    filed: list[Filed] = field(default_factory=list)

    # -- faults ----------------------------------------------------------------------------

    def kill(self, name: str) -> None:
        """kill -9; the keeper starts it again, as supervisord would."""
        self._ended(name, signal.SIGKILL)

    def restart(self, name: str) -> None:
        """SIGTERM, as for a new version; returns when it works again."""
        self._ended(name, signal.SIGTERM)
        eventually(self.healthy, timeout=60)

    def freeze(self, name: str, seconds: float) -> None:
        """The process stands still, as a machine that swaps or a paused container does."""
        group = self._pid(name)
        os.killpg(group, signal.SIGSTOP)
        try:
            time.sleep(seconds)  # the fault itself, not a wait for its effect
        finally:
            os.killpg(group, signal.SIGCONT)

    def fill_disk(self, seconds: float) -> None:
        """The broker's disk is full: it takes nothing from any publisher, us included."""
        self.servers.rabbitmqctl("set_disk_free_limit", str(10**15))
        try:
            time.sleep(seconds)  # the fault itself, not a wait for its effect
        finally:
            self.servers.rabbitmqctl("set_disk_free_limit", "50MB")

    def under(self, fault: Callable[[], None], *, felt: bool = False) -> Healed:
        """Work before, during and after the fault, and then a look at everything.

        felt: clients must have noticed. Afterwards accepted = stored = counted = told, and
        nothing twice.
        """
        deaths = dict(self.keeper.deaths)
        load = Load(self.stack, self.members)
        try:
            with load:
                self._steady(load)
                fault()
                eventually(self.servers_answer, timeout=60)
                began = time.monotonic()
                eventually(self.healthy, timeout=60)
                answering = time.monotonic() - began
                self._through(load)
                through = time.monotonic() - began
                self._steady(load)
        finally:
            self.filed += load.filed
        assert load.refused == []
        assert load.unanswered or not felt
        self.check()
        died = {name for name, count in self.keeper.deaths.items() if count > deaths[name]}
        return Healed(answering, through, died)

    def _ended(self, name: str, sign: signal.Signals) -> None:
        before = self.keeper.deaths[name]
        os.killpg(self._pid(name), sign)
        eventually(lambda: self.keeper.deaths[name] > before, timeout=30)

    def _pid(self, name: str) -> int:
        pid = self.servers.processes[name].pid
        assert pid is not None
        return pid

    def _steady(self, load: Load) -> None:
        before = len(load.filed)

        def going_on() -> bool:
            assert load.refused == []
            assert len(load.filed) >= before + STEADY, load.unanswered[-3:]
            return True

        eventually(going_on, timeout=60)

    def _through(self, load: Load) -> None:
        """What is filed from now on goes the whole way: ledger and inbox."""
        known = len(load.filed)
        eventually(lambda: load.refused or len(load.filed) > known, timeout=60)
        fresh = {filed.proposal_id for filed in load.filed[known:]}
        eventually(lambda: fresh & self._counted().keys() & self._told().keys(), timeout=60)

    # -- health ----------------------------------------------------------------------------

    def servers_answer(self) -> bool:
        servers = [self.servers.processes[name] for name in ("rabbitmq", "mongod")]
        return all(process.pid and process.healthy() for process in servers)

    def healthy(self) -> bool:
        """Every process runs, and does its work as far as it can be asked."""
        return all(process.pid and process.healthy() for process in self.servers.processes.values())

    # -- what has to be true ---------------------------------------------------------------

    def check(self) -> None:
        """Accepted = stored = counted = told, once each; numbers without gaps."""
        wanted = {filed.proposal_id for filed in self.filed}
        stored = self._stored()
        for filed in self.filed:
            row = stored[filed.proposal_id]
            assert (row["state"], row["first_proposer"]) == ("FILED", filed.member_id)
            assert (row["serial_no"], row["case_no"]) == (filed.serial_no, filed.case_no)
        assert {key for key, row in stored.items() if row["state"] == "FILED"} == wanted
        assert len(stored) == len(wanted), "a draft was stored twice"
        for name in ("serial_no", "case_no"):
            numbers = sorted(int(str(row[name]).rsplit("-", 1)[1]) for row in stored.values())
            assert numbers == list(range(1, len(stored) + 1)), name
        eventually(lambda: self._outboxes_are_empty(), timeout=SETTLED_SECONDS)
        eventually(lambda: self._counted() == dict.fromkeys(wanted, 1), timeout=SETTLED_SECONDS)
        eventually(lambda: self._told() == dict.fromkeys(wanted, 1), timeout=SETTLED_SECONDS)
        assert [fact for fact, count in self._facts().items() if count > 1] == []
        for consumer in CONSUMERS:
            assert self.stack.queue_depth(f"{consumer}.dead") == 0

    def _stored(self) -> dict[str, Document]:
        rows = self.stack.db("proposals")["proposals"].find()
        return {row["_id"]: row for row in rows}

    def _outboxes_are_empty(self) -> bool:
        waiting = {"pending_events.0": {"$exists": True}}
        return not any(
            self.stack.db(service)[name].count_documents(waiting)
            for service in self.stack.services
            for name in self.stack.db(service).list_collection_names()
        )

    def _counted(self) -> dict[str, int]:
        """Proposal → ledger entries of its filing, each one whole."""
        rows = list(self.stack.db("performance")["ledger"].find())
        assert {(row["rule_code"], row["quantity"]) for row in rows} <= {("B1", 1)}
        return dict(Counter(str(row["source_ref"]).split("/")[1] for row in rows))

    def _told(self) -> dict[str, int]:
        """Proposal → messages that it is filed."""
        rows = self.stack.db("notifications")["messages"].find({"template": "PROPOSAL_FILED"})
        return dict(Counter(str(row["link_id"]) for row in rows))

    def _facts(self) -> Counter[tuple[str, str, int]]:
        """How often each fact stands in the log of the producer."""
        rows = self.stack.db("proposals")["event_log"].find()
        return Counter((row["type"], row["subject"], row["aggregateversion"]) for row in rows)
