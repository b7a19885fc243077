"""The whole program as a process, with everything it says kept in files, and with one file among Streamlit's media."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.front_door.running import ROOT, free_port

START_SECONDS = 60
SECRET_FILE = b"%PDF-1.7 somebody's paper"
# When it is ready, a file is put where st.download_button and st.image keep theirs, and Streamlit tells its routes.
PROGRAM = f"""
import json, sys
from pathlib import Path
from front_door.serving import serve

def tell():
    from streamlit.runtime import Runtime
    from streamlit.web.server.starlette.starlette_app import create_streamlit_routes
    runtime = Runtime.instance()
    media = runtime.media_file_mgr.add({SECRET_FILE!r}, "application/pdf", "1.0", file_name="paper.pdf")
    methods = lambda route: sorted(getattr(route, "methods", None) or ())
    routes = sorted({{(route.path, *methods(route)) for route in create_streamlit_routes(runtime)}})
    Path(sys.argv[3]).write_text(json.dumps({{"media": media, "routes": routes}}))

serve(int(sys.argv[1]), Path(sys.argv[2]), ready=tell)
"""


@dataclass(frozen=True)
class Served:
    """`folder` holds all that the program may write: what it says, its data and key file, temporary files."""

    url: str
    folder: Path
    media: str
    routes: list[list[str]]

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws") + "/_stcore/stream"


@contextmanager
def serving(folder: Path, database_url: str = "") -> Iterator[Served]:
    """On the data in `folder/data`, until the block ends."""
    port, told, temporary = free_port(), folder / "told.json", folder / "tmp"
    temporary.mkdir()
    given = {name: value for name, value in os.environ.items() if name not in {"PUBLIC_URL", "DATABASE_URL"}}
    given |= {"TMPDIR": str(temporary)} | ({"DATABASE_URL": database_url} if database_url else {})
    with (folder / "stdout").open("wb") as output, (folder / "stderr").open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(port), str(folder / "data"), str(told)],
            cwd=ROOT,
            env=given,
            stdout=output,
            stderr=errors,
        )
    try:
        until = time.monotonic() + START_SECONDS
        while not _is_told(told):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((folder / "stderr").read_text(errors="replace"))
            time.sleep(0.05)
        yield Served(f"http://localhost:{port}", folder, **json.loads(told.read_text()))
    finally:
        process.terminate()
        process.wait(timeout=15)


def _is_told(told: Path) -> bool:
    return told.exists() and told.read_text().endswith("}")
