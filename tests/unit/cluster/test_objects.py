"""What every overlay holds: each service whole, nothing with more rights than it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from deploy.cluster import generate, secrets
from deploy.cluster.table import CLIENTS, SERVICES, databases
from deploy.entry import command
from deploy.local import servers
from deploy.local.options import ROOT
from shared import keys, settings
from shared.actor import TokenSigner
from tests.unit.cluster.conftest import Built, Document, built_once, kustomize

NAMES = {service.name for service in SERVICES}
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


def test_every_service_has_its_objects(built: Built) -> None:
    assert NAMES | {"gateway"} == built.names("Deployment")
    assert {f"migrate-{name}" for name in NAMES} == built.names("Job")
    assert NAMES | {"gateway"} == built.names("HorizontalPodAutoscaler")
    assert NAMES | {"gateway"} <= built.names("PodDisruptionBudget")


def test_every_service_has_alerts_and_a_line_in_the_dashboard(built: Built) -> None:
    observed = built.one("ConfigMap", "observability")["data"]
    assert {name for name in NAMES if f'service="{name}"' in observed["alerts.yaml"]} == NAMES
    assert "rpc_seconds" in observed["dashboard.json"]


def test_every_process_is_started_by_the_entry_of_the_image(built: Built) -> None:
    for name, container, _ in built.containers():
        if container["image"].startswith("smart-cppcc:"):
            assert "command" not in container, name
            assert command(container["args"])


def test_a_service_has_its_own_user_database_and_keys(built: Built) -> None:
    for client in CLIENTS:
        [pod] = [pod for name, pod in built.pods() if name == client.name]
        for container in (*pod["spec"].get("initContainers", ()), *pod["spec"]["containers"]):
            env = {each["name"]: each for each in container["env"]}
            assert env["AMQP_URI"]["value"].startswith(f"$(BROKER_SCHEME)://{client.name}:")
            assert env["MONGO_URI"]["value"].startswith(f"mongodb://{client.name}:")
            for variable in ("BROKER_PASSWORD", "DATABASE_PASSWORD"):
                assert env[variable]["valueFrom"]["secretKeyRef"]["key"] == client.name
        assert len(databases(client)) == 1
        [projected] = [v["projected"] for v in pod["spec"]["volumes"] if v["name"] == "keys"]
        assert [source["secret"]["name"] for source in projected["sources"]] == [
            f"keys-{client.name}",
            "public-keys",
        ]


def test_variables_of_addresses_stand_before_their_use(built: Built) -> None:
    """Kubernetes expands $(NAME) only from variables above, and leaves it as it is otherwise."""
    found: set[str] = set()
    for name, container, _ in built.containers():
        known: set[str] = set()
        for each in container.get("env", ()):
            used = {part.split(")")[0] for part in each.get("value", "").split("$(")[1:]}
            assert used <= known, (name, each["name"])
            known.add(each["name"])
            found |= used
    assert found >= {"BROKER_SCHEME", "BROKER_PASSWORD", "DATABASE_PASSWORD"}


def test_addresses_make_settings_that_the_processes_accept(built: Built) -> None:
    addresses, common = built.settings("addresses"), built.settings("settings")
    given = {
        **common,
        "AMQP_URI": f"{addresses['broker-scheme']}://members:x@{addresses['broker']}",
        "MONGO_URI": f"mongodb://members:x@{addresses['database']}",
        "PROBE_PORT": "9100",
    }
    process = settings.read(given)
    assert (process.gateway_port, process.gateway_host) == (8000, "0.0.0.0")
    assert process.production is (built.overlay != "development")


def test_probes_ask_what_tells(built: Built) -> None:
    """Ready depends on broker and database; alive does not, so an outage of them kills no pod."""
    ours = set()
    for name, container, stays in built.containers():
        if not stays or not container.get("ports"):
            continue
        assert set(PROBES) <= container.keys(), name
        if container["image"].startswith("smart-cppcc:"):
            asked = [container[probe]["httpGet"]["path"] for probe in PROBES]
            assert asked == ["/healthz", "/readyz", "/healthz"], name
            [port] = container["ports"]
            assert {container[probe]["httpGet"]["port"] for probe in PROBES} == {port["name"]}
            env = {each["name"]: each.get("value") for each in container["env"]}
            assert str(port["containerPort"]) == env.get("PROBE_PORT", "8000"), name
            ours.add(name)
    relays = {f"{name}/relay" for name in NAMES}
    assert ours == {f"{name}/{name}" for name in NAMES} | relays | {"gateway/gateway"}


def test_the_relay_outlives_the_service_and_both_have_time_to_end(production: Built) -> None:
    for service in SERVICES:
        pod = production.one("Deployment", service.name)["spec"]["template"]["spec"]
        [relay] = pod["initContainers"]
        assert (relay["args"], relay["restartPolicy"]) == (["relay", service.name], "Always")
        assert pod["terminationGracePeriodSeconds"] >= 60


def test_no_container_has_more_rights_than_the_restricted_standard(built: Built) -> None:
    [namespace] = built.kind("Namespace")
    assert namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    for name, pod in built.pods():
        spec = pod["spec"]
        assert spec["automountServiceAccountToken"] is False, name
        assert spec["securityContext"]["runAsNonRoot"] is True, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert not {"hostNetwork", "hostPID", "hostIPC", "serviceAccountName"} & spec.keys(), name
    for name, container, _ in built.containers():
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }, name
        for kind in ("requests", "limits"):
            assert container["resources"][kind].keys() == {"cpu", "memory"}, name


def test_no_image_names_a_registry_and_each_has_a_tag(built: Built) -> None:
    images = {container["image"] for _, container, _ in built.containers()}
    assert [image for image in images if "/" in image or ":" not in image] == []


def test_replicas_are_spread_and_two_at_least(production: Built) -> None:
    for each in production.kind("Deployment", "StatefulSet"):
        spread = each["spec"]["template"]["spec"]["topologySpreadConstraints"]
        assert [rule["topologyKey"] for rule in spread] == [
            "kubernetes.io/hostname",
            "topology.kubernetes.io/zone",
        ]
        assert spread[0]["labelSelector"] == each["spec"]["selector"]
    assert {each["spec"]["minReplicas"] for each in production.kind("HorizontalPodAutoscaler")} == {
        2
    }
    for server in ("rabbitmq", "mongodb"):
        assert production.one("StatefulSet", server)["spec"]["replicas"] == 3


def test_secrets_are_referred_to_and_never_held(built: Built, tmp_path: Path) -> None:
    assert built.kind("Secret") == []
    secrets.ensure(tmp_path)
    made = {each["metadata"]["name"]: set(each["data"]) for each in kustomize(tmp_path)}
    for name, container, _ in built.containers():
        for each in container.get("env", ()):
            wanted = each.get("valueFrom", {}).get("secretKeyRef")
            assert wanted is None or wanted["key"] in made[wanted["name"]], (name, wanted)
    mounted = {name for _, pod in built.pods() for name in _secret_volumes(pod)}
    assert {f"keys-{client.name}" for client in CLIENTS} <= mounted <= made.keys()


def _secret_volumes(pod: Document) -> list[str]:
    volumes = pod["spec"].get("volumes", ())
    whole = [volume["secret"]["secretName"] for volume in volumes if "secret" in volume]
    sources = [s for volume in volumes for s in volume.get("projected", {}).get("sources", ())]
    return [*whole, *(source["secret"]["name"] for source in sources)]


def test_secrets_that_are_there_stay(tmp_path: Path) -> None:
    secrets.ensure(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    (tmp_path / "broker-passwords" / "members").unlink()
    secrets.ensure(tmp_path)
    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert after.keys() == before.keys()
    assert [path.name for path in after if after[path] != before[path]] == ["members"]
    assert {
        path.stat().st_mode & 0o077 for path in (tmp_path / "database-passwords").iterdir()
    } == {0}
    assert TokenSigner.load(tmp_path / secrets.KEYS, "members")
    keys.ensure(tmp_path / secrets.KEYS, [], rotate="members")
    assert TokenSigner.load(tmp_path / secrets.KEYS, "members")


def pods_of(built: Built, server: str) -> list[str]:
    """The names of a server's pods, as the others find them."""
    spec = built.one("StatefulSet", server)["spec"]
    return [f"{server}-{number}.{spec['serviceName']}" for number in range(spec["replicas"])]


