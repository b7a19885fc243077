"""The blocks of a report on the screen, before it is made: the very same that stand on the paper."""

from collections.abc import Iterable

import streamlit as st

from reports.block_charts import group_square_chart, line_chart, quadrant_chart, table_of
from reports.paper.blocks import (
    Block,
    Facts,
    GroupSquare,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Quadrant,
    ScaleLine,
    Table,
    TickLine,
    Together,
    Words,
)
from ui.charts import show_chart
from ui.session import Visit
from ui.table import show_table
from ui.text import plain, strong


def show_blocks(visit: Visit, blocks: Iterable[Block], key: str) -> None:
    """What somebody wrote is shown as text; each drawing with its sentence and its table."""
    for number, block in enumerate(blocks):
        _show(visit, block, f"{key}-{number}")


def _show(visit: Visit, block: Block, key: str) -> None:
    _ = visit.words
    match block:
        case Together():
            show_blocks(visit, (*block.blocks, *block.then), key)
        case Table():
            show_table(table_of(block), _("A table of the report"), key)
        case Quadrant():
            show_chart(visit, quadrant_chart(block, visit.language), key, ())
        case GroupSquare():
            show_chart(visit, group_square_chart(block, visit.language), key, ())
        case ScaleLine():
            show_chart(visit, line_chart(block, visit.language), key, ())
        case other:
            _show_text(other)


def _show_text(block: Block) -> None:
    match block:
        case Heading():
            _show_heading(block)
        case Paragraph() | Note():
            st.text(block.text)
        case Words():
            _show_words(block)
        case Facts():
            st.text("\n".join(f"{name}: {value}" for name, value in block.pairs))
        case TickLine():
            st.text(f"– {block.text}")
        case PageBreak():
            st.divider()
        case _:
            raise TypeError(block)


def _show_words(block: Words) -> None:
    with st.container(border=True):
        if block.by:
            st.text(block.by)
        st.text(block.text)


def _show_heading(block: Heading) -> None:
    if block.level == 1:
        st.subheader(plain(block.text), anchor=False)
    else:
        st.markdown(strong(block.text))
