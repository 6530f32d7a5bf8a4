// What the page knows, unpacked, and what of it is shown.
const raw = JSON.parse(document.getElementById("data").textContent);
const SIGNS = { "1": "cooperative", "-1": "conflictual", "0": "structural" };

const relations = raw.relations.map(([name, sign, symmetric, influence, weight, meaning]) => ({ name, words: name.replace(/_/g, " "), sign, symmetric, influence, weight, meaning }));
const documents = raw.documents.map(([id, title, date, publisher]) => ({ id, title: title || id, date, publisher }));
const actors = raw.actors.map(([name, kind, mentions, docs, aliases, spot, values, community, camp], i) => {
  const [x, y, w, h, font, lines, bold] = spot || [0, 0, 60, 20, 10, [name.slice(0, 40)], false];
  return { i, name, kind, mentions, docs, aliases, x, y, w, h, font, lines, bold, values, community, camp, placed: !!spot, ties: [] };
});
const statements = raw.statements.map(([doc, begin, stop, polarity, modality, status, voice, start, end, confidence, sentence, s0, s1, t0, t1, forward], i) => {
  const date = doc === null ? null : documents[doc].date;
  return { i, doc, begin, stop, polarity, modality, status, voice, start, end, confidence, sentence, s0, s1, t0, t1, forward,
    from: month(start || end || date, false), to: month(end || start || date, true) };
});
const edges = raw.edges.map(([a, b, relation, sign, weight, confidence, first, last, from, to], i) =>
  ({ i, a, b, relation: relations[relation], r: relation, sign, weight, confidence, said: statements.slice(first, last), from, to }));

// Actors that nothing ties to anybody have no place in the layout: they stand in rows below it.
{
  const placed = actors.filter(a => a.placed);
  const bottom = Math.max(0, ...placed.map(a => a.y + a.h)) + 60;
  const right = Math.max(800, ...placed.map(a => a.x));
  let x = 0, y = bottom;
  for (const a of actors.filter(a => !a.placed)) {
    a.w = Math.max(60, Math.min(180, a.name.length * 6)); a.h = 22; a.lines = [a.name.slice(0, 30)];
    if (x + a.w > right) { x = 0; y += 34; }
    a.x = x + a.w / 2; a.y = y; x += a.w + 14;
  }
}

// Months since the year 0; the first or the last that a date can mean.
function month(date, last) {
  if (!date) return null;
  const [year, m] = date.split("-");
  return Number(year) * 12 + (m ? Number(m) - 1 : last ? 11 : 0);
}

const months = statements.flatMap(s => s.from === null ? [] : [s.from, s.to]);
const TIMES = months.length ? [months.reduce((a, b) => Math.min(a, b)), months.reduce((a, b) => Math.max(a, b))] : null;

// The view: everything that a link restores.
const DEFAULTS = { kinds: [], relations: [], signs: [], denied: true, planned: true, ended: true, lone: false, confidence: 0, document: "", voice: "",
  when: null, window: 60, undated: true, hidden: [], rims: "", size: "", actor: null, edge: null, pan: null, dark: null, path: null };
const view = structuredClone(DEFAULTS);

// What is shown now: edges with the statements that pass, and one link per pair.
let shown = { edges: [], links: [], actors: new Set() };

function passes(s) {
  if (!view.denied && s.polarity === "denied") return false;
  if (!view.planned && s.modality === "other") return false;
  if (!view.ended && s.status === "ended") return false;
  if (s.confidence < view.confidence) return false;
  if (view.document !== "" && s.doc !== Number(view.document)) return false;
  if (view.voice !== "" && (view.voice === "text" ? s.voice !== null : "by " + s.voice !== view.voice)) return false;
  if (view.when !== null) {
    if (s.from === null) return view.undated;
    const from = view.window ? view.when - view.window : -Infinity;
    return s.from <= view.when && s.to >= from;
  }
  return true;
}