in_cluster = pytest.mark.parametrize("overlay", ["production", "development"])


@in_cluster
def test_the_brokers_that_are_configured_are_those_that_run(overlay: str) -> None:
    built = built_once(overlay)
    lines = built.settings("rabbitmq")["rabbitmq.conf"].splitlines()
    named = [line.partition("@")[2] for line in lines if "classic_config.nodes" in line]
    assert named == pods_of(built, "rabbitmq")


@in_cluster
def test_the_members_of_the_replica_set_are_those_that_run(overlay: str) -> None:
    built = built_once(overlay)
    hosts = [f"{pod}:27017" for pod in pods_of(built, "mongodb")]
    [setup] = [each for name, each, _ in built.containers() if name == "mongodb/setup"]
    assert setup["args"][4:] == hosts
    assert built.settings("addresses")["database"].partition("/")[0].split(",") == hosts


@in_cluster
def test_mongod_logs_no_values_there_as_here(overlay: str) -> None:
    [mongod] = [e for name, e, _ in built_once(overlay).containers() if name == "mongodb/mongodb"]
    assert mongod["command"][:5] == ["bash", "-c", servers.WITHOUT_VALUES, LOG_FILTER, "mongod"]
    assert {"--slowms=2147483647", "--slowOpSampleRate=0"} <= set(mongod["command"])
    assert {"name": "log-filter", "mountPath": str(Path(LOG_FILTER).parent), "readOnly": True} in (
        mongod["volumeMounts"]
    )


LOG_FILTER = "/etc/database-log/log.sed"


@pytest.mark.parametrize(
    ("server", "volume", "path"),
    [
        ("rabbitmq", "rights", generate.DEFINITIONS),
        ("mongodb", "users", generate.USERS),
        ("mongodb", "log-filter", servers.LOG_FILTER),
    ],
)
def test_a_servers_pods_follow_a_change_of_its_settings_and_not_one_of_the_code(
    production: Built, server: str, volume: str, path: Path
) -> None:
    """A generated ConfigMap's name changes with its content; the helpers' image has its own tag."""
    pod = production.one("StatefulSet", server)["spec"]["template"]["spec"]
    [name] = [v["configMap"]["name"] for v in pod["volumes"] if v["name"] == volume]
    assert production.one("ConfigMap", name)["data"] == {path.name: (ROOT / path).read_text()}
    overlay = yaml.safe_load(
        (ROOT / "deploy/k8s/overlays/production/kustomization.yaml").read_text()
    )
    assert {image["name"] for image in overlay["images"]} == {
        "smart-cppcc",
        "smart-cppcc-setup",
        "rabbitmq",
        "mongo",
    }
