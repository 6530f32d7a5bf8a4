// The drawing: one canvas, drawn again when something changes.
const canvas = $("canvas"), pen = canvas.getContext("2d");
const FONT = "Arimo, 'Liberation Sans', Arial, Helvetica, sans-serif";
const DASHES = [[], [7, 3], [9, 3, 2, 3], []], FAINT = [1.6, 3.2];
const RIMS = ["#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#b29b00", "#7a5cc2", "#8c6d46"];
const camera = { k: 1, x: 0, y: 0 };
// More links than this are drawn in short while the view moves: the strongest, without dashes.
const MANY = 1500;
let busy = 0, look = raw.light, hover = null, onPath = new Set(), pathActors = new Set(), pending = false, scaleOf = null;

function redraw() {
  if (pending) return;
  pending = true;
  requestAnimationFrame(() => { pending = false; draw(); });
}

function resize() {
  const ratio = window.devicePixelRatio || 1, box = canvas.getBoundingClientRect();
  canvas.width = Math.max(1, Math.round(box.width * ratio));
  canvas.height = Math.max(1, Math.round(box.height * ratio));
  redraw();
}

function fit(only) {
  const list = (only || [...shown.actors].map(i => actors[i]));
  const box = canvas.getBoundingClientRect();
  if (!list.length) return redraw();
  let l = Infinity, r = -Infinity, t = Infinity, b = -Infinity;
  for (const a of list) { l = Math.min(l, a.x - a.w / 2); r = Math.max(r, a.x + a.w / 2); t = Math.min(t, a.y - a.h / 2); b = Math.max(b, a.y + a.h / 2); }
  // Room for the time bar below.
  camera.k = Math.min(2.2, (box.width - 40) / (r - l + 1), (box.height - 100) / (b - t + 1));
  camera.x = box.width / 2 - camera.k * (l + r) / 2;
  camera.y = (box.height - 50) / 2 - camera.k * (t + b) / 2;
  view.pan = null;
  redraw();
}

// Size factor of an actor when sizes come from a measure.
function factor(a) {
  if (view.size === "") return 1;
  if (!scaleOf || scaleOf.name !== view.size) {
    const at = raw.measures.indexOf(view.size);
    const most = Math.max(1e-9, ...actors.map(x => x.values[at] || 0));
    scaleOf = { name: view.size, at, most };
  }
  return 0.6 + 1.1 * Math.sqrt(Math.max(0, a.values[scaleOf.at] || 0) / scaleOf.most);
}

function boxOf(a) {
  const f = factor(a);
  return { w: a.w * f, h: a.h * f, f };
}

// Where the line from one middle leaves the box of the other.
function rim(from, to, box) {
  const dx = from.x - to.x, dy = from.y - to.y;
  const t = Math.min(1, 1 / Math.max(Math.abs(dx) / (box.w / 2 + 3), Math.abs(dy) / (box.h / 2 + 3), 1e-9));
  return { x: to.x + dx * t, y: to.y + dy * t };
}

// The actors in focus: hovered, selected or on a path. Null for none.
function focus() {
  if (onPath.size) return pathActors;
  const actor = hover && hover.actor ? hover.actor : view.actor !== null ? actors[view.actor] : null;
  if (actor) return new Set([actor.i, ...actor.ties.flatMap(o => [o.edge.a, o.edge.b])]);
  const link = hover && hover.link ? hover.link : selectedLink();
  return link ? new Set([link.a, link.b]) : null;
}

function inFocus(link) {
  if (onPath.size) return link.own.some(o => onPath.has(o.edge.i));
  const actor = hover && hover.actor ? hover.actor : view.actor !== null ? actors[view.actor] : null;
  if (actor) return link.a === actor.i || link.b === actor.i;
  const one = hover && hover.link ? hover.link : selectedLink();
  return one ? link === one : true;
}

function selectedLink() {
  if (!view.edge) return null;
  return shown.links.find(l => l.a === view.edge[0] && l.b === view.edge[1]) || null;
}

