"""Who may import whom: the table of docs/architecture.md, read from the sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("scraper", "extract", "models", "corpus", "db")
BINDING = "recoupe"

#: Each part, and the parts of ours that it may import.
ALLOWED = {
    "records": {"errors"},
    "errors": set(),
    "comparison": {"records"},
    "scraper": {"records", "errors", "comparison", "scraper"},
    "extract": {"records", "errors", "comparison", "extract"},
    "db": {"records", "errors", "comparison", "db"},
    "models": {"records", "errors", "comparison", "extract", "models"},
    "corpus": {"records", "errors", "corpus"},
}
#: Libraries that one place alone may import.
OWNERS = {
    "httpx": ("scraper/fetch.py",),
    "sqlite_utils": ("db/", "recoupe/run.py"),
    "datasette": ("db/",),
    "spacy": ("extract/", "models/"),
}


def _modules() -> Iterator[tuple[str, Path]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield folder, path
    for path in sorted((ROOT / BINDING).glob("*.py")):
        yield path.stem, path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _ours(name: str) -> str | None:
    match = re.match(r"recoupe\.(\w+)", name)
    known = {*FOLDERS, *(p.stem for p in (ROOT / BINDING).glob("*.py"))}
    return match[1] if match and match[1] in known else None


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_each_part_imports_only_what_stands_below_it(part: str) -> None:
    found = {
        f"{path.relative_to(ROOT)} imports {imported}"
        for owner, path in _modules()
        if owner == part
        for name in _imports(path)
        if (imported := _ours(name)) and imported not in ALLOWED[part]
    }
    assert found == set()


def test_nothing_imports_the_command_line_but_the_command_line() -> None:
    allowed = {"cli", "commands", "console", "__main__"}
    found = {
        str(path.relative_to(ROOT))
        for owner, path in _modules()
        if owner not in allowed and any(_ours(name) == "cli" for name in _imports(path))
    }
    assert found == set()


@pytest.mark.parametrize("library", sorted(OWNERS))
def test_a_wrapped_library_is_imported_by_its_owner_alone(library: str) -> None:
    found = {
        str(path.relative_to(ROOT))
        for _, path in _modules()
        if any(name.split(".")[0] == library for name in _imports(path))
        and not str(path.relative_to(ROOT)).startswith(OWNERS[library])
    }
    assert found == set()


def test_imports_are_absolute() -> None:
    relative = {
        str(path.relative_to(ROOT))
        for _, path in _modules()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    }
    assert relative == set()


def test_every_dependency_is_explained_in_the_architecture() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8").lower()
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    dependencies = re.search(r"^dependencies = \[(.*?)^\]", project, re.DOTALL | re.MULTILINE)
    assert dependencies
    names = re.findall(r'"([A-Za-z0-9-]+)', dependencies[1])
    assert names
    assert [name for name in names if name.lower() not in page] == []
