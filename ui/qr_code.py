"""A QR code, drawn here: nothing about an invitation leaves the house."""

import segno


def as_svg_data(text: str) -> str:
    """An SVG as a data: address, for an image: no file is kept, and Streamlit's open /media is not used."""
    return str(segno.make(text, error="m").svg_data_uri(scale=6, border=4, light="#ffffff"))
