//! Time of the measures, each on its own: `cargo bench --bench analysis [NAME…]`.
//!
//! Graphs: a Barabási–Albert graph (n = 10,000, m = 5 edges per new node, seed 1) or, with `SUZERAIN_BENCH_GRAPH=FILE`
//! (lines `source target`), the very graph that `benches/peers/` times other programs on.

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use petgraph::graph::EdgeIndex;
use suzerain::analysis::communities::{Options, Ties, leiden};
use suzerain::analysis::{Flow, Graph, Random, Step, betweenness, closeness, eigenvector, pagerank, paths};
use suzerain::network::Network;

type Bench<'a> = (&'a str, Box<dyn Fn() -> f64 + 'a>);

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let (n, edges) = match std::env::var("SUZERAIN_BENCH_GRAPH") {
        Ok(path) => read(&path),
        Err(_) => barabasi_albert(10_000, 5),
    };
    let graph = Graph::undirected(n, &edges);
    println!("{n} nodes, {} edges, {} threads", edges.len(), rayon::current_num_threads());
    let ties = Ties::unsigned(&graph);
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    let flow = if is_wanted("strongest path") { random_flow(20_000, 100_000) } else { Flow::default() };
    let csv = if is_wanted("load 1,000,000 edges") { edge_list(1_000_000) } else { String::new() };
    let benches: Vec<Bench<'_>> = vec![
        ("betweenness", Box::new(|| betweenness::betweenness(&graph).iter().sum())),
        ("closeness", Box::new(|| closeness::closeness(&graph).iter().sum())),
        ("harmonic", Box::new(|| closeness::harmonic(&graph).iter().sum())),
        ("pagerank", Box::new(|| pagerank::pagerank(&graph).iter().sum())),
        ("leiden", Box::new(|| leiden(&ties, &Options::default()).iter().sum::<usize>() as f64)),
        ("sampled betweenness", Box::new(|| betweenness::betweenness_sampled(&graph, 0.01, 0.95).iter().sum())),
        ("strongest path", Box::new(|| (0..100).map(|i| strongest(&flow, i)).sum::<f64>() / 100.0)),
        ("load 1,000,000 edges", Box::new(|| Network::from_csv(&csv, &[]).map_or(0.0, |n| n.graph.edge_count() as f64))),
        ("eigenvector", Box::new(|| eigenvector::eigenvector(&graph.out).iter().sum())),
    ];
    for (name, work) in benches {
        if is_wanted(name) {
            time(name, &work);
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|l| l.starts_with("VmHWM")) {
        println!("most memory: {}", peak.trim_start_matches("VmHWM:").trim());
    }
}

/// One strongest path of a hundred between actors drawn by lot; the time printed is that of all hundred.
fn strongest(flow: &Flow, i: usize) -> f64 {
    let n = flow.len();
    paths::strongest(flow, (i * 7919 % n) as u32, (i * 104_729 % n + 1) as u32 % n as u32).map_or(0.0, |p| p.strength())
}

fn random_flow(n: usize, m: usize) -> Flow {
    let mut random = Random::new(2);
    let steps = (0..m).map(|i| {
        let strength = 0.05 + 0.95 * random.unit();
        let (from, to) = (random.below(n) as u32, random.below(n) as u32);
        Step { from, to, edge: EdgeIndex::new(i), forward: true, strength, length: -strength.ln(), sign: 1 }
    });
    Flow::of_arcs(n, steps.collect())
}

/// An `edges.csv` of many edges, as the program writes it.
fn edge_list(m: usize) -> String {
    let mut random = Random::new(3);
    let mut text =
        String::from("source,relation,target,sign,weight,confidence,polarity,modality,status,statements,documents,first,last,example\n");
    for _ in 0..m {
        let (a, b) = (random.below(100_000), random.below(100_000));
        text.push_str(&format!(
            "Actor {a},supports,Actor {b},+,0.63,0.9,asserted,actual,,2,1,2019,2020-05,\"Actor {a}, it says, supports Actor {b}.\"\n"
        ));
    }
    text
}

/// The best wall-clock time of a run, and the mean processor time (Linux; of all threads): five runs at least, or ten seconds, and
/// half a second at least.
fn time(name: &str, work: &dyn Fn() -> f64) {
    let (begin, cpu) = (Instant::now(), processor_seconds());
    let (mut best, mut runs) = (f64::INFINITY, 0);
    while (runs < 5 && begin.elapsed().as_secs() < 10) || begin.elapsed().as_millis() < 500 {
        let start = Instant::now();
        black_box(work());
        best = best.min(start.elapsed().as_secs_f64());
        runs += 1;
    }
    let spent = (processor_seconds() - cpu) / f64::from(runs);
    println!("{name:24} {:>12.3} ms wall {:>12.3} ms processor", best * 1e3, spent * 1e3);
}

/// Seconds of processor time this process has had; 0 where the system does not tell.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Every new node ties itself to `m` older ones, with chance in proportion to their degree.
fn barabasi_albert(n: usize, m: usize) -> (usize, Vec<(u32, u32, f64)>) {
    let mut random = Random::new(1);
    let mut ends: Vec<u32> = (0..m as u32).collect();
    let mut edges = Vec::with_capacity(n * m);
    for v in m as u32..n as u32 {
        let mut chosen = Vec::with_capacity(m);
        while chosen.len() < m {
            let w = ends[random.below(ends.len())];
            if !chosen.contains(&w) {
                chosen.push(w);
            }
        }
        for w in chosen {
            edges.push((v, w, 1.0));
            ends.extend([v, w]);
        }
    }
    (n, edges)
}

fn read(path: &str) -> (usize, Vec<(u32, u32, f64)>) {
    let text = std::fs::read_to_string(path).expect("SUZERAIN_BENCH_GRAPH names a readable file");
    let edges: Vec<(u32, u32, f64)> = text
        .lines()
        .filter_map(|line| {
            let (a, b) = line.split_once(' ')?;
            Some((a.parse().ok()?, b.trim().parse().ok()?, 1.0))
        })
        .collect();
    let n = edges.iter().map(|e| e.0.max(e.1) as usize + 1).max().unwrap_or(0);
    (n, edges)
}
