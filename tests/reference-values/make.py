#!/usr/bin/env python3
"""Writes graphs.jsonl: graphs with the values that NetworkX gives for them.

    pip install networkx==3.6.1 numpy scipy igraph==1.0.0
    python3 tests/reference-values/make.py

One graph a line. Parallel edges are listed apart and joined (weights added) before NetworkX sees them. `tests/analysis.rs`
compares every value with the program's within 1e-9 relative. Null: not defined, or not unique, for this graph.
igraph's betweenness, PageRank and closeness are compared with NetworkX's on the way.
"""
import json
import math
import pathlib
import random

import igraph
import networkx as nx
import numpy as np

SPREAD = [0.25, 0.5, 0.75, 1.0]


def graphs():
    """Name, directed, number of nodes, edges (source, target, weight)."""
    def of(name, g, weights=None, seed=0):
        rng = random.Random(f"{name}{seed}")
        g = nx.convert_node_labels_to_integers(g)
        pick = (lambda: 1.0) if weights is None else weights(rng)
        return name, g.is_directed(), g.number_of_nodes(), [(a, b, pick()) for a, b in g.edges()]

    dyadic = lambda rng: lambda: rng.choice(SPREAD)
    free = lambda rng: lambda: rng.uniform(0.05, 1.0)
    heavy = lambda rng: lambda: rng.uniform(0.5, 9.0)

    yield "empty", False, 0, []
    yield "single", False, 1, []
    yield "two apart", False, 2, []
    yield "two tied", False, 2, [(0, 1, 0.5)]
    yield "one arc", True, 2, [(0, 1, 0.5)]
    for n in (3, 4, 5, 10, 25):
        yield of(f"path {n}", nx.path_graph(n))
    for n in (3, 5, 12):
        yield of(f"star {n}", nx.star_graph(n - 1))
    for n in (3, 4, 5, 8, 11):
        yield of(f"cycle {n}", nx.cycle_graph(n))
    for n in (3, 4, 6, 9):
        yield of(f"complete {n}", nx.complete_graph(n))
    for a, b in ((2, 3), (4, 4), (5, 6)):
        yield of(f"grid {a} by {b}", nx.grid_2d_graph(a, b))
    yield of("karate club", nx.karate_club_graph())
    yield of("karate club, weighted", nx.karate_club_graph(), free)
    yield of("florentine families", nx.florentine_families_graph(), dyadic)
    yield of("les miserables", nx.les_miserables_graph(), heavy)
    yield of("wheel", nx.wheel_graph(8))
    yield of("barbell", nx.barbell_graph(5, 2))
    yield of("lollipop", nx.lollipop_graph(5, 4), dyadic)
    yield of("petersen", nx.petersen_graph())
    yield of("tree", nx.balanced_tree(2, 3))
    yield of("complete bipartite", nx.complete_bipartite_graph(3, 5))
    yield of("caveman", nx.connected_caveman_graph(4, 5))
    for seed in range(6):
        yield of(f"random {seed}", nx.gnm_random_graph(20 + seed, 30 + 8 * seed, seed=seed))
    for seed in range(4):
        yield of(f"random, weighted {seed}", nx.gnm_random_graph(18, 34 + 4 * seed, seed=50 + seed), free)
    for seed in range(3):
        yield of(f"random, dyadic weights {seed}", nx.gnm_random_graph(18, 40, seed=70 + seed), dyadic)
    for seed in range(3):
        yield of(f"scale-free {seed}", nx.barabasi_albert_graph(30, 2, seed=seed), heavy if seed else None)
    for seed in range(6):
        yield of(f"directed {seed}", nx.gnm_random_graph(16, 30 + 12 * seed, seed=seed, directed=True))
    for seed in range(4):
        yield of(f"directed, weighted {seed}", nx.gnm_random_graph(16, 44 + 10 * seed, seed=20 + seed, directed=True), free)
    yield of("directed chain", nx.path_graph(6, create_using=nx.DiGraph))
    yield of("directed cycle", nx.cycle_graph(7, create_using=nx.DiGraph), dyadic)
    yield of("directed star in", nx.DiGraph([(i, 0) for i in range(1, 6)]))
    yield of("directed star out", nx.DiGraph([(0, i) for i in range(1, 6)]))
    yield of("acyclic", nx.DiGraph([(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (1, 4), (5, 3)]), dyadic)
    yield of("two components", nx.disjoint_union(nx.cycle_graph(5), nx.path_graph(4)))
    yield of("three components", nx.disjoint_union_all([nx.complete_graph(4), nx.star_graph(3), nx.empty_graph(2)]), dyadic)
    yield of("two directed components", nx.disjoint_union(nx.gnp_random_graph(8, 0.3, seed=1, directed=True), nx.cycle_graph(4, create_using=nx.DiGraph)))
    for seed in range(4):
        rng = random.Random(seed)
        directed = seed % 2 == 1
        edges = [(rng.randrange(12), rng.randrange(12), rng.choice(SPREAD)) for _ in range(45)]
        yield f"parallel edges {seed}", directed, 12, [e for e in edges if e[0] != e[1]]


def values(directed, n, edges):
    g = nx.DiGraph() if directed else nx.Graph()
    u = nx.Graph()
    flow = {}
    for each in (g, u):
        each.add_nodes_from(range(n))
        for a, b, w in edges:
            if each.has_edge(a, b):
                each[a][b]["weight"] += w
            else:
                each.add_edge(a, b, weight=w)
        for _, _, data in each.edges(data=True):
            data["length"] = 1.0 / data["weight"]
    most = max([1.0] + [w for _, _, w in edges])
    for a, b, w in edges:
        for x, y in ((a, b),) if directed else ((a, b), (b, a)):
            flow[x, y] = max(flow.get((x, y), 0.0), w / most)
    f = nx.DiGraph()
    f.add_nodes_from(range(n))
    f.add_edges_from((a, b, {"length": -math.log(s)}) for (a, b), s in flow.items())

    def row(d):
        return [None if d[v] is None or (isinstance(d[v], float) and math.isnan(d[v])) else float(d[v]) for v in range(n)]

    out = {
        "degree": row(dict(u.degree())),
        "in_degree": row(dict(g.in_degree() if directed else g.degree())),
        "out_degree": row(dict(g.out_degree() if directed else g.degree())),
        "strength": row(dict(u.degree(weight="weight"))),
        "clustering": row(nx.clustering(u)),
        "core": row(nx.core_number(u)),
        "articulation": sorted(nx.articulation_points(u)),
        "bridges": sorted(sorted(e) for e in nx.bridges(u)),
        "constraint": row(nx.constraint(u)) if n else [],
        "effective_size": row(nx.effective_size(u)) if n else [],
        "betweenness": row(nx.betweenness_centrality(g)),
        "weighted_betweenness": row(nx.betweenness_centrality(g, weight="length")),
        "closeness": row(nx.closeness_centrality(g)),
        "weighted_closeness": row(nx.closeness_centrality(g, distance="length")),
        "harmonic": row(nx.harmonic_centrality(g)),
        "weighted_harmonic": row(nx.harmonic_centrality(g, distance="length")),
        "pagerank": row(nx.pagerank(g, tol=1e-15, max_iter=100_000)) if n else [],
        "sway": [math.fsum(math.exp(-d) for t, d in nx.single_source_dijkstra_path_length(f, s, weight="length").items() if t != s) for s in range(n)],
    }
    back = f.reverse()
    out["exposure"] = [math.fsum(math.exp(-d) for t, d in nx.single_source_dijkstra_path_length(back, s, weight="length").items() if t != s) for s in range(n)]
    both = nx.edge_betweenness_centrality(g)
    out["edge_betweenness"] = sorted([a, b, v] for (a, b), v in both.items())
    group = [v % 3 for v in range(n)]
    parts = [p for p in ({v for v in range(n) if group[v] == k} for k in range(3)) if p]
    out["modularity"] = nx.community.modularity(u, parts) if u.number_of_edges() else 0.0
    tied = n > 1 and nx.is_connected(u)
    out["eigenvector"] = None
    if tied and n > 2:
        vector = nx.eigenvector_centrality_numpy(u, weight="weight")
        out["eigenvector"] = row(vector)
    largest = max(np.linalg.eigvalsh(nx.to_numpy_array(u, weight=None))) if u.number_of_edges() else 1.0
    out["katz"] = row(nx.katz_centrality_numpy(g, alpha=0.85 / largest, beta=1.0, weight=None)) if n > 1 else [1.0] * n
    out["hub"] = out["authority"] = None
    if g.number_of_edges():
        matrix = nx.to_numpy_array(g, weight="weight", nodelist=range(n))
        left, singular, right = np.linalg.svd(matrix)
        if n > 2 and singular[0] - singular[1] > 0.02 * singular[0]:
            hubs, authorities = nx.hits(g)
            # NetworkX stops early on some graphs; the singular vectors are the definition.
            exact = [np.abs(left[:, 0]) / np.abs(left[:, 0]).sum(), np.abs(right[0]) / np.abs(right[0]).sum()]
            assert max(abs(hubs[v] - exact[0][v]) for v in range(n)) < 1e-6
            out["hub"], out["authority"] = exact[0].tolist(), exact[1].tolist()
    out["cut_size"] = None
    if n > 2 and not g.has_edge(0, n - 1):
        out["cut_size"] = nx.node_connectivity(g, 0, n - 1)
    ig = igraph.Graph(n, [(a, b) for a, b in g.edges()], directed=directed)
    out["igraph_modularity"] = None
    if n > 2:
        pairs = (n - 1) * (n - 2) / (1 if directed else 2)
        assert np.allclose([x / pairs for x in ig.betweenness()], out["betweenness"], rtol=1e-9, atol=1e-12)
        ranks = ig.pagerank(weights=[d["weight"] for _, _, d in g.edges(data=True)])
        assert np.allclose(ranks, out["pagerank"], rtol=1e-6)
        ug = igraph.Graph(n, list(u.edges()))
        weights = [d["weight"] for _, _, d in u.edges(data=True)]
        if weights:
            igraph.set_random_number_generator(random.Random(1))
            best = ug.community_leiden(objective_function="modularity", weights=weights, n_iterations=-1)
            out["igraph_modularity"] = ug.modularity(best.membership, weights=weights)
    return out


def main():
    here = pathlib.Path(__file__).parent
    lines = []
    for name, directed, n, edges in graphs():
        lines.append(json.dumps({"name": name, "directed": directed, "n": n, "edges": edges, "values": values(directed, n, edges)}))
    (here / "graphs.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "graphs")


if __name__ == "__main__":
    main()
