"""Time and size of the PDF of a talk, beside a floor run in the same call: an empty page by fpdf2 with the same fonts.

    python -m benchmarks.pdf [--rounds 30]

Budget: 150 ms for a talk. The talk here is a full one: 12 rows, 8 talks on the path, 4 areas with decisions.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from fpdf import FPDF

from instruments.catalogue import load
from reports.paper.blank_form import blank_form
from reports.paper.blocks import QuadrantPoint, ScalePoint
from reports.paper.fonts import BODY, FOLDER
from reports.paper.talk_document import talk_document
from reports.paper.talk_paper import (
    AgreementArea,
    AgreementRow,
    ColourSaid,
    OwnWords,
    ScaleAsked,
    SurveyArea,
    SurveyRow,
    TalkPaper,
)

DAYS = [date(2024 + number // 4, 1 + number % 4 * 3, 12) for number in range(8)]
ANSWER = ColourSaid("orange", "för lätt")
WORDS = "Jag vill hellre börja lite senare, och sitta där det är tyst när vi har matte. " * 6
ROWS = tuple(SurveyRow(f"Rad {row}", "answered", ANSWER, ("Det är lätt.",)) for row in "abc")
JOINT = tuple(AgreementRow(f"Rad {row}", ANSWER, ANSWER) for row in "abc")

PLAIN = TalkPaper(
    title="Utvecklingssamtal",
    school="Björkskolan",
    student="Alva Öström",
    group="IM 2",
    day=DAYS[-1],
    created=datetime(2026, 11, 22, tzinfo=UTC),
    copy="school",
    participants=("Alva Öström", "Bo Nyman"),
    survey=tuple(SurveyArea(f"Område {area}", ROWS) for area in range(4)),
    bring_up=WORDS,
    points=tuple(QuadrantPoint(day, 2 + number, 9 - number % 4) for number, day in enumerate(DAYS)),
    scales=(ScaleAsked("Sömnen", 0, 10, "inte alls", "helt", tuple(ScalePoint(day, 4, 7) for day in DAYS)),),
    words=tuple(OwnWords(f"Fas {number}", WORDS) for number in range(5)),
    agreement=tuple(AgreementArea(f"Område {area}", JOINT, WORDS, "Bo Nyman", DAYS[-1]) for area in range(4)),
)
ARABIC = replace(PLAIN, student="محمد الأحمد")
CHINESE = replace(PLAIN, student="王小明")
MIXED = replace(PLAIN, student="Tesfay ተስፋይ", participants=("محمد الأحمد", "Nguyễn Thị Hương"))


def floor() -> bytes:
    pdf = FPDF(enforce_compliance="PDF/A-2U")
    for style, file in (("", BODY.regular), ("B", BODY.file(bold=True))):
        pdf.add_font("body", style, FOLDER / file)
    pdf.add_page()
    pdf.set_font("body", size=10)
    pdf.cell(text="Alva")
    return bytes(pdf.output())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=30)
    rounds = options.parse_args().rounds
    survey, ladder, thermometer = (
        load().instrument(name) for name in ("development_survey", "practice_ladder", "thermometer")
    )
    work: dict[str, Callable[[], bytes]] = {
        "floor": floor,
        "talk, 8 talks on the path": lambda: talk_document(PLAIN, "sv"),
        "talk, a name in Arabic": lambda: talk_document(ARABIC, "sv"),
        "talk, Arabic, Ethiopic, Vietnamese": lambda: talk_document(MIXED, "sv"),
        "talk, a name in Chinese": lambda: talk_document(CHINESE, "sv"),
        "blank survey": lambda: blank_form(survey, "sv"),
        "blank ladder": lambda: blank_form(ladder, "sv"),
        "blank thermometer": lambda: blank_form(thermometer, "sv"),
    }
    times: dict[str, list[float]] = {name: [] for name in work}
    sizes = {name: len(make()) for name, make in work.items()}
    for _ in range(rounds):
        for name, make in work.items():
            begun = time.perf_counter()
            make()
            times[name].append((time.perf_counter() - begun) * 1000)
    base = statistics.median(times["floor"])
    for name, taken in times.items():
        middle, slow = statistics.median(taken), sorted(taken)[int(len(taken) * 0.95)]
        size = f"{sizes[name] / 1024:5.0f} kB"
        print(f"{name:36} p50 {middle:6.0f} ms  p95 {slow:6.0f} ms  {middle / base:4.1f}x floor  {size}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
