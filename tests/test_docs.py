"""The docs name what exists, and what exists is in the docs.

``python tests/test_docs.py`` writes ``docs/commands.md`` anew after a change of the command line.
"""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import typer

from recoupe import commands, errors, settings
from recoupe.cli import app
from recoupe.encode import document_json, error_json, extraction_json
from recoupe.records import (
    Article,
    Comparison,
    DateMention,
    Extraction,
    Fact,
    OrganisationMention,
    PersonMention,
    Pipeline,
    ProgrammeMention,
    Quantity,
    Quote,
    Recipe,
    Reference,
    Source,
    TerritoryCandidate,
    TerritoryMention,
)

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "bench/*.md", "corpus/*.md")
    for path in ROOT.glob(pattern)
)
COMMANDS = ROOT / "docs/commands.md"
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def ids(path: object) -> str:
    return str(path.relative_to(ROOT)) if isinstance(path, Path) else str(path)


# --- the command line -----------------------------------------------------------------------------


def command_line() -> Any:
    assert commands  # importing the module registers every command
    return typer.main.get_command(app)


def all_commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from all_commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def commands_page() -> str:
    """docs/commands.md as the command line itself tells it."""
    root = command_line()
    lines = [
        "# Commands",
        "Written by `python tests/test_docs.py` from the command line itself. Standard output",
        "carries data only; progress and messages go to standard error.",
        "",
        "More: [exit codes and settings](operate.md), [the search language](search.md),",
        "[the JSON](json.md).",
        "",
        "Before every command:",
        "",
        *_table(root),
    ]
    for name, command in all_commands(root):
        lines += ["", f"## recoupe {name}", _oneline(command.help), ""]
        lines += [*_table(command)]
    return "\n".join(lines).rstrip() + "\n"


def _table(command: Any) -> list[str]:
    rows = [(_named(parameter), _oneline(_about(parameter))) for parameter in command.params]
    rows = [row for row in rows if "--help" not in row[0]]
    if not rows:
        return ["No options."]
    return ["| | |", "|---|---|", *(f"| {name} | {about} |" for name, about in rows)]


