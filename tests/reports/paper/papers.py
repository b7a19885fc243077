"""A talk to print, and what a PDF says when other programs read it."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pikepdf
import pypdf

from reports.paper.blocks import Paragraph, QuadrantPoint, ScalePoint
from reports.paper.document import Document, render
from reports.paper.talk_paper import (
    AgreementArea,
    AgreementRow,
    Amendment,
    ColourSaid,
    OwnWords,
    ScaleAsked,
    SurveyArea,
    SurveyRow,
    TalkPaper,
)

CREATED = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)

TALK = TalkPaper(
    title="Utvecklingssamtal",
    school="Björkskolan",
    student="Alva Öström",
    group="IM 2",
    day=date(2026, 11, 20),
    created=CREATED,
    copy="school",
    place="Rum 14",
    participants=("Alva Öström, elev", "Bo Nyman, mentor"),
    guardians=("Karin Öström",),
    survey=(
        SurveyArea(
            "Skolarbetet",
            (
                SurveyRow(
                    "Hur mycket jag har att göra", "answered", ColourSaid("red", "för mycket"), ("Jag hinner inte.",)
                ),
                SurveyRow("Hur svårt det är", "declined"),
            ),
        ),
        SurveyArea(
            "Mening och mående",
            (
                SurveyRow("Meningen med skolan", "empty"),
                SurveyRow("Hur jag mår", "answered", ColourSaid("yellow", "hindrar mig ibland"), private=True),
            ),
        ),
    ),
    survey_given="alone",
    bring_up="Jag vill prata om praktiken.",
    moves=("Hur mycket jag har att göra: från ”på gränsen” 3 mars 2026 till ”för mycket” 20 november 2026.",),
    points=(
        QuadrantPoint(date(2026, 3, 3), 3, 8),
        QuadrantPoint(date(2026, 11, 20), 6, 9),
    ),
    point_remarks=("Tilltron: 3 den 3 mars 2026, 6 den 20 november 2026.",),
    scales=(
        ScaleAsked(
            "Komma upp på morgonen",
            0,
            10,
            "så svårt som det kan vara",
            "precis som jag vill ha det",
            (ScalePoint(date(2026, 3, 3), 2, 7), ScalePoint(date(2026, 11, 20), 5, 7)),
            (OwnWords("Vad gör att det är 5 och inte lägre?", "Bussen går senare nu."),),
        ),
    ),
    words=(OwnWords("Att lyssna", "Det är bättre när det är tyst."),),
    notes=(OwnWords("Början", "Alva kom i god tid."),),
    agreement=(
        AgreementArea(
            "Skolarbetet",
            (
                AgreementRow("Frånvaro", None, ColourSaid("yellow", "borta ibland")),
                AgreementRow(
                    "Hur mycket jag har att göra", ColourSaid("red", "för mycket"), ColourSaid("orange", "för lite")
                ),
            ),
            "Två uppgifter i taget.",
            "Bo Nyman",
            date(2026, 12, 11),
        ),
        AgreementArea(
            "Mening och mående",
            (
                AgreementRow("Meningen med skolan", None, ColourSaid("green", "meningsfullt")),
                AgreementRow("Hur jag mår", None, ColourSaid("yellow", "hindrar mig ibland"), private=True),
            ),
            "Promenad på lunchen.",
        ),
    ),
    read_back_right=True,
    read_back_words="Ja, men flytta fredagen.",
    amendments=(Amendment("Fredagen är flyttad till torsdag.", "Bo Nyman", CREATED),),
)


def talk(**changes: Any) -> TalkPaper:
    return replace(TALK, **changes)


def printed(*texts: str, title: str = "Namn") -> bytes:
    return render(Document(title=title, blocks=tuple(map(Paragraph, texts)), created=CREATED), "sv")


def text_of(pdf: bytes) -> str:
    """All pages as read by pypdf, unbreakable spaces as spaces and wrapped lines as one."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = "\n".join(page.extract_text() for page in pages)
    return " ".join(text.replace("\u200b", "").split())


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(pdf))
