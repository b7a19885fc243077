"""A file that is made while it is taken: when the browser goes away, the making ends at once and says so."""

from collections.abc import Generator
from itertools import chain

from anyio import CancelScope
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

Pieces = Generator[bytes, None, None]


class InPieces(StreamingResponse):
    """`first` was made already, so that a refusal could still be an answer of its own."""

    def __init__(self, first: bytes, pieces: Pieces, name: str) -> None:
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        super().__init__(chain((first,), pieces), media_type="application/zip", headers=headers)
        self._pieces = pieces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Closed here and not when Python comes to it: what is made for nobody would still read records."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await run_in_threadpool(self._pieces.close)
