"""How charts look: ink on paper, one accent, shapes and numbers that are told apart in black and white."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

INK, SOFT, FAINT, RULE, PAPER, ACCENT = "#1a1a1a", "#4d4d4d", "#808786", "#c9cfce", "#ffffff", "#0b5f66"
FONT = "'Source Sans', 'Segoe UI', system-ui, -apple-system, Roboto, sans-serif"
SMALL, NORMAL = 14, 16

# For st.plotly_chart(theme=None, config=CONFIG): no toolbar, nothing that leaves the page, scrolling stays scrolling.
CONFIG: dict[str, Any] = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "showTips": False}


def axis(**more: Any) -> dict[str, Any]:
    title = {"font": {"size": NORMAL}, "text": more.pop("title", "")}
    return {
        "color": INK,
        "gridcolor": RULE,
        "linecolor": SOFT,
        "tickfont": {"size": SMALL},
        "title": title,
        "showline": False,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }


def layout(**more: Any) -> dict[str, Any]:
    """Said in each figure: plotly's own template would be copied into every one."""
    return {
        "template": {},
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
        "dragmode": False,
        **more,
    }


def trace(**more: Any) -> dict[str, Any]:
    return {"type": "scatter", **more}


def drawn(data: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Without plotly's check of every property, ten times as slow as all the rest: a test makes that check."""
    return go.Figure(data=data, layout=layout, _validate=False)
