"""The script as modules and as one file: nothing is used that is not imported, nothing is lost in joining."""

import re

import pytest

from forms import assets

MODULES = {path.name: path.read_text(encoding="utf-8") for path in (assets.HERE / "script").glob("*.js")}
DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function|const|let) (\w+)", re.MULTILINE)
IMPORTED = re.compile(r'^import \{ (.*) \} from "\./(\w+\.js)";$', re.MULTILINE)


def code_of(module: str) -> str:
    """Without imports, comments and texts."""
    text = re.sub(r"^import .*$", "", module, flags=re.MULTILINE)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r'//.*|"(?:[^"\\]|\\.)*"', "", text)


def test_every_module_is_joined() -> None:
    assert {f"{name}.js" for name in assets.SCRIPTS + assets.MORE_SCRIPTS} == set(MODULES)


def test_a_name_is_declared_once_in_all_modules_since_they_are_joined() -> None:
    names = [name for module in MODULES.values() for name in DECLARED.findall(module)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_what_it_uses_and_nothing_else(name: str) -> None:
    owners = {found: other for other, module in MODULES.items() for found in DECLARED.findall(module)}
    code = code_of(MODULES[name])
    used = {
        found
        for found, owner in owners.items()
        if owner != name and re.search(rf"(?:(?<![\w.$])|(?<=\.\.\.)){found}\b(?!\s*:)", code)
    }
    imported = {(one, source) for names, source in IMPORTED.findall(MODULES[name]) for one in names.split(", ")}
    assert imported == {(found, owners[found]) for found in used}


def test_the_joined_script_takes_one_name_and_keeps_no_comment() -> None:
    script = assets.form_script()
    assert set(re.findall(r"^(?:export|import|const|let|function|async function) .*$", script, re.MULTILINE)) >= {
        "export { start };"
    }
    assert not re.search(r"^\s*(//|/\*|\*)", script, re.MULTILINE)
    assert "import " not in script


def test_neither_style_nor_script_asks_another_server_or_makes_html_of_text() -> None:
    both = assets.form_script() + assets.form_style()
    assert not re.search(r"https?://|@import|url\(|innerHTML|insertAdjacentHTML|eval\(|new Function|localStorage", both)