function draw() {
  const ratio = window.devicePixelRatio || 1, width = canvas.width / ratio, height = canvas.height / ratio;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = look.paper;
  pen.fillRect(0, 0, width, height);
  pen.translate(camera.x, camera.y);
  pen.scale(camera.k, camera.k);
  const near = focus(), most = shown.links.length ? shown.links[shown.links.length - 1].strength : 1;
  const crowd = shown.links.length > 400 ? 0.35 : 0.9;
  const edgeOf = { l: -camera.x / camera.k, t: -camera.y / camera.k, r: (width - camera.x) / camera.k, b: (height - camera.y) / camera.k };
  // Lines of one look are one path: ten thousand of them stay fluid.
  const groups = new Map(), quick = busy && shown.links.length > MANY;
  for (const link of quick ? shown.links.slice(-MANY) : shown.links) {
    const a = actors[link.a], b = actors[link.b];
    if (Math.max(a.x, b.x) < edgeOf.l || Math.min(a.x, b.x) > edgeOf.r || Math.max(a.y, b.y) < edgeOf.t || Math.min(a.y, b.y) > edgeOf.b) continue;
    const lit = near === null || inFocus(link);
    const size = Math.round(4 * Math.sqrt(link.strength / most));
    const key = (lit ? 100 : 0) + link.tone * 10 + size + (link.firm ? 0 : 1000);
    if (!groups.has(key)) groups.set(key, { lit, link, size, list: [] });
    groups.get(key).list.push(link);
  }
  const arrows = camera.k > 0.3 && !quick && shown.links.length < 4000;
  for (const { lit, link, size, list } of [...groups.values()].sort((x, y) => x.lit - y.lit)) {
    const wide = (0.9 + 0.6 * size) * (link.tone === 3 ? 0.7 : 1);
    pen.strokeStyle = pen.fillStyle = look.tones[link.tone];
    pen.globalAlpha = lit ? (near ? 1 : crowd) : 0.08;
    pen.lineWidth = Math.max(wide, 0.6 / camera.k);
    pen.setLineDash(quick ? [] : (link.firm ? DASHES[link.tone] : FAINT).map(d => d * (0.7 + wide * 0.3)));
    const heads = [];
    pen.beginPath();
    for (const l of list) {
      const a = actors[l.a], b = actors[l.b];
      const p = rim(b, a, boxOf(a)), q = rim(a, b, boxOf(b));
      pen.moveTo(p.x, p.y);
      pen.lineTo(q.x, q.y);
      if (arrows && (lit || !near)) { if (l.forward) heads.push([p, q]); if (l.backward) heads.push([q, p]); }
    }
    pen.stroke();
    pen.beginPath();
    for (const [p, q] of heads) {
      const d = Math.hypot(q.x - p.x, q.y - p.y) || 1, ux = (q.x - p.x) / d, uy = (q.y - p.y) / d, n = 5 + 2 * wide;
      pen.moveTo(q.x, q.y);
      pen.lineTo(q.x - ux * n - uy * n * 0.42, q.y - uy * n + ux * n * 0.42);
      pen.lineTo(q.x - ux * n + uy * n * 0.42, q.y - uy * n - ux * n * 0.42);
      pen.closePath();
    }
    pen.fill();
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  if (camera.k > 0.75 || near) drawLabels(near);
  const big = [];
  for (const i of shown.actors) {
    const a = actors[i];
    if (a.x + a.w < edgeOf.l || a.x - a.w > edgeOf.r || a.y + a.h < edgeOf.t || a.y - a.h > edgeOf.b) continue;
    pen.globalAlpha = near && !near.has(i) ? 0.25 : 1;
    plate(a);
    if (a.font * factor(a) * camera.k < 4.5) big.push(a);
  }
  pen.globalAlpha = 1;
  if (big.length) floatingNames(big, near);
}

function outline(shape, a, grow) {
  const { w, h } = boxOf(a), l = a.x - w / 2 - grow, r = a.x + w / 2 + grow, t = a.y - h / 2 - grow, b = a.y + h / 2 + grow;
  const lean = Math.min(h * 0.32, w / 4);
  const line = points => { points.forEach(([x, y], i) => i ? pen.lineTo(x, y) : pen.moveTo(x, y)); pen.closePath(); };
  pen.beginPath();
  switch (shape) {
    case "rounded": pen.roundRect(l, t, r - l, b - t, 5); break;
    case "pill": pen.roundRect(l, t, r - l, b - t, (b - t) / 2); break;
    case "ellipse": pen.ellipse(a.x, a.y, (r - l) / 2, (b - t) / 2, 0, 0, 7); break;
    case "hexagon": line([[l, a.y], [l + lean, t], [r - lean, t], [r, a.y], [r - lean, b], [l + lean, b]]); break;
    case "octagon": line([[l, t + 5], [l + 5, t], [r - 5, t], [r, t + 5], [r, b - 5], [r - 5, b], [l + 5, b], [l, b - 5]]); break;
    case "parallelogram": line([[l + lean, t], [r, t], [r - lean, b], [l, b]]); break;
    case "trapezium": line([[l + lean, t], [r - lean, t], [r, b], [l, b]]); break;
    case "note": line([[l, t], [r - 8, t], [r, t + 8], [r, b], [l, b]]); break;
    case "flag": line([[l, t], [r - lean, t], [r, a.y], [r - lean, b], [l, b]]); break;
    default: pen.rect(l, t, r - l, b - t);
  }
}

function plate(a) {
  const style = look.kinds[a.kind], shape = raw.shapes[a.kind], f = factor(a);
  if (a.w * f * camera.k < 14 && view.actor !== a.i && !view.rims) {
    // Too small for a shape.
    pen.fillStyle = style.line;
    pen.fillRect(a.x - a.w * f / 2, a.y - a.h * f / 2, a.w * f, a.h * f);
    return;
  }
  const group = view.rims === "camp" ? a.camp : view.rims === "community" ? a.community : null;
  if (group !== null || view.actor === a.i || pathActors.has(a.i)) {
    outline(shape, a, 4);
    pen.fillStyle = look.paper;
    pen.fill();
    pen.lineWidth = 2.6;
    pen.strokeStyle = group !== null ? RIMS[group % RIMS.length] : look.ink;
    pen.stroke();
  }
  outline(shape, a, 0);
  pen.fillStyle = style.fill;
  pen.fill();
  pen.lineWidth = 1.1;
  pen.strokeStyle = style.line;
  pen.setLineDash(style.dashed ? [3, 2] : []);
  pen.stroke();
  pen.setLineDash([]);
  const font = a.font * f;
  if (font * camera.k < 4.5) return;
  pen.font = (a.bold ? "bold " : "") + font + "px " + FONT;
  pen.fillStyle = style.text;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const high = font * 1.18;
  a.lines.forEach((line, n) => pen.fillText(line, a.x, a.y + (n - (a.lines.length - 1) / 2) * high));
}

// Far away, the strongest actors' names stand beside them in a legible size, as many as do not overlap.
function floatingNames(list, near) {
  const taken = [], size = 11.5;
  const weight = a => (near && near.has(a.i) ? 1e6 : 0) + a.ties.reduce((sum, o) => sum + o.weight, 0);
  pen.save();
  const ratio = window.devicePixelRatio || 1;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.font = "bold " + size + "px " + FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3.5;
  pen.lineJoin = "round";
  for (const a of list.map(a => [weight(a), a]).sort((x, y) => y[0] - x[0]).slice(0, 120).map(x => x[1])) {
    if (near && !near.has(a.i)) continue;
    const text = a.name.length > 34 ? a.name.slice(0, 33) + "…" : a.name;
    const w = pen.measureText(text).width / 2 + 4, x = camera.x + a.x * camera.k, y = camera.y + a.y * camera.k;
    if (taken.some(o => Math.abs(o.x - x) < o.w + w && Math.abs(o.y - y) < size + 4)) continue;
    taken.push({ x, y, w });
    pen.strokeStyle = look.paper;
    pen.fillStyle = look.ink;
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
  pen.restore();
}

// Words on links, where they overlap no box and no other words.
function drawLabels(near) {
  if (camera.k < 0.45) return;
  const size = 9, taken = [];
  pen.font = size + "px " + FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  const boxes = [...shown.actors].map(i => actors[i]);
  let left = 160;
  for (let n = shown.links.length - 1; n >= 0 && left > 0; n--) {
    const link = shown.links[n];
    if (near && !inFocus(link)) continue;
    const a = actors[link.a], b = actors[link.b];
    const text = label(link, 2), w = pen.measureText(text).width / 2 + 3, h = size * 0.7;
    const p = rim(b, a, boxOf(a)), q = rim(a, b, boxOf(b));
    if (Math.min(w * 2 / Math.max(1e-6, Math.abs(q.x - p.x)), h * 2 / Math.max(1e-6, Math.abs(q.y - p.y))) > 0.7) continue;
    for (const t of [0.5, 0.42, 0.58, 0.34, 0.66]) {
      const x = p.x + (q.x - p.x) * t, y = p.y + (q.y - p.y) * t;
      if (taken.some(o => Math.abs(o.x - x) < o.w + w && Math.abs(o.y - y) < 2 * h)) continue;
      if (boxes.some(o => Math.abs(o.x - x) < o.w / 2 + w && Math.abs(o.y - y) < o.h / 2 + h)) continue;
      taken.push({ x, y, w });
      left--;
      pen.fillStyle = look.paper;
      pen.globalAlpha = 0.88;
      pen.fillRect(x - w, y - h, 2 * w, 2 * h);
      pen.globalAlpha = 1;
      pen.fillStyle = look.tones[link.tone];
      pen.fillText(text, x, y + 0.5);
      break;
    }
  }
}

// What is under a point of the canvas.
function under(px, py) {
  const x = (px - camera.x) / camera.k, y = (py - camera.y) / camera.k, slack = 4 / camera.k;
  let found = null;
  for (const i of shown.actors) {
    const a = actors[i], { w, h } = boxOf(a);
    if (Math.abs(a.x - x) <= w / 2 + slack && Math.abs(a.y - y) <= h / 2 + slack) found = a;
  }
  if (found) return { actor: found };
  let best = 6 / camera.k, link = null;
  for (const l of shown.links) {
    const a = actors[l.a], b = actors[l.b], dx = b.x - a.x, dy = b.y - a.y;
    const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    const d = Math.hypot(a.x + dx * t - x, a.y + dy * t - y);
    if (d < best) { best = d; link = l; }
  }
  return link ? { link } : null;
}

function zoom(by, px, py) {
  const k = Math.max(0.02, Math.min(6, camera.k * by));
  camera.x = px - (px - camera.x) * k / camera.k;
  camera.y = py - (py - camera.y) * k / camera.k;
  camera.k = k;
  moved();
}

function moved() {
  clearTimeout(busy);
  busy = setTimeout(() => { busy = 0; redraw(); }, 180);
  view.pan = [camera.k, camera.x, camera.y].map(v => Math.round(v * 1000) / 1000);
  remember();
  redraw();
}