def _named(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        many = "…" if parameter.nargs == -1 else ""
        return f"`{parameter.name.upper()}{many}`"
    forms = [*parameter.opts, *parameter.secondary_opts]
    return ", ".join(f"`{form}`" for form in sorted(forms, key=len))


def _about(parameter: Any) -> str:
    about = getattr(parameter, "help", None) or ""
    default = parameter.default
    if isinstance(default, Enum):
        about += f" One of {', '.join(choice.value for choice in type(default))}."
        default = default.value
    if not isinstance(default, bool) and isinstance(default, str | int | float):
        about += f" Default: {default}."
    return about


def _oneline(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", r"\|")


def options_of(command: Any) -> set[str]:
    named = {form for p in command.params for form in (*p.opts, *p.secondary_opts)}
    return named | {"-h", "--help"}


def invocations(text: str) -> Iterator[list[str]]:
    """Each ``recoupe …`` of a page's shell examples and inline code, as words."""
    bare = FENCE.sub("", text)
    shell = [m["code"] for m in FENCE.finditer(text) if m["language"] in {"sh", "console", ""}]
    lines = [line for code in shell for line in code.splitlines()]
    for line in [*lines, *INLINE.findall(bare)]:
        for found in re.finditer(r"(?<![\w./-])recoupe (?P<rest>[^|;&]+|.+)", line):
            try:
                words = shlex.split(found["rest"].replace(r"\|", "|"), comments=True)
            except ValueError:  # a quotation mark closed beyond a pipe
                words = found["rest"].split()
            yield [word for word in words if not re.match(r"\d?>", word)]


def wrong_words(words: list[str]) -> Iterator[str]:
    """What of an invocation does not exist."""
    command, path, literal = command_line(), "recoupe", False
    for word in words:
        if word.isupper() or literal:
            continue
        if word == "--":
            literal = True
        elif word.startswith("-") and word != "-":
            if word.split("=")[0] not in options_of(command):
                yield f"{path} {word}"
        elif hasattr(command, "commands"):
            if word not in command.commands:
                yield f"{path} {word}"
                return
            command, path = command.commands[word], f"{path} {word}"


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_each_command_and_option_that_a_page_names_exists(path: Path) -> None:
    wrong = [w for words in invocations(path.read_text("utf-8")) for w in wrong_words(words)]
    assert wrong == []


def test_a_command_that_does_not_exist_would_be_found() -> None:
    text = "Try `recoupe fly --high`, or:\n```sh\nrecoupe -q run x --limit 3 --up # not\n```\n"
    assert [w for words in invocations(text) for w in wrong_words(words)] == [
        "recoupe run --up",
        "recoupe fly",
    ]


def test_the_page_of_commands_is_that_of_the_command_line() -> None:
    assert page("docs/commands.md") == commands_page(), "run: python tests/test_docs.py"


def test_every_command_is_told_in_one_sentence() -> None:
    assert [name for name, command in all_commands(command_line()) if not command.help] == []


# --- settings, exit codes, sources ----------------------------------------------------------------


@pytest.mark.parametrize(
    "setting", [f for f in fields(settings.Settings) if f.name != "origins"], ids=lambda f: f.name
)
def test_every_setting_is_documented_with_its_default(setting: Any) -> None:
    row = re.search(rf"^\| `{setting.name}` \| (.+)$", page("docs/operate.md"), re.MULTILINE)
    assert row is not None
    assert f"`RECOUPE_{setting.name.upper()}`" in row[1]
    default = setting.default
    shown = "none" if default == () else f"`{str(default).lower()}`"
    assert shown in row[1]


def test_every_exit_code_is_documented() -> None:
    classes = [c for c in vars(errors).values() if isinstance(c, type)]
    codes = {c.exit_code for c in classes if issubclass(c, errors.RecoupeError)} | {0, 130}
    documented = re.findall(r"^\| (\d+) \|", page("docs/operate.md"), re.MULTILINE)
    assert {int(code) for code in documented} == codes


def test_every_key_of_a_source_is_documented() -> None:
    text = page("docs/add-a-source.md")
    keys = [f.name for record in (Source, Recipe) for f in fields(record)]
    assert [key for key in keys if f"| `{key}` |" not in text] == []


def test_the_example_of_a_source_is_valid(tmp_path: Path) -> None:
    from recoupe.scraper.sources import load_source

    blocks = FENCE.finditer(page("docs/add-a-source.md"))
    example = next(block["code"] for block in blocks if block["language"] == "toml")
    path = tmp_path / "gazette-exemple.toml"
    path.write_text(example, "utf-8")
    assert load_source(path).name == "gazette-exemple"


def test_the_example_of_settings_is_valid(tmp_path: Path) -> None:
    blocks = FENCE.finditer(page("docs/operate.md"))
    example = next(block["code"] for block in blocks if block["language"] == "toml")
    path = tmp_path / "recoupe.toml"
    path.write_text(example, "utf-8")
    loaded = settings.load_settings({}, config=path, environment={})
    assert loaded.database == tmp_path / "bases/recoupe.db"


def test_every_vocabulary_file_is_named_for_linguists() -> None:
    text = page("docs/add-an-extractor.md")
    assert [p.name for p in ROOT.glob("extract/*.toml") if p.name not in text] == []


def test_every_component_of_the_pipeline_has_an_entry_point() -> None:
    project = tomllib.loads(page("pyproject.toml"))
    points = project["project"]["entry-points"]["spacy_factories"]
    ours = re.findall(r"\[components\.(recoupe_\w+)\]", page("models/config.cfg"))
    assert sorted(points) == sorted(ours)


# --- the search language --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "table", ["fields", "statuses"], ids=["the fields", "the codes of statuses"]
)
def test_the_search_page_names(table: str) -> None:
    vocabulary = tomllib.loads(page("db/query.toml"))[table]
    words = set(vocabulary) if table == "fields" else set(vocabulary.values())
    text = page("docs/search.md")
    assert [word for word in words if f"`{word}`" not in text] == []


# --- the JSON -------------------------------------------------------------------------------------

TEXT = "Rennes verse 3 M€ le 2 mai, dit Anne Le Goff de l’AdCF pour le Fonds vert, RN 12."


def full_extraction() -> Extraction:
    """One record of each kind, so that every key of the JSON shows."""
    at: Mapping[str, Any] = {"start": 0, "end": 6, "text": "Rennes"}
    quantity = Quantity(start=13, end=17, text="3 M€", id="q1", kind="amount", value=Decimal(1))
    place = TerritoryCandidate(
        code="35238", code_system="COG", level="commune", name="Rennes", score=1.0
    )
    return Extraction(
        article=Article(text=TEXT),
        pipeline=Pipeline(name="n", version="v", model="m"),
        sentences=((0, len(TEXT)),),
        quantities=(quantity,),
        references=(Reference(**at, kind="road"),),
        dates=(DateMention(**at, kind="date", date_from=None, date_to=None, granularity="day"),),
        territories=(
            TerritoryMention(
                **at, level=None, code=None, code_system=None, name=None, candidates=(place,)
            ),
        ),
        people=(PersonMention(**at, name="Rennes"),),
        organisations=(OrganisationMention(**at, name="Rennes"),),
        programmes=(ProgrammeMention(**at, name="Rennes"),),
        quotes=(Quote(**at, direct=True, speaker=None, cue=None),),
        facts=(Fact(id="f1", quantity="q1", status="paid", evidence=(0, 10)),),
        comparisons=(
            Comparison(relation="same", left="f1", right="f1", ratio=None, basis="document"),
        ),
    )


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_of(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys_of(inner)}
    return set()


def documented_example() -> Any:
    blocks = FENCE.finditer(page("docs/json.md"))
    return json.loads(next(block["code"] for block in blocks if block["language"] == "json"))


def test_every_key_of_the_json_is_documented() -> None:
    keys = keys_of(extraction_json(full_extraction())) | keys_of(error_json("read", "why"))
    text = page("docs/json.md")
    assert sorted(key for key in keys if not re.search(rf"\b{key}\b", text)) == []


def test_the_example_has_the_keys_of_the_json() -> None:
    example, made = documented_example(), extraction_json(full_extraction())
    assert list(example) == list(made)
    assert list(example["document"]) == list(document_json(full_extraction().article))
    for name in ("quantities", "dates", "territories", "people", "quotes", "facts"):
        assert list(example[name][0]) == list(made[name][0]), name


# --- pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=ids)
def test_links_lead_somewhere(path: Path) -> None:
    text = FENCE.sub("", path.read_text("utf-8"))
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/*.md")), ids=ids)
def test_every_page_is_linked_from_another(path: Path) -> None:
    others = [other.read_text("utf-8") for other in PAGES if other != path]
    assert any(path.name in text for text in others)


def test_the_french_guide_keeps_french_typography() -> None:
    text = INLINE.sub("", FENCE.sub("", page("README.fr.md")))
    prose = re.sub(r"^\|[-| ]+\|$|\]\([^)]*\)", "", text, flags=re.MULTILINE)
    assert re.findall(r".{0,9}[^\u00a0\u202f][!?;»]|«[^\u00a0].{0,9}", prose) == []
    assert re.findall(r".{0,9} [:%€]", prose) == []
    assert re.findall(r"\w'\w+", prose) == []


if __name__ == "__main__":
    COMMANDS.write_text(commands_page(), encoding="utf-8")
