"""Where settings come from, which of them wins, and what is said of a wrong one."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from recoupe.errors import ConfigurationError
from recoupe.settings import Settings, load_settings

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "recoupe.toml"


def test_defaults_hold_where_nothing_is_said() -> None:
    settings = load_settings({}, environment={})
    assert (settings.database, settings.port, settings.delay) == (Path("recoupe.db"), 8001, 1.0)
    assert set(settings.origins.values()) == {"default"}


def test_a_flag_wins_over_the_environment_which_wins_over_the_file(config: Path) -> None:
    config.write_text("port = 1\ndelay = 3\nhost = '0.0.0.0'\n")
    environment = {"RECOUPE_PORT": "2", "RECOUPE_DELAY": "2.5"}
    settings = load_settings({"port": 3, "host": None}, config=config, environment=environment)
    assert (settings.port, settings.delay, settings.host) == (3, 2.5, "0.0.0.0")  # noqa: S104
    assert settings.origins["port"] == "command line"
    assert settings.origins["delay"] == "RECOUPE_DELAY"
    assert settings.origins["host"] == str(config)
    assert settings.origins["revisit_days"] == "default"


def test_the_file_of_the_working_folder_is_read_unless_another_is_named(folder: Path) -> None:
    (folder / "recoupe.toml").write_text("port = 7\n")
    (folder / "other.toml").write_text("port = 8\n")
    assert load_settings({}, environment={}).port == 7
    assert load_settings({}, config=folder / "other.toml", environment={}).port == 8


def test_paths_in_a_file_are_meant_from_its_folder(config: Path) -> None:
    config.write_text("database = 'data/a.db'\nsources = ['mine', '/abs']\n")
    settings = load_settings({}, config=config, environment={})
    assert settings.database == config.parent / "data/a.db"
    assert settings.sources == (config.parent / "mine", Path("/abs"))


def test_the_archive_stands_beside_the_base_unless_it_is_given() -> None:
    beside = load_settings({"database": Path("x/notes.db")}, environment={})
    assert beside.archive == Path("x/notes-archive.db")
    given = load_settings({"database": Path("x/a.db"), "archive": Path("b.db")}, environment={})
    assert given.archive == Path("b.db")


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("RECOUPE_DATABASE", "/tmp/x.db", "database", Path("/tmp/x.db")),  # noqa: S108
        ("RECOUPE_SOURCES", "a:b", "sources", (Path("a"), Path("b"))),
        ("RECOUPE_OBEY_OPTOUT", "false", "obey_optout", False),
        ("RECOUPE_REVISIT_DAYS", "7", "revisit_days", 7),
        ("RECOUPE_DELAY", "0.5", "delay", 0.5),
        ("RECOUPE_PORT", "", "port", 8001),
    ],
)
def test_the_environment_is_read_as_text(
    variable: str, text: str, name: str, value: object
) -> None:
    assert getattr(load_settings({}, environment={variable: text}), name) == value


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("RECOUPE_PORT", "abc", "RECOUPE_PORT: port = 'abc'; write a whole number"),
        ("RECOUPE_PORT", "70000", "between 0 and 65535"),
        ("RECOUPE_DELAY", "vite", "write seconds between 0 and 3600"),
        ("RECOUPE_DELAY", "nan", "write seconds between 0 and 3600"),
        ("RECOUPE_DELAY", "-1", "write seconds between 0 and 3600"),
        ("RECOUPE_OBEY_OPTOUT", "oui", "write true or false"),
        ("RECOUPE_REVISIT_DAYS", "1.5", "a whole number of days"),
    ],
)
def test_a_variable_of_the_wrong_type_is_named_with_what_to_write(
    variable: str, text: str, said: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load_settings({}, environment={variable: text})
    assert said in str(raised.value)
    assert raised.value.exit_code == 4


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("port = ", "not valid TOML"),
        ("prot = 1", "unknown setting 'prot'; did you mean 'port'?"),
        ("colour = 'red'", "the settings are database, archive"),
        ("port = '8001'", "port = '8001'; write a whole number"),
        ("port = true", "write a whole number"),
        ("sources = 'mine'", "write a list of folders"),
        ("sources = [1]", "write a list of folders"),
        ("database = ''", "write the path of a file"),
        ("[database]\nx = 1", "write the path of a file"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_write(toml: str, said: str, config: Path) -> None:
    config.write_text(toml)
    with pytest.raises(ConfigurationError) as raised:
        load_settings({}, config=config, environment={})
    assert str(config) in str(raised.value)
    assert said in str(raised.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(ConfigurationError, match=r"cannot be read.*check --config"):
            load_settings({}, config=path, environment={})
    (tmp_path / "latin.toml").write_bytes("user_agent = 'é'".encode("latin-1"))
    with pytest.raises(ConfigurationError, match="save it as UTF-8"):
        load_settings({}, config=tmp_path / "latin.toml", environment={})


def test_a_variable_that_is_no_setting_is_warned_of(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "recoupe"):
        settings = load_settings({}, environment={"RECOUPE_DATABSE": "x.db", "OTHER": "1"})
    assert settings.database == Settings().database
    assert "RECOUPE_DATABSE is set, but there is no such setting" in caplog.text
    assert "did you mean 'database'?" in caplog.text
