#!/usr/bin/env python3
"""Times igraph and NetworKit on the graph that the program's own bench times, side by side.

    pip install igraph==1.0.0 networkit
    python3 benches/peers/peers.py [NAME…]

Draws a Barabási–Albert graph (n = 10,000, 5 edges per new node), writes it to a file, times the peers on it, then
`cargo bench --bench analysis` on the same file. Wall-clock and processor seconds; the best of up to three runs.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import igraph

try:
    import networkit
except ImportError:
    networkit = None

wanted = sys.argv[1:]


def clock(name, work, runs=3):
    if wanted and name.split(",")[0] not in wanted:
        return
    best = (float("inf"), float("inf"))
    begin = time.monotonic()
    for _ in range(runs):
        wall, cpu = time.monotonic(), time.process_time()
        work()
        best = min(best, (time.monotonic() - wall, time.process_time() - cpu))
        if time.monotonic() - begin > 30:
            break
    print(f"{name:36} {best[0] * 1e3:12.3f} ms wall {best[1] * 1e3:12.3f} ms processor", flush=True)


def main():
    igraph.set_random_number_generator(__import__("random").Random(1))
    graph = igraph.Graph.Barabasi(10_000, 5)
    path = pathlib.Path(tempfile.gettempdir()) / "suzerain-bench-graph.txt"
    path.write_text("".join(f"{a} {b}\n" for a, b in graph.get_edgelist()))
    print(f"{graph.vcount()} nodes, {graph.ecount()} edges, {os.cpu_count()} processors")
    clock("pagerank, igraph", graph.pagerank)
    clock("closeness, igraph", graph.closeness)
    clock("leiden, igraph", lambda: graph.community_leiden(objective_function="modularity", n_iterations=2))
    clock("leiden, igraph to the end", lambda: graph.community_leiden(objective_function="modularity", n_iterations=-1))
    clock("eigenvector, igraph", graph.eigenvector_centrality)
    clock("betweenness, igraph", graph.betweenness, runs=1)
    if networkit:
        other = networkit.Graph(graph.vcount())
        for a, b in graph.get_edgelist():
            other.addEdge(a, b)
        centrality = networkit.centrality
        clock("pagerank, NetworKit", lambda: centrality.PageRank(other, tol=1e-12).run())
        clock("closeness, NetworKit", lambda: centrality.Closeness(other, True, centrality.ClosenessVariant.GENERALIZED).run())
        clock("eigenvector, NetworKit", lambda: centrality.EigenvectorCentrality(other, 1e-12).run())
        clock("betweenness, NetworKit", lambda: centrality.Betweenness(other, normalized=True).run(), runs=1)
    print(flush=True)
    subprocess.run(["cargo", "bench", "--quiet", "--bench", "analysis", "--", *wanted], env={**os.environ, "SUZERAIN_BENCH_GRAPH": str(path)}, check=True)


if __name__ == "__main__":
    main()
