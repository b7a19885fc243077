"""How charts look: ink on paper, one accent, shapes and numbers that are told apart in black and white."""

from __future__ import annotations

from functools import cache
from typing import Any

import plotly.graph_objects as go

INK, SOFT, FAINT, RULE, PAPER, ACCENT = "#1a1a1a", "#4d4d4d", "#808786", "#c9cfce", "#ffffff", "#0b5f66"
FONT = "'Source Sans', 'Segoe UI', system-ui, -apple-system, Roboto, sans-serif"
SMALL, NORMAL = 14, 16

# For st.plotly_chart(theme=None, config=CONFIG): no toolbar, nothing that leaves the page, scrolling stays scrolling.
CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "showTips": False}


@cache
def template() -> go.layout.Template:
    axis = {
        "color": INK,
        "gridcolor": RULE,
        "linecolor": SOFT,
        "tickfont": {"size": SMALL},
        "title": {"font": {"size": NORMAL}},
        "zeroline": False,
        "fixedrange": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": NORMAL, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "margin": {"l": 64, "r": 24, "t": 24, "b": 64},
            "hoverlabel": {"bgcolor": PAPER, "bordercolor": INK, "font": {"size": SMALL, "color": INK}},
            "legend": {
                "orientation": "h",
                "traceorder": "reversed",
                "x": 0,
                "y": 1.02,
                "yanchor": "bottom",
                "font": {"size": SMALL},
            },
            "xaxis": axis,
            "yaxis": axis,
            "dragmode": False,
        }
    )
