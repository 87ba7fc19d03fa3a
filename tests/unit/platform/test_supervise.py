from __future__ import annotations

from pathlib import Path

import pytest
from supervisor.options import ServerOptions

from deploy.local import supervise
from deploy.local.options import Options, PlatformError
from deploy.local.programs import Program

ODD = "amqp://user:p%40ss,w0rd'@127.0.0.1:5673/%2F"


@pytest.fixture
def options(tmp_path: Path) -> Options:
    found = Options(tmp_path)
    found.logs.mkdir()
    return found


def read_back(options: Options, programs: list[Program]) -> ServerOptions:
    """What supervisord itself understands of the generated file."""
    options.supervisor_config.write_text(supervise.config_text(options, programs))
    understood = ServerOptions()
    understood.realize(["-c", str(options.supervisor_config)])
    return understood


def test_supervisord_reads_back_what_was_meant(options: Options, tmp_path: Path) -> None:
    server = Program("rabbitmq", ("/bin/server", "a b"), {"AMQP_URI": ODD}, tmp_path, 30)
    service = Program("alpha", ("py", "-m", "runner", "alpha"), {}, tmp_path)
    understood = read_back(options, [server, service])

    groups = sorted(understood.process_group_configs)
    [first], [second] = (group.process_configs for group in groups)
    assert (first.name, second.name) == ("rabbitmq", "alpha")
    assert first.command == "/bin/server 'a b'"
    assert first.environment == {"AMQP_URI": ODD}
    assert first.directory == str(tmp_path)
    assert first.stopwaitsecs == 30
    assert second.stdout_logfile == str(options.logs / "alpha.log")


def test_a_program_that_ends_is_started_again_for_a_long_time(options: Options) -> None:
    [group] = read_back(options, [Program("alpha", ("py",))]).process_group_configs
    [process] = group.process_configs
    assert process.autorestart is not False
    assert process.autostart is False
    # The n-th retry waits n seconds: more than an hour in all.
    assert sum(range(process.startretries)) > 3600


def test_control_is_a_unix_socket_of_the_owner_alone(options: Options) -> None:
    text = supervise.config_text(options, [])
    assert f"file = {options.socket}\nchmod = 0700" in text
    assert "inet_http_server" not in text


def test_refuses_a_value_that_the_file_cannot_hold(options: Options) -> None:
    program = Program("alpha", ("py",), {"AMQP_URI": 'amqp://"/'})
    with pytest.raises(PlatformError, match="AMQP_URI cannot hold a quote"):
        supervise.config_text(options, [program])


def test_an_absent_supervisor_is_not_alive_and_needs_no_stop(options: Options) -> None:
    assert supervise.Supervisor(options).alive() is False
    assert supervise.Supervisor(options).stop() is False
