"""Drives the page in headless Chromium: search, click, filter, slide, path, what-if, export, link. Fails on any console
error, exception or request to the outside.

usage: page.py SAMPLE.html HOSTILE.html [SCREENSHOT_FOLDER]
"""
import base64
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

MUST = os.environ.get("CI") == "true"
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
try:
    import websocket
except ImportError:
    websocket = None
for name, found in [("Chromium", CHROMIUM), ("websocket-client", websocket)]:
    if not found:
        print(f"SKIPPED: {name} is not installed (fails where CI=true)", file=sys.stderr)
        sys.exit(1 if MUST else 0)

failures = []


def same(what, got, want=True):
    if got != want:
        failures.append(f"{what}: got {str(got)[:300]!r}, want {str(want)[:300]!r}")


class Page:
    def __init__(self, port, file, downloads):
        with urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/json/new", method="PUT")) as answer:
            target = json.load(answer)
        self.socket = websocket.create_connection(target["webSocketDebuggerUrl"], timeout=60, suppress_origin=True)
        self.ids = itertools.count(1)
        self.bad = []
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=1500, height=950, deviceScaleFactor=1, mobile=False)
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=downloads)
        self.call("Page.navigate", url=pathlib.Path(file).resolve().as_uri())
        self.wait("document.readyState === 'complete' && document.getElementById('actor-list').children.length > 0")

    def call(self, method, **parameters):
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            self.note(message)
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def note(self, message):
        method, parameters = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.bad.append(parameters["exceptionDetails"].get("exception", {}).get("description") or str(parameters))
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.bad.append(str(parameters["args"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.bad.append(parameters["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            url = parameters["request"]["url"]
            if not url.startswith(("file:", "data:", "blob:")):
                self.bad.append(f"request to {url}")
        elif method == "Page.javascriptDialogOpening":
            self.bad.append("a dialog opened: " + parameters["message"])

    def run(self, script):
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(script + ": " + str(answer["exceptionDetails"])[:500])
        return answer["result"].get("value")

    def wait(self, condition, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            try:
                if self.run(condition):
                    return True
            except RuntimeError:
                pass
            time.sleep(0.05)
        failures.append(f"never came true: {condition}")
        return False

    def click(self, x, y):
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"]:
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left" if kind != "mouseMoved" else "none", clickCount=0 if kind == "mouseMoved" else 1)

    def press(self, selector):
        box = self.run(f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()")
        self.click(*box)

    def type(self, text):
        self.call("Input.insertText", text=text)

    def key(self, key, code=0):
        for kind in ["keyDown", "keyUp"]:
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def status(self):
        return self.run("document.getElementById('status').textContent")

    def shot(self, folder, name):
        if folder:
            data = self.call("Page.captureScreenshot", format="png")["data"]
            pathlib.Path(folder, name).write_bytes(base64.b64decode(data))


def drive_sample(page, downloads, shots):
    time.sleep(0.4)
    page.shot(shots, "page-start.png")
    counts = lambda: [int(w) for w in page.status().split() if w.isdigit()]
    everything = counts()
    same("actors and ties shown", len(everything) == 2 and everything[0] > 50 and everything[1] > 100)
    # Search with suggestions.
    page.key("/", 191)
    page.press("#search")
    page.type("azer")
    page.wait("document.querySelectorAll('#suggestions li').length >= 2")
    page.key("Enter", 13)
    page.wait("!document.getElementById('card').hidden")
    same("card of the actor", page.run("document.querySelector('#card h2').textContent"), "Azerbaijan")
    same("measures on the card", page.run("document.querySelectorAll('#card .measures tr').length > 3"))
    time.sleep(0.3)
    page.shot(shots, "page-actor.png")
    # A click on the canvas: the actor stands in the middle now.
    page.run("document.querySelector('#card .close').click()")
    same("card closed", page.run("document.getElementById('card').hidden"))
    time.sleep(0.2)
    middle = page.run("(() => { const b = document.getElementById('canvas').getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()")
    page.press("#search")
    page.run("document.getElementById('search').value = ''")
    page.type("Turkey")
    page.key("Enter", 13)
    page.run("document.querySelector('#card .close').click()")
    time.sleep(0.3)
    # Closing the card widens the canvas; the actor is where the old middle was.
    middle = page.run("(() => { const b = document.getElementById('canvas').getBoundingClientRect(); return [b.x, b.y + b.height / 2]; })()")
    for shift in range(300, 1100, 12):
        page.click(middle[0] + shift, middle[1])
        if page.run("!document.getElementById('card').hidden && (document.querySelector('#card h2') || {}).textContent === 'Turkey'"):
            break
    else:
        failures.append("no click on the canvas found Turkey")
    # A tie with its sentences.
    page.run("document.querySelector('#card .tie').click()")
    same("sentences of a tie", page.run("document.querySelectorAll('#card blockquote').length > 0"))
    same("both names marked", page.run("document.querySelectorAll('#card blockquote:first-of-type mark').length"), 2)
    time.sleep(0.3)
    page.shot(shots, "page-tie.png")
    # Filters.
    page.run("document.querySelector('#card .close').click()")
    page.press("#signs label:nth-child(2) input")
    less = counts()
    same("fewer ties without conflict", less[1] < everything[1])
    page.press("#signs label:nth-child(2) input")
    same("all ties again", counts(), everything)
    page.run("(() => { const s = document.getElementById('document'); s.value = '1'; s.dispatchEvent(new Event('change')); })()")
    same("fewer ties in one document", counts()[1] < everything[1])
    page.press("#reset")
    same("reset", counts(), everything)
    # Time.
    page.run("(() => { const w = document.getElementById('when'); w.value = Number(w.min) + 60; w.dispatchEvent(new Event('input')); const u = document.getElementById('undated'); u.click(); })()")
    same("fewer ties at a time", counts()[1] < everything[1])
    page.press("#play")
    time.sleep(0.8)
    same("time runs", page.run("Number(document.getElementById('when').value) > Number(document.getElementById('when').min) + 60"))
    page.press("#play")
    page.press("#reset")
    # Path of influence.
    page.run("document.getElementById('paths').closest('details').open = true")
    page.run("document.getElementById('path-from').value = 'Israel'; document.getElementById('path-to').value = 'Armenia'")
    page.press("#find-path")
    same("path found", page.run("document.querySelectorAll('#paths .hop').length > 1"))
    same("path cited", page.run("document.querySelectorAll('#paths blockquote').length > 1"))
    time.sleep(0.4)
    page.shot(shots, "page-path.png")
    # The link restores it.
    page.wait("location.hash.includes('path')")
    link = page.run("location.href")
    page.call("Page.navigate", url="about:blank")
    page.call("Page.navigate", url=link)
    page.wait("document.querySelectorAll('#paths .hop').length > 1")
    page.press("#reset")
    # What if.
    page.press("#search")
    page.run("document.getElementById('search').value = ''")
    page.type("Russia")
    page.key("Enter", 13)
    page.run("document.querySelector('#card .pills button').click()")
    same("without Russia", counts()[1] < everything[1])
    same("what is left", page.run("document.querySelector('#hidden-actors .note').textContent.includes('separate parts')"))
    page.press("#theme")
    time.sleep(0.3)
    page.shot(shots, "page-dark.png")
    page.press("#theme")
    page.press("#reset")
    # Keyboard on the canvas.
    page.run("document.getElementById('canvas').focus()")
    for key, code in [("ArrowLeft", 37), ("+", 187), ("-", 189), ("0", 48), ("Escape", 27)]:
        page.key(key, code)
    # What leaves the page.
    for button, file in [("#save-svg", "network.svg"), ("#save-png", "network.png"), ("#save-csv", "network.csv")]:
        page.press(button)
        end = time.time() + 15
        path = pathlib.Path(downloads, file)
        while time.time() < end and not (path.exists() and path.stat().st_size):
            time.sleep(0.1)
        same(f"saved {file}", path.exists() and path.stat().st_size > 1000)


def drive_hostile(page, shots):
    page.shot(shots, "page-hostile.png")
    names = page.run("JSON.parse(document.getElementById('data').textContent).actors.map(a => a[0])")
    same("hostile names on the page", any("<script>" in n for n in names))
    for name in names:
        page.run(f"(() => {{ const s = document.getElementById('search'); s.value = {json.dumps(name.strip()[:60])}; s.dispatchEvent(new Event('input')); s.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter'}})); }})()")
        page.run("(document.querySelector('#card .tie') || document.body).click()")
    same("no element came of text", page.run("document.querySelectorAll('main script, aside script, #card img, #card b').length"), 0)


with tempfile.TemporaryDirectory() as folder:
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--hide-scrollbars"]
    browser = subprocess.Popen([CHROMIUM, *flags, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        chosen = pathlib.Path(folder, "DevToolsActivePort")
        end = time.time() + 40
        while not (chosen.exists() and chosen.read_text().strip()) and time.time() < end:
            time.sleep(0.1)
        port = chosen.read_text().split()[0]
        downloads = os.path.join(folder, "downloads")
        os.mkdir(downloads)
        shots = sys.argv[3] if len(sys.argv) > 3 else None
        for file, drive in [(sys.argv[1], lambda p: drive_sample(p, downloads, shots)), (sys.argv[2], lambda p: drive_hostile(p, shots))]:
            page = Page(port, file, downloads)
            drive(page)
            failures.extend(f"{os.path.basename(os.path.dirname(file))}: {bad[:400]}" for bad in page.bad)
    finally:
        browser.terminate()
        browser.wait(10)
for failure in failures:
    print("FAILED:", failure, file=sys.stderr)
print(f"page: {len(failures)} failures")
sys.exit(1 if failures else 0)
