// Search, cards, filters.
const status = text => { $("status").textContent = text; };
const figure = v => Math.abs(v) >= 100 ? v.toFixed(0) : Math.abs(v) >= 1 ? v.toFixed(2) : v.toFixed(3);
const signText = s => s > 0 ? "+" : s < 0 ? "−" : "0";

function findActors(text) {
  const sought = fold(text.trim());
  if (!sought) return [];
  const scored = [];
  for (const a of actors) {
    const names = [a.name, ...a.aliases].map(fold);
    const best = Math.min(...names.map(n => n === sought ? 0 : n.startsWith(sought) ? 1 : n.includes(" " + sought) ? 2 : n.includes(sought) ? 3 : 9));
    if (best < 9) scored.push([best, -a.mentions, a]);
  }
  return scored.sort((x, y) => x[0] - y[0] || x[1] - y[1] || x[2].i - y[2].i).map(x => x[2]);
}

function setUpSearch() {
  const input = $("search"), list = $("suggestions");
  let found = [], at = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); at = -1; };
  const mark = () => [...list.children].forEach((li, i) => {
    li.setAttribute("aria-selected", i === at ? "true" : "false");
    if (i === at) { input.setAttribute("aria-activedescendant", li.id); li.scrollIntoView({ block: "nearest" }); }
  });
  const take = a => { input.value = a.name; close(); selectActor(a.i, true); };
  const suggest = () => {
    found = findActors(input.value).slice(0, 12);
    list.replaceChildren(...found.map((a, i) => el("li", { role: "option", id: "suggestion-" + i, "aria-selected": "false", onpointerdown: e => { e.preventDefault(); take(a); } },
      a.name.slice(0, 120), " ", el("small", {}, raw.kinds[a.kind]))));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
  };
  input.addEventListener("input", suggest);
  input.addEventListener("focus", suggest);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", e => {
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { e.preventDefault(); at = (at + (e.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(1, found.length); mark(); }
    else if (e.key === "Enter") { e.preventDefault(); const a = found[Math.max(0, at)]; if (a) take(a); else status("No actor is called that."); }
    else if (e.key === "Escape") { close(); canvas.focus(); }
  });
}

function selectActor(i, centre) {
  view.actor = i;
  view.edge = null;
  clearPath();
  if (centre && i !== null) centreOn(actors[i]);
  showCard();
  remember();
  redraw();
}

function centreOn(a) {
  const box = canvas.getBoundingClientRect();
  if (camera.k < 0.6) camera.k = 1;
  camera.x = box.width / 2 - a.x * camera.k;
  camera.y = box.height / 2 - a.y * camera.k;
  view.pan = [camera.k, camera.x, camera.y];
}

function selectLink(link) {
  view.edge = link ? [link.a, link.b] : null;
  view.actor = null;
  clearPath();
  showCard();
  remember();
  redraw();
}

function showCard() {
  const card = $("card"), wasHidden = card.hidden;
  const link = selectedLink();
  if (view.actor !== null) card.replaceChildren(...actorCard(actors[view.actor]));
  else if (link) card.replaceChildren(...linkCard(link));
  card.hidden = view.actor === null && !link;
  card.scrollTop = 0;
  if (card.hidden !== wasHidden) resize();
}

const closer = () => el("button", { class: "close", type: "button", "aria-label": "Close", onclick: () => selectActor(null) }, "×");
const kindOf = a => el("p", { class: "note" }, raw.kinds[a.kind] + (a.mentions ? `, ${a.mentions} mentions in ${a.docs.length} documents` : ""));

