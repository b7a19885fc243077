"""A Chromium that the browser tests can drive; `python -m tests.chromium` installs one where apt is at hand."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC_PATHS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# No sandbox, because root and containers have none; nothing that calls home during a test.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PACKAGES = ("chromium", "fonts-dejavu-core")
HOW = (
    "The browser tests need Chromium: install it (Debian: `sudo apt-get install chromium`; elsewhere: "
    "`.venv/bin/python -m playwright install chromium`) or name one in the environment variable CHROMIUM, "
    "then run `make test` again."
)


class NoChromium(Exception):
    """Says how to get one."""


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome, or None. CHROMIUM in the environment goes first."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    return found or next((path for path in (*MAC_PATHS, _playwrights_own()) if Path(path).is_file()), None)


def require_chromium() -> str:
    path = find_chromium()
    if path is None:
        raise NoChromium(HOW)
    return path


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return str(playwright.chromium.executable_path)


def install_with_apt() -> bool:
    """True when apt-get ran to its end. Only as root, or with a sudo that does not ask."""
    if not shutil.which("apt-get"):
        return False
    become = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if become and (not shutil.which("sudo") or subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode):
        return False
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    patient = ["-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=5"]
    update = [*become, *environment, "apt-get", *patient, "update"]
    install = [*become, *environment, "apt-get", *patient, "install", "-y", "--no-install-recommends", *PACKAGES]
    return all(subprocess.run(command, stdout=sys.stderr).returncode == 0 for command in (update, install))


def main() -> int:
    if find_chromium() is None and not install_with_apt():
        sys.stderr.write(f"{HOW}\n")
        return 1
    try:
        path = require_chromium()
    except NoChromium as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    version = subprocess.run([path, "--version"], capture_output=True, text=True)
    sys.stdout.write(f"{path}: {version.stdout.strip() or version.stderr.strip()}\n")
    return version.returncode


if __name__ == "__main__":
    sys.exit(main())
