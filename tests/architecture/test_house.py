"""Rules of the house that no tool checks: signatures, docstrings, sizes, numbers, words that stay outside."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("config", "workflows", "casework", "enforcement", "tips")
MOST_LINES = 400
BINARY = {".png", ".jpg", ".jpeg", ".pdf", ".ttf", ".woff2", ".mo", ".gz", ".zip", ".ico", ".mp4"}
# Written in two parts, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.\-~<}*)])/(?:" + "work|root|farm" + r")/[\w.\-]")
REGISTRIES = re.compile(
    "pypi" r"\.org/|files\." "pythonhosted|registry\\." "npmjs|registry\\." r"yarnpkg|mirrors?\.[a-z]+\."
)
TO_DO = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX)\b")
# Where a path of a machine is the subject: pages of people's work have this address.
OUR_ADDRESSES = re.compile(r"/work/(?:<|\{|\"|'|$|[0-9a-f]{8}-)")


def tracked() -> list[Path]:
    """Every file of the repository that people can read."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [file for file in files if file.is_file() and file.suffix not in BINARY]


def modules() -> list[Path]:
    """Python files of the product, without migrations."""
    return [
        file
        for file in tracked()
        if file.suffix == ".py"
        and file.relative_to(ROOT).parts[0] in PRODUCT
        and "migrations" not in file.parts
    ]


def named(file: Path) -> str:
    """The name of a file as people write it."""
    return str(file.relative_to(ROOT))


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """File and line of every hit in the tracked files."""
    return [
        f"{named(file)}:{number}: {line.strip()[:80]}"
        for file in tracked()
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line) and not OUR_ADDRESSES.search(line)
    ]


def functions(tree: ast.AST, owner: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Functions and methods of a module with their dotted names; nested functions belong to their parent."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from functions(node, f"{owner}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{owner}{node.name}", node


def is_public(name: str) -> bool:
    """Neither the name nor that of its class begins with an underscore."""
    return not any(part.startswith("_") for part in name.split("."))


def lacks_annotation(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a parameter (but self and cls) or the result has no type."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    bare = [one for one in every if one and one.annotation is None and one.arg not in ("self", "cls")]
    return bool(bare) or function.returns is None


def test_every_public_function_has_a_docstring_and_every_module_too() -> None:
    missing = []
    for file in modules():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        if tree.body and not ast.get_docstring(tree):
            missing.append(named(file))
        for name, function in functions(tree):
            if is_public(name) and not ast.get_docstring(function):
                missing.append(f"{named(file)}: {name}")
    assert not missing


def test_every_signature_is_annotated() -> None:
    bare = [
        f"{named(file)}: {name}"
        for file in modules()
        for name, function in functions(ast.parse(file.read_text(encoding="utf-8")))
        if lacks_annotation(function)
    ]
    assert not bare


def test_no_file_of_the_product_is_longer_than_four_hundred_lines() -> None:
    long = {named(file): len(file.read_text(encoding="utf-8").splitlines()) for file in modules()}
    assert not {name: count for name, count in long.items() if count > MOST_LINES}


def test_every_type_that_is_ignored_says_which() -> None:
    assert not lines_with(re.compile(r"#\s*type:\s*ignore(?!\[)"))


def test_nothing_is_put_off_in_the_text() -> None:
    assert not lines_with(TO_DO)


def test_no_path_of_one_machine_is_written_down() -> None:
    assert not lines_with(MACHINE_PATHS)


def test_no_host_of_a_registry_is_written_down() -> None:
    assert not lines_with(REGISTRIES)


def test_lock_files_hold_hashes_and_no_addresses() -> None:
    locks = [*ROOT.glob("requirements/*.txt"), ROOT / "package-lock.json"]
    for file in locks:
        # A package may say where its authors take donations: nobody downloads from there.
        text = re.sub(r'"url": "[^"]*"', "", file.read_text(encoding="utf-8"))
        assert '"resolved"' not in text and "://" not in text, named(file)
        assert "sha256:" in text or '"integrity": "sha' in text, named(file)


def test_numbers_of_decisions_and_migrations_are_used_once() -> None:
    numbers = Counter(
        (file.parent, file.name[:4])
        for folder in ("docs/decisions", *(f"{app}/migrations" for app in PRODUCT))
        for file in (ROOT / folder).glob("[0-9][0-9][0-9][0-9]*")
    )
    assert not [
        f"{folder.relative_to(ROOT)}/{number}" for (folder, number), count in numbers.items() if count > 1
    ]


@pytest.mark.django_db
def test_the_models_have_no_change_without_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert {app.label for app in apps.get_app_configs()} >= set(PRODUCT) - {"config"}
