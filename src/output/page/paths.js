// Paths of influence, and what leaves the page: links, pictures, tables.
function clearPath() {
  onPath = new Set();
  pathActors = new Set();
  view.path = null;
}

function openPaths() {
  $("paths").closest("details").open = true;
  if ($("path-from").value && $("path-to").value) findPath();
}

// Arcs along which influence runs, over what is shown, asserted and fact.
function arcs() {
  const out = actors.map(() => []);
  for (const o of shown.edges) {
    if (!o.firm || o.weight <= 0 || o.edge.relation.influence === "none") continue;
    const { a, b, relation } = o.edge, cost = -Math.log(Math.min(1, o.weight));
    if (relation.influence !== "rev") out[a].push({ to: b, cost, own: o });
    if (relation.influence !== "fwd") out[b].push({ to: a, cost, own: o });
  }
  return out;
}

// Dijkstra on −ln(strength), without the edges named.
function strongest(out, from, to, without) {
  const cost = new Map([[from, 0]]), via = new Map(), done = new Set(), queue = [[0, from]];
  while (queue.length) {
    let best = 0;
    for (let i = 1; i < queue.length; i++) if (queue[i][0] < queue[best][0]) best = i;
    const [d, v] = queue.splice(best, 1)[0];
    if (done.has(v)) continue;
    done.add(v);
    if (v === to) break;
    for (const arc of out[v]) {
      if (without.has(arc.own.edge.i) || done.has(arc.to)) continue;
      const c = d + arc.cost;
      if (!cost.has(arc.to) || c < cost.get(arc.to)) { cost.set(arc.to, c); via.set(arc.to, { from: v, arc }); queue.push([c, arc.to]); }
    }
  }
  if (!via.has(to)) return null;
  const steps = [];
  for (let v = to; v !== from; v = via.get(v).from) steps.unshift({ from: via.get(v).from, to: v, own: via.get(v).arc.own });
  return { steps, strength: Math.exp(-cost.get(to)) };
}

function findPath() {
  const box = $("paths"), [from, to] = ["path-from", "path-to"].map(id => findActors($(id).value)[0]);
  clearPath();
  if (!from || !to || from === to) { box.replaceChildren(el("p", { class: "note" }, "Name two different actors.")); redraw(); return; }
  const out = arcs(), found = [], without = new Set();
  for (let n = 0; n < 3; n++) {
    const path = strongest(out, from.i, to.i, without);
    if (!path) break;
    found.push(path);
    // The next one goes without this one's weakest step.
    without.add(path.steps.reduce((w, s) => s.own.weight < w.own.weight ? s : w).own.edge.i);
  }
  view.path = [from.name, to.name];
  view.actor = null;
  view.edge = null;
  showCard();
  if (!found.length) { box.replaceChildren(el("p", { class: "note" }, `No path of influence from ${from.name} to ${to.name} in what is shown.`)); remember(); redraw(); return; }
  light(found[0]);
  box.replaceChildren(...found.map((path, n) => pathBox(path, n)));
  status(`${found.length} paths from ${from.name} to ${to.name}`);
  remember();
}

function light(path) {
  onPath = new Set(path.steps.map(s => s.own.edge.i));
  pathActors = new Set(path.steps.flatMap(s => [s.from, s.to]));
  redraw();
}

function pathBox(path, n) {
  const sign = path.steps.reduce((p, s) => p * (s.own.sign < 0 ? -1 : 1), 1);
  const hops = path.steps.map(s => {
    const { a, b, relation } = s.own.edge, said = s.own.said[0];
    return el("div", { class: "hop" }, `${actors[a].name.slice(0, 60)} ${relation.words} ${actors[b].name.slice(0, 60)}`, said ? quote(said) : null);
  });
  return el("details", { open: n === 0, ontoggle: e => { if (e.target.open) light(path); } },
    el("summary", {}, `${path.steps.length} ${path.steps.length === 1 ? "hop" : "hops"}, strength ${figure(path.strength)}, arrives as ${sign < 0 ? "harm" : "help"}`), hops);
}

// The view in the address: only what differs from the start.
let remembering = 0;
function remember() {
  clearTimeout(remembering);
  remembering = setTimeout(() => { try { history.replaceState(null, "", "#" + encoded()); } catch { /* some browsers refuse this for files */ } }, 250);
}

function encoded() {
  const own = {};
  for (const [k, v] of Object.entries(view)) if (JSON.stringify(v) !== JSON.stringify(DEFAULTS[k])) own[k] = v;
  return Object.keys(own).length ? encodeURIComponent(JSON.stringify(own)) : "";
}

// Takes only what has the form it should have.
function restore() {
  let own;
  try { own = JSON.parse(decodeURIComponent(location.hash.slice(1)) || "{}"); } catch { return; }
  const list = (v, type) => Array.isArray(v) && v.every(x => typeof x === type);
  const index = v => Number.isInteger(v) && v >= 0 && v < actors.length;
  const good = {
    kinds: v => list(v, "number"), relations: v => list(v, "string"), signs: v => list(v, "number"), hidden: v => list(v, "string"),
    denied: v => typeof v === "boolean", planned: v => typeof v === "boolean", ended: v => typeof v === "boolean", lone: v => typeof v === "boolean", undated: v => typeof v === "boolean",
    confidence: v => typeof v === "number", document: v => typeof v === "string", voice: v => typeof v === "string", rims: v => typeof v === "string",
    size: v => raw.measures.includes(v), when: v => Number.isFinite(v), window: v => Number.isFinite(v), actor: index,
    edge: v => Array.isArray(v) && v.length === 2 && v.every(index), pan: v => list(v, "number") && v.length === 3, dark: v => typeof v === "boolean",
    path: v => list(v, "string") && v.length === 2,
  };
  for (const [k, v] of Object.entries(own || {})) if (good[k] && good[k](v)) view[k] = v;
}

