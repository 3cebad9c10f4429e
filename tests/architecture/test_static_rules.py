"""Goal S13: what ruff's security rules cannot see, in code, templates and scripts. What is allowed says why."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT, Module, called_name, calls

# Where SQL is written by hand or a rule is set aside, what of it, and why it must be. At most 20 lines: a longer list
# is a second ORM.
ALLOWED = {
    ("accord.audit.usecase", "execute"): "an advisory lock, its name bound as a parameter",
    ("accord.audit.stored", "execute"): "the trail as PostgreSQL writes it down, which is what is hashed; values bound",
    ("accord.config.postgres.server", "execute"): "prepares the embedded server before Django is there",
    ("accord.vetting.queries", "execute"): "a function of the database that answers yes or no; values bound",
    ("accord.wall.backend.base", "execute"): "presents the signed standing before a statement, bound as a parameter",
    ("accord.wall.install", "execute"): "puts the policies up as the tables' owner; names quoted, keys bound",
    ("accord.web.federation.logout", "csrf_exempt"): "a provider's server calls, no browser; its signature counts",
}  # fmt: skip
# What may speak to another machine, and with whom. The database is reached by Django and `accord.config.postgres`.
OUTBOUND = {
    "accord.web.accounts.mail": "the server of EMAIL_HOST: an invitation's link, never a code",
    "accord.web.federation.flow": "the identity providers of the configuration, through the guard of `outbound`",
    "accord.web.federation.outbound": "the identity providers of the configuration: bounded, and sent nowhere else",
}
CLIENTS = {
    "requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request", "ftplib", "smtplib", "telnetlib",
    "imaplib", "poplib", "django.core.mail", "authlib.integrations.requests_client",
}  # fmt: skip
ONLY_NAMES = {"RequestException"}  # what a module that asks another one may have to catch
LONGEST = 20

UNESCAPED = {"mark_safe", "Markup", "SafeString", "SafeText", "csrf_exempt", "safestring"}
FROM_TEXT = {"from_string", "ModelForm", "modelform_factory"}  # templates out of texts, forms out of tables
RUNS = {"eval", "exec", "__import__", "pickle", "cPickle", "dill", "marshal", "shelve", "jsonpickle"}
SQL = {"raw", "extra", "RawSQL", "execute", "executemany", "copy", "callproc"}
PATTERNS = {f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "findall", "sub", "split", "finditer")}
SHELL = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
WEAK = {"md5", "sha1", "ECB", "PKCS1v15", "RC4", "TripleDES"}
FORBIDDEN = UNESCAPED | FROM_TEXT | RUNS | WEAK

TEMPLATES = sorted(PACKAGE.rglob("*.html"))
SCRIPTS = sorted((PACKAGE / "web" / "static").rglob("*.js"))
# One kind of script is no script: data for machines, which no browser runs.
DATA = re.compile(r'<script type="application/ld\+json">\{\{ \w+\|tojson \}\}</script>')
IN_TEMPLATES = {
    "a value that is not escaped": re.compile(r"\|\s*safe\b|autoescape|\|\s*forceescape|Markup\("),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)|<script[^>]*>(?!</script>)|javascript:", re.IGNORECASE),
    "a style in the page": re.compile(r"<style|<[^>{}]*\sstyle\s*=", re.IGNORECASE),
    "a handler in the page": re.compile(r"<[^>{}]*\s(on[a-z]+|hx-on[:a-z-]*|hx-vals=.js:|hx-vars)\s*=", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(src|href|action)=[\"']?(https?:)?//", re.IGNORECASE),
    "a frame or plug-in": re.compile(r"<(iframe|object|embed|applet)\b", re.IGNORECASE),
}
IN_SCRIPTS = {
    "text made into a page": re.compile(
        r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write|createContextualFragment"
    ),
    "text made into code": re.compile(r"\beval\(|new Function|setTimeout\(\s*[\"'`]|setInterval\(\s*[\"'`]"),
    "messages from other windows": re.compile(r"postMessage|onmessage|[\"']message[\"']"),
    "something kept in the browser": re.compile(r"localStorage|indexedDB|document\.cookie"),
}


def python_files() -> Iterator[Module]:
    """Migrations too: what runs once runs as well."""
    return map(Module, sorted(PACKAGE.rglob("*.py")))


def names_used(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.Name():
                yield node, node.id
            case ast.Attribute():
                yield node, node.attr
            case ast.Import() | ast.ImportFrom():
                parts = [part for alias in node.names for part in alias.name.split(".")]
                yield from ((node, part) for part in parts + (getattr(node, "module", "") or "").split("."))


def code_faults(module: Module) -> Iterator[str]:
    for node, name in names_used(module.tree):
        if name in FORBIDDEN and (module.name, name) not in ALLOWED:
            yield f"{module.at(node)}: {name}"
    for call in calls(module.tree):
        name = called_name(call)
        if name in SQL and (module.name, name) not in ALLOWED and _means_sql(call):
            yield f"{module.at(call)}: SQL by hand ({name})"
        if ast.unparse(call.func) in SHELL or any(k.arg == "shell" and not _is_false(k.value) for k in call.keywords):
            yield f"{module.at(call)}: a shell"
        if name == "load" and "yaml" in ast.unparse(call.func):
            yield f"{module.at(call)}: YAML that may build anything"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and ast.unparse(node) in {"fields = '__all__'", "exclude = ()", "exclude = []"}:
            yield f"{module.at(node)}: a form that takes every field"


def text_faults(text: str, rules: dict[str, re.Pattern[str]]) -> Iterator[str]:
    without_comments = re.sub(r"\{#.*?#\}|/\*.*?\*/", "", DATA.sub("", text), flags=re.DOTALL)
    yield from (f"{what}: {hit[0]}" for what, rule in rules.items() for hit in rule.finditer(without_comments))


def test_code_keeps_the_static_rules() -> None:
    assert [fault for module in python_files() for fault in code_faults(module)] == []


def test_templates_keep_the_static_rules() -> None:
    assert len(TEMPLATES) > 50
    assert [
        f"{_short(path)}: {fault}" for path in TEMPLATES for fault in text_faults(path.read_text(), IN_TEMPLATES)
    ] == []


def test_scripts_keep_the_static_rules() -> None:
    assert SCRIPTS
    assert [f"{_short(path)}: {fault}" for path in SCRIPTS for fault in text_faults(path.read_text(), IN_SCRIPTS)] == []


def test_what_is_allowed_is_short_needed_and_says_why() -> None:
    assert len(ALLOWED) <= LONGEST
    assert all(len(reason) > 10 for reason in ALLOWED.values())
    used = {(m.name, name) for m in python_files() for _node, name in names_used(m.tree)}
    assert set(ALLOWED) <= used, "an allowance nobody needs any more"


def test_only_those_listed_speak_to_other_machines() -> None:
    speaking = {
        module.name
        for module in python_files()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and _modules_of(node) & CLIENTS
    }
    assert speaking == set(OUTBOUND)


def test_patterns_and_formats_are_written_here_and_not_sent() -> None:
    made = [
        module.at(call)
        for module in python_files()
        for call in calls(module.tree)
        if (ast.unparse(call.func) in PATTERNS and not _is_written(call.args[0]))
        or (isinstance(call.func, ast.Attribute) and call.func.attr == "format" and not _is_fixed(call.func.value))
    ]
    assert made == []


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils.safestring import mark_safe",
        "@csrf_exempt\ndef view(request): ...",
        "Person.objects.raw('SELECT 1')",
        "Person.objects.extra(where=['1=1'])",
        "Person.objects.annotate(n=RawSQL('1', []))",
        "cursor.execute('SELECT 1')",
        "import pickle",
        "from marshal import loads",
        "eval('1')",
        "exec('1')",
        "subprocess.run('ls', shell=True)",
        "os.system('ls')",
        "yaml.load(text)",
        "hashlib.md5(b'')",
        "class Meta:\n    fields = '__all__'",
    ],
)
def test_the_rules_for_code_would_notice(code: str) -> None:
    assert list(_faults_of(code))


@pytest.mark.parametrize(
    "template",
    [
        "{{ text|safe }}",
        "{% autoescape false %}",
        "<script>run()</script>",
        "<script type='module'>run()</script>",
        "<script src='/x.js'>run()</script>",
        "<a href='javascript:run()'>",
        "<p style='color: red'>",
        "<style>p {}</style>",
        "<body onload='run()'>",
        "<p hx-on:click='run()'>",
        "<img src='https://example.org/x.png'>",
        "<iframe src='/'>",
    ],
)
def test_the_rules_for_templates_would_notice(template: str) -> None:
    assert list(text_faults(template, IN_TEMPLATES))


def _modules_of(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if {alias.name for alias in node.names} <= ONLY_NAMES:
        return set()
    return {node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)}


def _is_written(pattern: ast.expr) -> bool:
    """A constant, or made of names in capitals: those of a module."""
    names = [node.id for node in ast.walk(pattern) if isinstance(node, ast.Name)]
    return all(name.strip("_").isupper() or name == "pattern" for name in names)


def _is_fixed(owner: ast.expr) -> bool:
    return isinstance(owner, ast.Constant) or ast.unparse(owner).startswith(("sql.SQL('", "super()"))


def _faults_of(code: str) -> Iterator[str]:
    module = Module(ROOT / "src" / "accord" / "nowhere.py")
    module.__dict__["tree"] = ast.parse(code)
    return code_faults(module)


def _means_sql(call: ast.Call) -> bool:
    """`execute` of a cursor or session; `raw`, `extra`, `copy` of a manager, queryset or cursor."""
    owner = ast.unparse(call.func)
    return called_name(call) not in {"copy", "extra"} or "objects" in owner or "cursor" in owner


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _short(path: Path) -> str:
    return str(path.relative_to(PACKAGE))