function actorCard(a) {
  const others = a.aliases.filter(x => x !== a.name);
  const ties = [...a.ties].sort((x, y) => y.weight - x.weight || x.edge.i - y.edge.i);
  const tie = o => {
    const other = actors[o.edge.a === a.i ? o.edge.b : o.edge.a], arrow = o.edge.relation.symmetric ? "↔" : o.edge.a === a.i ? "→" : "←";
    return el("li", {}, el("button", { class: "tie", type: "button", onclick: () => selectLink(linkOf(a.i, other.i)) },
      el("span", { class: o.sign > 0 ? "plus" : o.sign < 0 ? "minus" : "" }, signText(o.sign) + " " + arrow + " "),
      o.edge.relation.words + " ", el("strong", {}, other.name.slice(0, 80)), el("span", { class: "note" }, ` ${o.said.length || 1}×` + (o.firm ? "" : ", not firm"))));
  };
  return [
    closer(), el("h2", { dir: "auto" }, a.name.slice(0, 300)), kindOf(a),
    others.length ? el("p", { class: "note" }, "Also: " + others.slice(0, 12).map(x => x.slice(0, 80)).join(", ")) : null,
    el("div", { class: "pills" },
      el("button", { type: "button", onclick: () => hideActor(a) }, "Hide (what if)"),
      el("button", { type: "button", onclick: () => { $("path-from").value = a.name; openPaths(); } }, "Path from"),
      el("button", { type: "button", onclick: () => { $("path-to").value = a.name; openPaths(); } }, "Path to")),
    a.values.length ? el("h3", {}, "Measures") : null,
    a.values.length ? el("table", { class: "measures" }, raw.measures.map((m, k) => el("tr", {}, el("td", {}, m), el("td", {}, figure(a.values[k] || 0))))) : null,
    a.camp !== null || a.community !== null ? el("p", { class: "note" }, [a.camp !== null ? "camp " + a.camp : "", a.community !== null ? "community " + a.community : ""].filter(Boolean).join(", ")) : null,
    el("h3", {}, `Ties (${ties.length})`), el("ul", { style: "list-style:none;padding:0;margin:0" }, ties.slice(0, 200).map(tie)),
    ties.length > 200 ? el("p", { class: "note" }, `and ${ties.length - 200} weaker ones`) : null,
  ].filter(Boolean);
}

const linkOf = (a, b) => shown.links.find(l => l.a === Math.min(a, b) && l.b === Math.max(a, b)) || null;

function linkCard(link) {
  const a = actors[link.a], b = actors[link.b];
  const name = x => el("button", { class: "tie", type: "button", style: "width:auto", onclick: () => selectActor(x.i) }, el("strong", {}, x.name.slice(0, 120)));
  const parts = [closer(), el("h2", {}, name(a), " – ", name(b))];
  for (const o of link.own) {
    const [s, t] = [actors[o.edge.a], actors[o.edge.b]];
    parts.push(el("h3", {}, `${s.name.slice(0, 60)} ${o.edge.relation.words} ${t.name.slice(0, 60)}`),
      el("p", { class: "note" }, `${SIGNS[o.sign]}, strength ${figure(o.weight)}, confidence ${figure(o.confidence)}` + (o.edge.from ? `, ${o.edge.from}` + (o.edge.to && o.edge.to !== o.edge.from ? ` to ${o.edge.to}` : "") : "")),
      ...o.said.slice(0, 40).map(st => quote(st)));
    if (o.said.length > 40) parts.push(el("p", { class: "note" }, `and ${o.said.length - 40} more statements`));
  }
  return parts;
}

// A sentence with the words marked that name the two; offsets count characters, not UTF-16 units.
function quote(s) {
  const chars = Array.from(raw.sentences[s.sentence]), doc = s.doc === null ? null : documents[s.doc];
  const marks = [[s.s0, s.s1, "source"], [s.t0, s.t1, "target"]].filter(([from, to]) => from < to && to <= chars.length).sort((x, y) => x[0] - y[0]);
  const parts = [];
  let at = 0;
  for (const [from, to, name] of marks) {
    if (from < at) continue;
    parts.push(chars.slice(at, from).join(""), el("mark", { class: name }, chars.slice(from, to).join("")));
    at = to;
  }
  parts.push(chars.slice(at).join(""));
  const facts = [doc ? doc.title : "", doc && doc.title !== doc.id ? doc.id : "", doc && doc.date, s.voice ? "said by " + s.voice : "in its own voice", s.polarity === "denied" ? "denied" : "",
    s.modality === "other" ? "planned or feared" : "", s.status, s.start ? (s.end && s.end !== s.start ? `${s.start} to ${s.end}` : s.start) : "", `characters ${s.begin}–${s.stop}`, "confidence " + figure(s.confidence)];
  return el("blockquote", {}, el("p", { dir: "auto" }, parts), el("footer", {}, facts.filter(Boolean).map(x => x.slice(0, 120)).join(" · ")));
}

function hideActor(a) {
  if (!view.hidden.includes(a.name)) view.hidden.push(a.name);
  $("what-if").open = true;
  view.actor = null;
  changed();
}

// How many groups of connected actors the shown links make.
function pieces() {
  const up = new Map([...shown.actors].map(i => [i, i]));
  const root = i => { while (up.get(i) !== i) { up.set(i, up.get(up.get(i))); i = up.get(i); } return i; };
  for (const l of shown.links) up.set(root(l.a), root(l.b));
  return new Set([...shown.actors].map(root)).size;
}