function copyLink() {
  const link = location.href.split("#")[0] + "#" + encoded();
  const done = () => { status("The link is copied."); $("link").textContent = "Copied"; setTimeout(() => { $("link").textContent = "Copy link"; }, 1500); };
  const byHand = () => { const box = el("textarea", {}); box.value = link; document.body.append(box); box.select(); document.execCommand("copy"); box.remove(); done(); };
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(link).then(done, byHand); else byHand();
}

function download(name, blob) {
  const url = URL.createObjectURL(blob), a = el("a", { href: url, download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 5000);
}

function savePng() {
  draw();
  canvas.toBlob(blob => { if (blob) download("network.png", blob); }, "image/png");
}

function saveCsv() {
  const cell = text => /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  const rows = [["source", "relation", "target", "sign", "weight", "confidence", "statements", "first", "last", "example"]];
  for (const o of shown.edges) {
    rows.push([actors[o.edge.a].name, o.edge.relation.name, actors[o.edge.b].name, o.sign, o.weight.toFixed(6), o.confidence.toFixed(6), o.said.length, o.edge.from || "", o.edge.to || "",
      o.said[0] ? raw.sentences[o.said[0].sentence] : ""].map(String));
  }
  download("network.csv", new Blob([rows.map(r => r.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }));
}

// The shown network as SVG, built as elements, so that text stays text.
function svgOfView() {
  const ns = "http://www.w3.org/2000/svg";
  const make = (tag, attributes, ...children) => { const node = document.createElementNS(ns, tag); for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v); node.append(...children); return node; };
  const list = [...shown.actors].map(i => actors[i]), xs = list.flatMap(a => [a.x - a.w, a.x + a.w]), ys = list.flatMap(a => [a.y - a.h, a.y + a.h]);
  const low = v => v.reduce((x, y) => Math.min(x, y), Infinity), high = v => v.reduce((x, y) => Math.max(x, y), -Infinity);
  const [l, t, r, b] = list.length ? [low(xs), low(ys), high(xs), high(ys)] : [0, 0, 100, 100];
  const svg = make("svg", { xmlns: ns, viewBox: `${l} ${t} ${r - l} ${b - t}`, width: r - l, height: b - t, "font-family": FONT });
  svg.append(make("title", {}, raw.title), make("rect", { x: l, y: t, width: r - l, height: b - t, fill: look.paper }));
  const most = shown.links.length ? shown.links[shown.links.length - 1].strength : 1;
  for (const link of shown.links) {
    const a = actors[link.a], c = actors[link.b], p = rim(c, a, boxOf(a)), q = rim(a, c, boxOf(c)), wide = 0.9 + 2.4 * Math.sqrt(link.strength / most);
    const g = make("g", { stroke: look.tones[link.tone], fill: look.tones[link.tone] }, make("title", {}, `${a.name} – ${c.name}: ${label(link, 99)}`));
    g.append(make("line", { x1: p.x, y1: p.y, x2: q.x, y2: q.y, "stroke-width": wide, "stroke-dasharray": (link.firm ? DASHES[link.tone] : FAINT).join(" ") }));
    for (const [from, to] of [...(link.forward ? [[p, q]] : []), ...(link.backward ? [[q, p]] : [])]) {
      const d = Math.hypot(to.x - from.x, to.y - from.y) || 1, ux = (to.x - from.x) / d, uy = (to.y - from.y) / d, n = 5 + 2 * wide;
      g.append(make("path", { stroke: "none", d: `M${to.x} ${to.y}L${to.x - ux * n - uy * n * 0.42} ${to.y - uy * n + ux * n * 0.42}L${to.x - ux * n + uy * n * 0.42} ${to.y - uy * n - ux * n * 0.42}Z` }));
    }
    svg.append(g);
  }
  for (const a of list) {
    const { w, h, f } = boxOf(a), style = look.kinds[a.kind];
    const g = make("g", {}, make("title", {}, `${a.name} (${raw.kinds[a.kind]})`));
    g.append(make("rect", { x: a.x - w / 2, y: a.y - h / 2, width: w, height: h, rx: raw.shapes[a.kind] === "pill" || raw.shapes[a.kind] === "ellipse" ? h / 2 : 4, fill: style.fill, stroke: style.line }));
    a.lines.forEach((line, n) => g.append(make("text", { x: a.x, y: a.y + (n - (a.lines.length - 1) / 2) * a.font * f * 1.18 + a.font * f * 0.35, "font-size": a.font * f, "font-weight": a.bold ? "bold" : "normal", "text-anchor": "middle", fill: style.text }, line)));
    svg.append(g);
  }
  return new XMLSerializer().serializeToString(svg);
}