function refilter() {
  const hidden = new Set(view.hidden), noKind = new Set(view.kinds), noRelation = new Set(view.relations), noSign = new Set(view.signs);
  const open = a => !hidden.has(a.name) && !noKind.has(a.kind);
  const list = [], pairs = new Map();
  for (const e of edges) {
    if (noRelation.has(e.relation.name) || !open(actors[e.a]) || !open(actors[e.b])) continue;
    const said = e.said.filter(passes);
    // An edge of somebody else's edge list has no statements and passes as it is.
    if (e.said.length && !said.length) continue;
    const own = { edge: e, said, ...summary(e, said) };
    if (noSign.has(own.sign)) continue;
    list.push(own);
    if (e.a === e.b) continue;
    const key = Math.min(e.a, e.b) + " " + Math.max(e.a, e.b);
    if (!pairs.has(key)) pairs.set(key, []);
    pairs.get(key).push(own);
  }
  for (const a of actors) a.ties = [];
  const links = [...pairs.values()].map(bundle);
  links.sort((x, y) => x.strength - y.strength);
  const seen = new Set();
  for (const own of list) {
    seen.add(own.edge.a).add(own.edge.b);
    actors[own.edge.a].ties.push(own);
    if (own.edge.a !== own.edge.b) actors[own.edge.b].ties.push(own);
  }
  if (view.lone) for (const a of actors) if (open(a)) seen.add(a.i);
  shown = { edges: list, links, actors: seen };
}

// Confidence, weight and sign of the statements that pass, as the library works them out.
function summary(e, said) {
  if (!e.said.length) return { confidence: e.confidence, weight: e.weight, sign: e.sign, firm: true };
  const best = new Map();
  for (const s of said) best.set(s.sentence, Math.max(best.get(s.sentence) || 0, s.confidence));
  let wrong = 1;
  for (const c of best.values()) wrong *= 1 - c;
  const denied = said.filter(s => s.polarity === "denied").length;
  const sign = denied === 0 ? e.relation.sign : denied === said.length ? -e.relation.sign : 0;
  const firm = denied < said.length && said.some(s => s.modality !== "other") && said.some(s => s.status !== "ended");
  return { confidence: 1 - wrong, weight: e.relation.weight * (1 - wrong), sign: sign === 0 ? 0 : sign, firm };
}

function bundle(own) {
  const value = o => o.weight * (o.firm ? 1 : 0.25);
  own.sort((x, y) => value(y) - value(x) || x.edge.i - y.edge.i);
  const a = Math.min(own[0].edge.a, own[0].edge.b), b = Math.max(own[0].edge.a, own[0].edge.b);
  const firm = own.some(o => o.firm);
  let plus = 0, minus = 0, forward = false, backward = false;
  for (const o of own) {
    if (firm && !o.firm) continue;
    if (o.sign > 0) plus += value(o);
    if (o.sign < 0) minus += value(o);
    // Asserted by some and denied by others: of both senses, half each.
    if (o.sign === 0 && o.edge.relation.sign !== 0) { plus += value(o) / 2; minus += value(o) / 2; }
    if (!o.edge.relation.symmetric) { if (o.edge.a === a) forward = true; else backward = true; }
  }
  const tone = !plus && !minus ? 3 : Math.min(plus, minus) >= 0.3 * Math.max(plus, minus) ? 2 : plus > minus ? 0 : 1;
  return { a, b, own, firm, tone, forward, backward, strength: own.reduce((sum, o) => sum + value(o), 0) };
}

// Words on a link.
function label(link, most) {
  const names = [...new Set(link.own.map(o => (o.said.length && o.said.every(s => s.polarity === "denied") ? "not " : "") + o.edge.relation.words))];
  return names.slice(0, most).join(", ") + (names.length > most ? " +" + (names.length - most) : "");
}

// An element with properties and children; text is only ever a text node.
function el(tag, properties, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter(c => c !== null && c !== undefined && c !== ""));
  return node;
}
const $ = id => document.getElementById(id);
const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ı/g, "i").replace(/ə/g, "a");
