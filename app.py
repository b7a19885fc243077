"""The application: the front door around the staff screens.

This file runs twice: as the module `app`, which makes the ASGI application, and as the script of the screens in every
run of a page. Streamlit looks for the literal `app = st.App(...)`.
"""

import streamlit as st


def say_error(error: Exception) -> bool:
    """Our words and a number instead of Streamlit's error page; True: the error is said already."""
    from ui import frame

    return frame.say_error(error)


if __name__ == "__main__":
    from ui import frame

    frame.show()
else:
    from streamlit.runtime.pages_manager import PagesManager

    from front_door import doors, start

    # As st.navigation says in the first run, but before it: until then a folder named `pages` is Streamlit's own old
    # kind of menu, and the first visitor after a start would be told that the page does not exist.
    PagesManager.uses_pages_directory = False
    start.require_screens_config(st.get_option)
    app = st.App(
        __file__,
        routes=doors.routes(),
        middleware=doors.middleware(),
        lifespan=start.open_up,
        on_script_error=say_error,
    )
