// Puts everything together.
function changed() {
  refilter();
  if (view.actor !== null && !shown.actors.has(view.actor)) view.actor = null;
  showCard();
  showHidden();
  fillList();
  showTime();
  status(`${shown.actors.size} actors, ${shown.links.length} ties shown`);
  remember();
  redraw();
}

function showTime() {
  const name = m => `${Math.floor(m / 12)}-${String(m % 12 + 1).padStart(2, "0")}`;
  const text = view.when === null ? "all times" : view.window ? `${name(Math.max(0, view.when - view.window + 1))} to ${name(view.when)}` : `until ${name(view.when)}`;
  $("when-value").textContent = text;
  $("when").setAttribute("aria-valuetext", text);
}

function theme(dark) {
  look = dark ? raw.dark : raw.light;
  document.documentElement.classList.toggle("dark", dark);
  fillFilters();
  redraw();
}

let playing = 0;
function play() {
  const button = $("play"), stop = () => { clearInterval(playing); playing = 0; button.textContent = "▶"; button.setAttribute("aria-pressed", "false"); };
  if (playing) return stop();
  button.textContent = "❚❚";
  button.setAttribute("aria-pressed", "true");
  const step = Math.max(1, Math.round((TIMES[1] - TIMES[0]) / 80));
  if (view.when === null || view.when >= TIMES[1]) view.when = TIMES[0] - step;
  playing = setInterval(() => {
    view.when = Math.min(TIMES[1], view.when + step);
    $("when").value = view.when;
    changed();
    if (view.when >= TIMES[1]) stop();
  }, 220);
}

function setUpTime() {
  if (!TIMES) { $("time").hidden = true; return; }
  const when = $("when");
  when.min = TIMES[0];
  // One step beyond the last month stands for all times.
  when.max = TIMES[1] + 1;
  when.value = view.when === null ? TIMES[1] + 1 : view.when;
  when.addEventListener("input", () => { const v = Number(when.value); view.when = v > TIMES[1] ? null : v; changed(); });
  $("window").addEventListener("change", e => { view.window = Number(e.target.value); changed(); });
  $("undated").addEventListener("change", e => { view.undated = e.target.checked; changed(); });
  $("play").addEventListener("click", play);
}

function setUpPointer() {
  const fingers = new Map();
  let drag = null, far = 0;
  const at = e => { const box = canvas.getBoundingClientRect(); return [e.clientX - box.left, e.clientY - box.top]; };
  const spread = () => { const [p, q] = [...fingers.values()]; return { d: Math.hypot(p[0] - q[0], p[1] - q[1]), x: (p[0] + q[0]) / 2, y: (p[1] + q[1]) / 2 }; };
  let pinch = null;
  canvas.addEventListener("pointerdown", e => {
    canvas.setPointerCapture(e.pointerId);
    const p = at(e);
    fingers.set(e.pointerId, p);
    far = 0;
    if (fingers.size === 2) { pinch = spread(); drag = null; return; }
    const hit = under(...p);
    drag = { p, actor: hit && hit.actor, x: camera.x, y: camera.y, ax: hit && hit.actor ? hit.actor.x : 0, ay: hit && hit.actor ? hit.actor.y : 0 };
  });
  canvas.addEventListener("pointermove", e => {
    const p = at(e);
    if (fingers.has(e.pointerId)) fingers.set(e.pointerId, p);
    if (pinch && fingers.size === 2) { const now = spread(); zoom(now.d / (pinch.d || 1), now.x, now.y); pinch = now; return; }
    if (drag) {
      const dx = p[0] - drag.p[0], dy = p[1] - drag.p[1];
      far = Math.max(far, Math.hypot(dx, dy));
      if (far < 4) return;
      if (drag.actor) { drag.actor.x = drag.ax + dx / camera.k; drag.actor.y = drag.ay + dy / camera.k; redraw(); }
      else { camera.x = drag.x + dx; camera.y = drag.y + dy; moved(); }
      return;
    }
    const hit = under(...p), same = (hit && hit.actor) === (hover && hover.actor) && (hit && hit.link) === (hover && hover.link);
    hover = hit;
    canvas.style.cursor = hit ? "pointer" : "grab";
    const tip = $("tip");
    tip.hidden = !hit;
    if (hit) {
      tip.textContent = hit.actor ? `${hit.actor.name.slice(0, 120)} (${raw.kinds[hit.actor.kind]})` : `${actors[hit.link.a].name.slice(0, 60)} – ${actors[hit.link.b].name.slice(0, 60)}: ${label(hit.link, 6)}`;
      const box = canvas.getBoundingClientRect();
      tip.style.left = Math.min(p[0] + 14, box.width - tip.offsetWidth - 6) + "px";
      tip.style.top = Math.min(p[1] + 16, box.height - tip.offsetHeight - 6) + "px";
    }
    if (!same) redraw();
  });
  const up = e => {
    fingers.delete(e.pointerId);
    if (fingers.size < 2) pinch = null;
    if (drag && far < 4 && e.type === "pointerup") {
      const hit = under(...at(e));
      if (hit && hit.actor) selectActor(hit.actor.i); else if (hit && hit.link) selectLink(hit.link); else { selectActor(null); }
    }
    drag = null;
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => { if (hover) { hover = null; $("tip").hidden = true; redraw(); } });
  canvas.addEventListener("wheel", e => { e.preventDefault(); zoom(Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0015)), ...at(e)); }, { passive: false });
  canvas.addEventListener("dblclick", e => zoom(1.6, ...at(e)));
}

