"""The student's page, cold: what comes over the wire, and when the first choice can be made on a slow phone.

python -m benchmarks.student_page [--rounds 7]
"""

import argparse
import statistics

from playwright.sync_api import Browser

from benchmarks.browser import chromium, phone, slow_down
from benchmarks.serving import fictional_school, floor


def weigh(browser: Browser, url: str) -> tuple[int, list[tuple[str, int]]]:
    """(bytes over the wire in all, each request's path and bytes), headers included, favicon too."""
    context = phone(browser)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(500)
    context.close()
    rows = [(names[key].split("/", 3)[3].split("/")[0].split("?")[0], int(size)) for key, size in sizes.items()]
    return sum(size for _, size in rows), rows


# Asked of the page itself, frame by frame: a question from outside would wait on a slowed processor for its own script.
WATCH = """
const look = () => {
  const choices = [...document.querySelectorAll("input[type=radio]")];
  if (!choices.some((choice) => choice.getClientRects().length)) return requestAnimationFrame(look);
  requestAnimationFrame(() => setTimeout(() => (window.choiceAt = performance.now())));
};
requestAnimationFrame(look);
"""


def first_choice(browser: Browser, url: str, processor: int) -> float:
    """Seconds from the tap on the link until the first choice is drawn and the page has time to take a touch."""
    context = phone(browser)
    page = context.new_page()
    page.add_init_script(WATCH)
    slow_down(page, processor)
    page.goto(url, wait_until="load")
    ready = page.wait_for_function("window.choiceAt").json_value()
    context.close()
    return float(ready) / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    with fictional_school() as ours, floor() as bare, chromium() as browser:
        urls = [each["url"] for each in ours.about["invitations"]]
        total, rows = weigh(browser, urls[0])
        print(f"cold page: {total / 1000:.1f} kB over the wire, {len(rows)} requests")
        for name, size in rows:
            print(f"  {size:>7} bytes  /{name}")
        for processor in (1, 4):
            ours_took, bare_took = [], []
            for number in range(rounds):
                ours_took.append(first_choice(browser, urls[number % len(urls)], processor))
                bare_took.append(first_choice(browser, f"{bare.url}/student{number}", processor))
            print(
                f"first choice, slow 4G, processor/{processor}: {statistics.median(ours_took):.2f} s "
                f"(floor {statistics.median(bare_took):.2f} s), medians of {rounds}"
            )


if __name__ == "__main__":
    main()
