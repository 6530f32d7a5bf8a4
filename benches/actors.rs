//! Speed of the actors layer on one thread: the catalogue's index, finding its names, and what share of reading that is.
//! `cargo bench --bench actors`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use suzerain::actors::{Catalogue, Knowledge};
use suzerain::documents::{Document, Seeds};
use suzerain::language::{Scratch, sentences};
use suzerain::relations::Engine;

/// The best of several runs.
fn best(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut time = || {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..runs).map(|_| time()).min().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() {
    let seeds = Seeds::embedded();
    let catalogue = || Catalogue::read(seeds.under("actors/")).0;
    // What is made is let go after the clock has stopped.
    let mut fresh: Vec<Catalogue> = Vec::new();
    let index = best(10, || fresh.push(black_box(catalogue())));
    let lists = best(10, || drop(black_box(Knowledge::new(fresh.pop().unwrap_or_default(), &seeds))));
    let whole = best(5, || drop(black_box(Engine::new(&seeds, &[], &[]))));
    let (engine, _) = Engine::new(&seeds, &[], &[]).expect("the seeds' own files");
    let samples = seeds.under("documents/").filter(|(path, _)| path.ends_with(".txt") || path.ends_with(".md"));
    let documents: Vec<Document> = samples.map(|(path, text)| Document::new(path, text.to_owned())).collect();
    let words: usize = documents.iter().flat_map(|d| sentences(&d.prose, &d.blocks)).map(|s| s.tokens.len()).sum();
    let trie = engine.knowledge.catalogue.trie();
    let matching = best(20, || documents.iter().for_each(|d| drop(black_box(trie.find(&d.prose)))));
    let mut scratch = Scratch::default();
    let prepared: Vec<_> = documents.iter().map(|d| (d, engine.prepare(d, &mut scratch).0, trie.find(&d.prose))).collect();
    let casting = best(10, || {
        for (document, sentences, found) in &prepared {
            drop(black_box(suzerain::actors::cast(&engine.knowledge, document, sentences, found)));
        }
    });
    let reading = best(10, || documents.iter().for_each(|d| drop(black_box(engine.read(d, &mut scratch)))));

    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let share = |time: Duration| 100.0 * time.as_secs_f64() / reading.as_secs_f64();
    println!("actors                     {}", engine.knowledge.catalogue.entries.len());
    println!("catalogue and its index    {:.1} ms", ms(index));
    println!("word lists                 {:.1} ms", ms(lists));
    println!("catalogue, lists, rules    {:.1} ms", ms(whole));
    println!("words                      {words}");
    println!("reading                    {:.1} ms", ms(reading));
    println!("finding the names          {:.2} ms, {:.2} % of reading", ms(matching), share(matching));
    println!("mentions and resolution    {:.2} ms, {:.2} % of reading", ms(casting), share(casting));
}