function setUpKeys() {
  document.addEventListener("keydown", e => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
    if (e.key === "/" && !typing) { e.preventDefault(); $("search").focus(); return; }
    if (e.key === "Escape" && !typing) { selectActor(null); return; }
    if (e.target !== canvas) return;
    const box = canvas.getBoundingClientRect(), step = 60;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (moves[e.key]) { e.preventDefault(); camera.x += moves[e.key][0]; camera.y += moves[e.key][1]; moved(); }
    else if (e.key === "+" || e.key === "=") zoom(1.25, box.width / 2, box.height / 2);
    else if (e.key === "-") zoom(0.8, box.width / 2, box.height / 2);
    else if (e.key === "0") { fit(); remember(); }
  });
}

function setUp() {
  $("title").textContent = raw.title;
  $("subtitle").textContent = raw.subtitle;
  restore();
  const wide = window.matchMedia("(prefers-color-scheme: dark)").matches;
  theme(view.dark === null ? wide : view.dark);
  $("names").replaceChildren(...actors.slice(0, 3000).map(a => el("option", { value: a.name.slice(0, 200) })));
  for (const [id, key] of [["show-denied", "denied"], ["show-planned", "planned"], ["show-ended", "ended"], ["show-lone", "lone"]]) $(id).addEventListener("change", e => { view[key] = e.target.checked; changed(); });
  for (const id of ["document", "voice", "size", "rims"]) $(id).addEventListener("change", e => { view[id] = e.target.value; changed(); });
  $("confidence").addEventListener("input", e => { view.confidence = Number(e.target.value); $("confidence-value").textContent = e.target.value; changed(); });
  $("filters").addEventListener("submit", e => e.preventDefault());
  $("find-path").addEventListener("click", findPath);
  $("fit").addEventListener("click", () => { fit(); remember(); });
  $("link").addEventListener("click", copyLink);
  $("save-svg").addEventListener("click", () => download("network.svg", new Blob([svgOfView()], { type: "image/svg+xml" })));
  $("save-png").addEventListener("click", savePng);
  $("save-csv").addEventListener("click", saveCsv);
  $("theme").addEventListener("click", () => { view.dark = look === raw.light; theme(view.dark); remember(); });
  $("reset").addEventListener("click", () => { Object.assign(view, structuredClone(DEFAULTS), { dark: view.dark }); clearPath(); $("paths").replaceChildren(); if (TIMES) $("when").value = TIMES[1] + 1; fillFilters(); changed(); fit(); });
  setUpSearch();
  setUpTime();
  setUpPointer();
  setUpKeys();
  const { pan, path, actor, edge } = view;
  changed();
  resize();
  if (pan) { [camera.k, camera.x, camera.y] = pan; view.pan = pan; } else fit();
  if (path) { [$("path-from").value, $("path-to").value] = path; openPaths(); } else if (actor !== null || edge) showCard();
  new ResizeObserver(resize).observe(canvas);
}
setUp();
