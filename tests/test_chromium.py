from pathlib import Path

import pytest

from tests import chromium


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any browser: an empty PATH and nothing where the others install theirs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "MAC_PATHS", ())
    monkeypatch.setattr(chromium, "_playwrights_own", lambda: str(tmp_path / "none"))
    return tmp_path


def test_a_named_browser_goes_first(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(bare, "chromium", "true")
    monkeypatch.setenv("CHROMIUM", "/opt/mine")
    assert chromium.find_chromium() == "/opt/mine"


def test_the_one_on_the_path_is_found(bare: Path) -> None:
    path = program(bare, "google-chrome", "true")
    assert chromium.find_chromium() == str(path)


def test_without_browser_and_apt_one_sentence_says_how(bare: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert chromium.main() == 1
    assert capfd.readouterr().err == f"{chromium.HOW}\n"


def test_with_apt_it_is_installed_and_its_version_said(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A stand-in for apt-get, that puts a browser on the path when it is asked to install chromium."""
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    program(bare, "env", 'shift; exec "$@"')
    install = f"printf '#!/bin/sh\\necho Chromium 1.2\\n' > {bare}/chromium; /bin/chmod 755 {bare}/chromium"
    program(bare, "apt-get", f'case "$*" in *"install -y"*chromium*) {install};; esac')
    assert chromium.main() == 0
    assert capfd.readouterr().out == f"{bare}/chromium: Chromium 1.2\n"


def test_an_install_that_fails_says_how_to_do_it(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0)
    program(bare, "env", 'shift; exec "$@"')
    program(bare, "apt-get", "exit 100")
    assert chromium.main() == 1
    assert capfd.readouterr().err.endswith(f"{chromium.HOW}\n")


@pytest.mark.browser
def test_the_browser_shows_a_page(browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>Hej</h1>")
    assert page.inner_text("h1") == "Hej"
    page.close()
