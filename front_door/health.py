"""Is the server well? Asked by load balancers and by the start itself."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from conversation_models.services.house import current_store
from front_door.last_resort import note_error


def healthz(_: Request) -> Response:
    """200 when the database answers, 503 when it does not; never says why."""
    try:
        with current_store().reading() as unit:
            unit.connection.exec_driver_sql("SELECT 1")
    except Exception as error:  # noqa: BLE001 - whatever is wrong with the database, the answer is the same
        note_error(error)
        return JSONResponse({"database": "unavailable"}, 503)
    return JSONResponse({"database": "ok"})
