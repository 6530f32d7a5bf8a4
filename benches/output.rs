//! Time of layouts and pictures: `cargo bench --bench output [NAME…]`. Networks grow by preferential attachment, five
//! ties per new actor, from a fixed seed. Wanted: 300 actors placed in less than 0.5 s, 2,000 in less than 5 s.

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::Instant;

use suzerain::actors::ActorKind;
use suzerain::analysis::Random;
use suzerain::network::{Actor, Builder, Network};
use suzerain::output::layout::{Arrangement, Size, place};
use suzerain::output::{Choice, Format, MapExtras, PictureOptions, write};
use suzerain::relations::{Influence, Modality, Polarity, Relation, Statement, Status};

/// Ties of `n` actors.
fn ties(n: usize) -> Vec<(usize, usize)> {
    let mut random = Random::new(7);
    let mut ends: Vec<usize> = (0..5).collect();
    let mut ties = Vec::new();
    for v in 5..n {
        for _ in 0..5 {
            let w = ends[random.below(ends.len())];
            ties.push((w, v));
            ends.push(w);
        }
        ends.push(v);
    }
    ties
}

fn network(n: usize) -> Network {
    let relation = |name: &str, sign| Relation {
        name: name.to_owned(),
        meaning: name.to_owned(),
        symmetric: false,
        sign,
        influence: Influence::Fwd,
        weight: 0.7,
    };
    let mut builder = Builder::new(vec![relation("supports", 1), relation("opposes", -1)]);
    let name = |i: usize| format!("Actor number {i}");
    for i in 0..n {
        builder.actor(Actor::new(&name(i), ActorKind::ALL[i % ActorKind::ALL.len()]));
    }
    for (i, (a, b)) in ties(n).into_iter().enumerate() {
        builder.statement(Statement {
            document: "d".into(),
            begin: 0,
            stop: 4,
            source: name(a).into(),
            source_begin: 0,
            source_stop: 1,
            relation: if i % 3 == 0 { "opposes" } else { "supports" }.into(),
            target: name(b).into(),
            target_begin: 2,
            target_stop: 3,
            polarity: Polarity::Asserted,
            modality: Modality::Actual,
            status: Status::Unstated,
            attribution: None,
            start: None,
            end: None,
            quantity: None,
            rule: "supports/bench".into(),
            confidence: 0.5,
            sentence: format!("A sentence with the number {i}.").into(),
        });
    }
    builder.build()
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let time = |name: &str, work: &dyn Fn() -> usize| {
        if !wanted.is_empty() && !wanted.iter().any(|w| name.contains(w.as_str())) {
            return;
        }
        let mut best = f64::INFINITY;
        for _ in 0..3 {
            let start = Instant::now();
            black_box(work());
            best = best.min(start.elapsed().as_secs_f64());
        }
        #[expect(clippy::print_stdout, reason = "a bench prints its figures")]
        {
            println!("{name:34} {:>10.1} ms", best * 1e3);
        }
    };
    for n in [60, 300, 2000] {
        let (sizes, ties) = (vec![Size { w: 90.0, h: 30.0 }; n], ties(n));
        time(&format!("layout of {n}"), &|| place(&sizes, &ties, Arrangement::Stress, &[]).len());
        let network = network(n);
        let everything = Choice { top: Some(0), all_links: true, ..Choice::default() };
        let whole = MapExtras { picture: PictureOptions { choice: everything, ..PictureOptions::default() }, ..MapExtras::default() };
        for (what, format, extras) in [
            ("strongest part as SVG", Format::Svg, &MapExtras::default()),
            ("all as SVG", Format::Svg, &whole),
            ("page", Format::Html, &whole),
            ("workbook", Format::Xlsx, &whole),
            ("GraphML", Format::GraphMl, &whole),
            ("brief", Format::Report, &whole),
        ] {
            time(&format!("{n} actors, {what}"), &|| {
                let mut out = Vec::new();
                write(format, &network, extras, &mut out).expect("a vector takes everything");
                out.len()
            });
        }
        let mut picture = Vec::new();
        write(Format::Svg, &network, &whole, &mut picture).expect("a vector takes everything");
        if let Ok(folder) = std::env::var("SUZERAIN_BENCH_FILES") {
            let mut page = Vec::new();
            write(Format::Html, &network, &whole, &mut page).expect("a vector takes everything");
            std::fs::write(format!("{folder}/{n}.html"), page).expect("the folder is there");
            std::fs::write(format!("{folder}/{n}.svg"), picture).expect("the folder is there");
        }
    }
}
