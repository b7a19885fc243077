"""The open sockets of each session, so that those of one that ends are closed at once and not at their next message.

Each process knows its own. A session's sockets lie where its cookie leads; any other finds out at its next run.
"""

import asyncio
from collections import defaultdict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

ENDED = 1008

_open: defaultdict[str, set[asyncio.Event]] = defaultdict(set)


def close_all(session_id: str) -> int:
    """How many there were. Called in the event loop that serves them."""
    ending = _open.pop(session_id, set())
    for each in ending:
        each.set()
    return len(ending)


async def serve_socket(app: ASGIApp, session_id: str, scope: Scope, receive: Receive, send: Send) -> None:
    """The application's socket, until either side ends it or the session does."""
    ended = asyncio.Event()
    _open[session_id].add(ended)
    waiting = asyncio.ensure_future(ended.wait())

    async def receive_or_end() -> Message:
        receiving = asyncio.ensure_future(receive())
        await asyncio.wait({receiving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if receiving.done() and not ended.is_set():
            return receiving.result()
        receiving.cancel()
        await send({"type": "websocket.close", "code": ENDED, "reason": ""})
        return {"type": "websocket.disconnect", "code": ENDED}

    async def send_while_open(message: Message) -> None:
        if not ended.is_set():
            await send(message)

    try:
        await app(scope, receive_or_end, send_while_open)
    finally:
        waiting.cancel()
        _open[session_id].discard(ended)
        if not _open[session_id]:
            del _open[session_id]
