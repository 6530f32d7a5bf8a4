"""Reads the files of a folder with the readers that users have and compares with network.json.

usage: check.py FOLDER   (holding sample/, hostile/ and empty/, each with all.* of every format)
"""
import csv
import importlib
import json
import os
import re
import shutil
import subprocess
import sys

csv.field_size_limit(1 << 30)
MUST = os.environ.get("CI") == "true"
failures = []


def need(name, found):
    if found:
        return True
    print(f"SKIPPED: {name} is not installed (fails where CI=true)", file=sys.stderr)
    if MUST:
        failures.append(f"{name} is missing")
    return False


def module(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        need(name, False)
        return None


def same(what, got, want):
    if got != want:
        failures.append(f"{what}: got {str(got)[:300]!r}, want {str(want)[:300]!r}")


def xml_text(text):
    """What XML can hold of a text."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def check(folder, name):
    path = lambda file: os.path.join(folder, name, file)
    network = json.load(open(path("all.network.json"), encoding="utf8"))
    names = sorted(a["name"] for a in network["actors"])
    rows = list(csv.DictReader(open(path("all.edges.csv"), encoding="utf8", newline="")))
    triples = sorted((r["source"], r["relation"], r["target"]) for r in rows)
    statements = list(csv.DictReader(open(path("all.statements.csv"), encoding="utf8", newline="")))
    same(f"{name}: statements.csv", len(statements), len(network["statements"]))
    same(f"{name}: sentences", sorted(s["sentence"] for s in statements), sorted(s["sentence"] for s in network["statements"]))
    actors = list(csv.DictReader(open(path("all.actors.csv"), encoding="utf8", newline="")))
    same(f"{name}: actors.csv", sorted(a["name"] for a in actors), names)
    matrix = list(csv.reader(open(path("all.matrix.csv"), encoding="utf8", newline="")))
    same(f"{name}: matrix", (len(matrix) - 1, len(matrix[0]) - 1), (len(names), len(names)))

    nx = module("networkx")
    if nx:
        graph = nx.read_graphml(path("all.graphml"), force_multigraph=True)
        label = nx.get_node_attributes(graph, "name")
        same(f"{name}: GraphML actors", sorted(label.values()), sorted(map(xml_text, names)))
        read = sorted((label[a], d["relation"], label[b]) for a, b, d in graph.edges(data=True))
        same(f"{name}: GraphML edges", read, sorted(tuple(map(xml_text, t)) for t in triples))
        graph = nx.read_gexf(path("all.gexf"), version="1.3")
        label = nx.get_node_attributes(graph, "label")
        same(f"{name}: GEXF actors", sorted(label.values()), sorted(map(xml_text, names)))
        same(f"{name}: GEXF edges", graph.number_of_edges(), len(triples))
        data = json.load(open(path("all.json"), encoding="utf8"))
        graph = nx.node_link_graph(data, edges="edges")
        same(f"{name}: node-link actors", sorted(graph.nodes), names)
        same(f"{name}: node-link edges", sorted((a, k, b) for a, b, k in graph.edges(keys=True)), triples)
    igraph = module("igraph")
    if igraph and names:
        graph = igraph.Graph.Read_Pajek(path("all.net"))
        same(f"{name}: Pajek counts", (graph.vcount(), graph.ecount()), (len(names), len(triples)))
        if name == "sample":
            same("Pajek names", sorted(graph.vs["id"] if "id" in graph.vs.attributes() else graph.vs["name"]), names)
        graph = igraph.Graph.Read_GraphML(path("all.graphml"))
        same(f"{name}: GraphML in igraph", (graph.vcount(), graph.ecount()), (len(names), len(triples)))
    openpyxl = module("openpyxl")
    if openpyxl:
        book = openpyxl.load_workbook(path("all.xlsx"))
        same(f"{name}: sheets", book.sheetnames, ["Actors", "Edges", "Statements", "Matrix"])
        unescape = lambda v: openpyxl.utils.escape.unescape(v) if isinstance(v, str) else v
        cells = lambda sheet, column: sorted(unescape(r[column].value) for r in book[sheet].iter_rows(min_row=2))
        same(f"{name}: workbook actors", cells("Actors", 0), names)
        same(f"{name}: workbook edges", book["Edges"].max_row - 1, len(triples))
        same(f"{name}: workbook statements", book["Statements"].max_row - 1, len(statements))
        same(f"{name}: formulas", [c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"], [])
        for sheet in book:
            same(f"{name}: frozen header of {sheet.title}", sheet.freeze_panes, "B2")
        if triples:
            edges, target = book["Edges"], book["Statements"]
            heads = [c.value for c in edges[1]]
            column = heads.index("statements")
            heads = [c.value for c in target[1]]
            for row in edges.iter_rows(min_row=2):
                place = row[column].hyperlink.location.split("!")[1]
                line = target[int(place[1:])]
                one = {unescape(line[heads.index("source")].value), unescape(line[heads.index("target")].value)}
                same(f"{name}: link of an edge", one, {unescape(row[0].value), unescape(row[2].value)})
    lxml = module("lxml")
    if lxml:
        from lxml import etree
        for file in ["all.svg", "all.timeline.svg", "network.svg"]:
            tree = etree.parse(path(file))
            titles = [t.text for t in tree.iter("{http://www.w3.org/2000/svg}title")]
            if name == "hostile" and file == "all.svg":
                for one in names:
                    if not any((t or "").startswith(xml_text(one)) for t in titles):
                        failures.append(f"SVG lacks {one[:60]!r}")
        for file in ["all.report.html", "network.html"]:
            etree.parse(path(file), etree.HTMLParser())
    pypdf = module("pypdf")
    if pypdf:
        reader = pypdf.PdfReader(path("all.pdf"))
        same(f"{name}: PDF pages", len(reader.pages), 1)
        if name == "sample":
            text = reader.pages[0].extract_text()
            for word in ["Who sways whom", "Azerbaijan", "Erdoğan", "Sources"]:
                if word not in text:
                    failures.append(f"PDF text lacks {word}")
    pillow = module("PIL.Image")
    if pillow:
        image = pillow.open(path("all.png"))
        image.load()
        if name == "sample" and len(image.convert("RGB").getcolors(1 << 24)) < 20:
            failures.append("PNG is nearly empty")
    if need("Graphviz", shutil.which("dot")):
        for file, flags in [("network.dot", []), ("all.dot", ["-Ksfdp"])]:
            run = subprocess.run(["dot", "-Tsvg", *flags, path(file)], capture_output=True, text=True, timeout=300)
            if run.returncode:
                failures.append(f"{name}: dot {file}: {run.stderr[:400]}")
            elif file == "all.dot":
                same(f"{name}: DOT edges", run.stdout.count('class="edge"'), len(triples))
    for line in open(path("all.cypher"), encoding="utf8"):
        if not line.endswith(");\n") or not line.startswith(("CREATE (", "MATCH (")):
            failures.append(f"{name}: Cypher statement is not on one line: {line[:80]!r}")
    json.load(open(path("all.jsonld"), encoding="utf8"))
    events = list(csv.DictReader(open(path("all.events.csv"), encoding="utf8", newline="")))
    if name == "sample" and not any(e["source_iso3"] == "AZE" and e["cameo"] for e in events):
        failures.append("event table has no coded event of Azerbaijan")


for name in ["sample", "hostile", "empty"]:
    check(sys.argv[1], name)
for failure in failures:
    print("FAILED:", failure, file=sys.stderr)
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