function showHidden() {
  const box = $("hidden-actors");
  if (!view.hidden.length) return box.replaceChildren();
  const names = view.hidden.map(n => el("button", { type: "button", title: "Show again", onclick: () => { view.hidden = view.hidden.filter(x => x !== n); changed(); } }, n.slice(0, 60) + " ×"));
  box.replaceChildren(el("div", { class: "pills" }, names), el("p", { class: "note" }, `Without: ${shown.links.length} ties between ${shown.actors.size} actors in ${pieces()} separate parts.`));
}

function check(label, on, change, swatch, count) {
  return el("label", { class: "check" }, el("input", { type: "checkbox", checked: on, onchange: e => change(e.target.checked) }), swatch, label, count === undefined ? null : el("span", { class: "count" }, String(count)));
}

function toggle(list, value, on) {
  return on ? list.filter(x => x !== value) : [...list.filter(x => x !== value), value];
}

function swatch(color, dashed) {
  const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), line = document.createElementNS(ns, "line");
  svg.setAttribute("class", "swatch");
  svg.setAttribute("viewBox", "0 0 30 8");
  for (const [k, v] of Object.entries({ x1: 0, x2: 30, y1: 4, y2: 4, stroke: color, "stroke-width": 2.5, "stroke-dasharray": dashed.join(" ") })) line.setAttribute(k, v);
  svg.append(line);
  return svg;
}

function fillFilters() {
  const signs = [[1, 0], [-1, 1], [0, 3]];
  $("signs").replaceChildren(...signs.map(([s, tone]) => check(SIGNS[s], !view.signs.includes(s), on => { view.signs = toggle(view.signs, s, on); changed(); }, swatch(look.tones[tone], DASHES[tone]))));
  const kinds = raw.kinds.map((name, k) => [name, k, actors.filter(a => a.kind === k).length]).filter(x => x[2]);
  $("kinds").replaceChildren(...kinds.map(([name, k, n]) => {
    const box = el("span", { class: "swatch" });
    box.style.background = look.kinds[k].fill;
    box.style.border = (look.kinds[k].dashed ? "1px dashed " : "1px solid ") + look.kinds[k].line;
    return check(name, !view.kinds.includes(k), on => { view.kinds = toggle(view.kinds, k, on); changed(); }, box, n);
  }));
  const used = relations.map((r, i) => [r, edges.filter(e => e.r === i).length]).filter(x => x[1]).sort((x, y) => y[1] - x[1]);
  $("relations").replaceChildren(...used.map(([r, n]) => {
    const row = check(r.words, !view.relations.includes(r.name), on => { view.relations = toggle(view.relations, r.name, on); changed(); }, null, n);
    row.title = r.meaning;
    return row;
  }));
  const option = (value, text) => el("option", { value }, text);
  $("document").replaceChildren(option("", "all"), ...documents.map((d, i) => option(String(i), d.title.slice(0, 80))));
  const voices = [...new Set(statements.map(s => s.voice).filter(v => v !== null))].sort();
  $("voice").replaceChildren(option("", "all"), option("text", "the documents themselves"), ...voices.map(v => option("by " + v, v.slice(0, 80))));
  $("size").replaceChildren(option("", "strength of ties"), ...raw.measures.map(m => option(m, m)));
  for (const [id, key] of [["document", "document"], ["voice", "voice"], ["size", "size"], ["rims", "rims"], ["window", "window"]]) $(id).value = String(view[key]);
  for (const [id, key] of [["show-denied", "denied"], ["show-planned", "planned"], ["show-ended", "ended"], ["show-lone", "lone"], ["undated", "undated"]]) $(id).checked = view[key];
  $("confidence").value = view.confidence;
  $("confidence-value").textContent = view.confidence;
  const tones = raw.tones.map((name, t) => el("div", {}, swatch(look.tones[t], DASHES[t]), name));
  $("legend").replaceChildren(...tones, el("div", {}, swatch(look.muted, FAINT), "denied, planned, over"));
  document.documentElement.style.setProperty("--plus", look.tones[0]);
  document.documentElement.style.setProperty("--minus", look.tones[1]);
}

function fillList() {
  const list = [...shown.actors].map(i => actors[i]).sort((x, y) => y.ties.length - x.ties.length || x.i - y.i);
  $("actor-list").replaceChildren(...list.slice(0, 500).map(a => el("li", {}, el("button", { type: "button", onclick: () => selectActor(a.i, true) }, a.name.slice(0, 80), el("span", { class: "note" }, ` ${a.ties.length} ties`)))));
}
