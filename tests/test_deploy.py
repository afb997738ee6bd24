"""`deploy/` stays true: its files parse, name settings, programs and commands that exist, and agree with each other and the project."""

import re
import shlex
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import house
import pytest
import yaml
from click.testing import CliRunner
from dagster._core.errors import DagsterInvalidConfigError
from dagster._core.instance.ref import InstanceRef

from indicators.cli import cli
from indicators.definitions.jobs import MONDAY

DEPLOY = house.PROJECT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
VARIABLES = {"INDICATORS_DATA", "DAGSTER_HOME", "PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PUBLISH_TO"}


def settings(path: Path) -> Any:
    """A YAML file with one document."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def manifests() -> dict[str, Any]:
    """The objects of `kubernetes.yaml` by kind."""
    documents = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8"))
    return {document["kind"]: document for document in documents}


def pods() -> dict[str, Any]:
    """The pods of the Deployment and of the CronJob."""
    found = manifests()
    return {
        "Deployment": found["Deployment"]["spec"]["template"],
        "CronJob": found["CronJob"]["spec"]["jobTemplate"]["spec"]["template"],
    }


def containers() -> Iterator[dict[str, Any]]:
    for pod in pods().values():
        yield from (*pod["spec"].get("initContainers", []), *pod["spec"]["containers"])


def commands() -> Iterator[list[str]]:
    """Every command of a unit or a container, its program without a folder."""
    for path in SERVICES:
        for line in re.findall(r"^ExecStart(?:Pre)?=(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE):
            program, *words = shlex.split(line)
            yield [Path(program).name, *words]
    for container in containers():
        command = container["command"]
        yield shlex.split(command[-1].removeprefix("exec ")) if command[0] == "sh" else command


def test_the_instance_of_a_server_is_the_projects_with_storage_of_its_own() -> None:
    ours, server = settings(house.PROJECT / "dagster.yaml"), settings(DEPLOY / "dagster.yaml")
    assert {name: server[name] for name in ours} == ours
    assert set(server) - set(ours) == {"storage", "run_monitoring", "retention"}


def test_dagster_knows_every_setting_of_it(tmp_path: Path) -> None:
    pytest.importorskip("dagster_postgres")
    storage = InstanceRef.from_dir(str(DEPLOY)).storage_data
    assert storage is not None
    assert storage.class_name == "DagsterPostgresStorage"
    (tmp_path / "dagster.yaml").write_text("run_monitorings:\n  enabled: true\n")
    with pytest.raises(DagsterInvalidConfigError):
        InstanceRef.from_dir(str(tmp_path))


def test_every_variable_of_the_instance_is_among_those_of_the_environment_file() -> None:
    asked = {entry["env"] for entry in settings(DEPLOY / "dagster.yaml")["storage"]["postgres"]["postgres_db"].values() if "env" in entry}
    given = {line.partition("=")[0] for line in (DEPLOY / "indicators.env").read_text().splitlines() if line and not line.startswith("#")}
    assert asked == {name for name in VARIABLES if name.startswith("PG")}
    assert given == VARIABLES


def test_every_program_and_command_is_installed_with_the_project() -> None:
    programs = {point.name for point in entry_points(group="console_scripts")}
    for program, *words in commands():
        assert program in programs, program
        if program == "indicators":
            asked = CliRunner().invoke(cli, [words[0], "--help"])
            assert asked.exit_code == 0, words
            assert all(word in asked.output for word in words if word.startswith("--")), words


def test_units_say_who_runs_them_with_which_environment() -> None:
    for path in SERVICES:
        unit = path.read_text(encoding="utf-8")
        assert "User=indicators\n" in unit
        assert "EnvironmentFile=/etc/indicators/indicators.env\n" in unit
        assert set(re.findall(r"\$\{(\w+)\}", unit)) <= VARIABLES


def test_timer_cron_job_and_schedule_tell_the_same_hour() -> None:
    minute, hour, *_ = MONDAY.split()
    assert manifests()["CronJob"]["spec"]["schedule"] == MONDAY
    assert f"OnCalendar=Mon *-*-* {int(hour):02}:{minute}:00 UTC" in (DEPLOY / "systemd" / "indicators-release.timer").read_text()


def test_pods_mount_the_volume_and_the_settings_that_there_are() -> None:
    found = manifests()
    (generated,) = settings(DEPLOY / "kustomization.yaml")["configMapGenerator"]
    assert generated["files"] == ["dagster.yaml"]
    for pod in pods().values():
        data, instance, _ = pod["spec"]["volumes"]
        assert data["persistentVolumeClaim"]["claimName"] == found["PersistentVolumeClaim"]["metadata"]["name"]
        assert instance["configMap"]["name"] == generated["name"]
    for container in containers():
        told = {variable["name"]: variable["value"] for variable in container["env"]}
        mounted = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
        home = told["DAGSTER_HOME"]
        assert mounted == {told["INDICATORS_DATA"]: "data", home: "home", f"{home}/dagster.yaml": "dagster"}


def test_the_weekly_job_runs_where_the_volume_is_mounted_and_never_twice_at_once() -> None:
    job, pod = manifests()["CronJob"]["spec"], pods()["CronJob"]["spec"]
    (near,) = pod["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert near["labelSelector"]["matchLabels"].items() <= pods()["Deployment"]["metadata"]["labels"].items()
    assert job["concurrencyPolicy"] == "Forbid"
    assert manifests()["Service"]["spec"]["selector"] == pods()["Deployment"]["metadata"]["labels"]
