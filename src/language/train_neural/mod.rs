//! Training of the tagger and parser of [`crate::language::Model`], by hand-written gradients.
//!
//! Several losses at once (part of speech; class of treebank tag and features; head; relation) over mini-batches of
//! sentences, Adam with a falling rate. A batch is always cut into the same two halves, whose gradients are added in the
//! same order, so that the number of threads does not change the model.

mod data;
mod export;
mod gemm;
mod layout;
mod lemmas;
mod lstm;
mod net;
mod optimizer;
mod random;
mod score;

use std::collections::{BTreeMap, HashMap};

pub use data::{Gold, LineError, read_conllu};
pub use layout::Dims;
use layout::Layout;
pub use net::Dropout;
use net::{Batch, Loss};
use random::Random;
pub use score::{Score, score};

use crate::language::neural::{Kind, Letters, NAME_KEY, Style, features};
use crate::language::{Deprel, Feats, Upos};

/// How to train.
#[derive(Debug, Clone)]
pub struct Options {
    /// Sizes (`classes`, `labels` and `upos` are filled in).
    pub dims: Dims,
    /// Shares dropped.
    pub dropout: Dropout,
    /// Passes over the sentences.
    pub epochs: usize,
    /// Words of a batch, about.
    pub batch: usize,
    /// First learning rate.
    pub rate: f32,
    /// Share of the training after which the rate begins to fall to 0.
    pub hold: f32,
    /// Share of sentences that are varied.
    pub vary: f32,
    /// Share of sentences in which half of the names are marked as known.
    pub hints: f32,
    /// Words, affixes and pieces rarer than this have no vector.
    pub rare: [usize; 3],
    /// Where random numbers start.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            dims: Dims { emb: 128, hid: 128, layers: 2, arc: 96, rel: 128, tag: 96, classes: 0, labels: 0, upos: 0 },
            dropout: Dropout { input: 0.18, between: 0.25, again: 0.2, heads: 0.25 },
            epochs: 36,
            batch: 500,
            rate: 2e-3,
            hold: 0.25,
            vary: 0.3,
            hints: 0.3,
            rare: [2, 3, 4],
            seed: 1,
        }
    }
}

/// What is told after each pass.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Number of the pass, from 1.
    pub epoch: usize,
    /// Mean losses per word: part of speech, class, head, relation.
    pub loss: [f64; 4],
}

/// A row of the table of word vectors for each known feature, with the count it was seen.
struct Vocabulary {
    rows: HashMap<u64, u32>,
    counts: Vec<usize>,
}

impl Vocabulary {
    fn new(all: &[Gold], rare: [usize; 3]) -> Self {
        let mut counts: BTreeMap<u64, (usize, usize)> = BTreeMap::new();
        let (mut letters, mut found) = (Letters::default(), Vec::new());
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for form in all.iter().flat_map(|g| &g.forms) {
            *seen.entry(form).or_default() += 1;
        }
        for (form, count) in seen {
            found.clear();
            features(form, Style::Prose, &mut letters, &mut found);
            // Pieces and affixes count the words they are in, words every time they are seen.
            for &(kind, key) in &found {
                let (weight, least) = match kind {
                    Kind::Word => (count, rare[0]),
                    Kind::Affix => (1, rare[1]),
                    Kind::Piece => (1, rare[2]),
                    Kind::Shape => continue,
                };
                let entry = counts.entry(key).or_default();
                *entry = (entry.0 + weight, least);
            }
            // Shapes are those of any way to set the word; what training does not meet is not written.
            for form in [form.to_owned(), form.to_uppercase(), form.to_lowercase(), data::title(form)] {
                for style in Style::ALL {
                    found.clear();
                    features(&form, style, &mut letters, &mut found);
                    for (_, key) in found.iter().filter(|f| f.0 == Kind::Shape) {
                        counts.insert(*key, (1, 1));
                    }
                }
            }
        }
        counts.insert(NAME_KEY, (1_000_000, 1));
        let kept: Vec<(u64, usize)> = counts.into_iter().filter(|(_, (n, least))| n >= least).map(|(k, (n, _))| (k, n)).collect();
        let rows = kept.iter().enumerate().map(|(i, (k, _))| (*k, i as u32)).collect();
        Self { rows, counts: kept.into_iter().map(|(_, n)| n).collect() }
    }

    fn entries(&self) -> Vec<(u64, u32)> {
        let mut entries: Vec<(u64, u32)> = self.rows.iter().map(|(k, r)| (*k, *r)).collect();
        entries.sort_unstable_by_key(|e| e.1);
        entries
    }
}

/// Everything that stays the same while training.
struct Course<'a> {
    options: &'a Options,
    vocabulary: Vocabulary,
    classes: HashMap<(Upos, String, Feats), u16>,
    names: Vec<String>,
    layout: Layout,
}

impl Course<'_> {
    /// A batch of some sentences, varied, with some of their features dropped.
    fn batch(&self, sentences: &[&Gold], random: &mut Random) -> Batch {
        let mut varied: Vec<Gold> = sentences.iter().map(|g| g.varied(self.options.vary, &self.names, random)).collect();
        varied.sort_by_key(|g| std::cmp::Reverse(g.forms.len()));
        let mut batch = Batch { first: vec![0], ..Batch::default() };
        let (mut letters, mut found) = (Letters::default(), Vec::new());
        for gold in &varied {
            batch.places.push((batch.upos.len(), gold.forms.len()));
            let hints = if random.chance(self.options.hints) { 0.5 } else { 0.0 };
            let style = Style::of(gold.forms.iter().map(String::as_str));
            for (i, known) in gold.names(hints, random).into_iter().enumerate() {
                found.clear();
                features(&gold.forms[i], style, &mut letters, &mut found);
                let (no_pieces, no_affixes) = (random.chance(0.05), random.chance(0.05));
                for &(kind, key) in &found {
                    let Some(&row) = self.vocabulary.rows.get(&key) else { continue };
                    let count = self.vocabulary.counts[row as usize] as f32;
                    let dropped = match kind {
                        Kind::Word => random.chance((0.5 / (0.5 + count)).max(0.06)),
                        Kind::Affix => no_affixes,
                        Kind::Piece => no_pieces || random.chance(0.05),
                        Kind::Shape => random.chance(0.02),
                    };
                    if !dropped {
                        batch.rows.push(row);
                    }
                }
                if known {
                    batch.rows.extend(self.vocabulary.rows.get(&NAME_KEY));
                }
                batch.first.push(batch.rows.len());
                batch.upos.push(gold.upos[i] as u8);
                batch.class.push(self.classes[&(gold.upos[i], gold.xpos[i].clone(), gold.feats[i])]);
                batch.head.push(gold.heads[i]);
                batch.rel.push(gold.rels[i] as u8);
            }
        }
        batch
    }
}

/// Trains on `all`; `tell` hears of each pass and gets a way to have the model's bytes as they then are.
///
/// # Panics
/// When there is no sentence.
pub fn train(all: &[Gold], options: &Options, mut tell: impl FnMut(Progress, &dyn Fn() -> Vec<u8>)) -> Vec<u8> {
    let mut classes: Vec<(Upos, String, Feats)> =
        all.iter().flat_map(|g| (0..g.forms.len()).map(|i| (g.upos[i], g.xpos[i].clone(), g.feats[i]))).collect();
    classes.sort();
    classes.dedup();
    let dims = Dims { classes: classes.len(), labels: Deprel::ALL.len(), upos: Upos::ALL.len(), ..options.dims };
    let course = Course {
        options,
        vocabulary: Vocabulary::new(all, options.rare),
        classes: classes.iter().enumerate().map(|(i, c)| (c.clone(), i as u16)).collect(),
        names: data::names(all),
        layout: Layout::new(dims),
    };
    let layout = &course.layout;
    let lemmas = lemmas::learn(all);
    let plain: Vec<(Upos, Feats)> = classes.iter().map(|c| (c.0, c.2)).collect();
    let keys = course.vocabulary.entries();
    let mut random = Random::new(options.seed, 0);
    let mut weights = layout.start(&mut random);
    let mut table: Vec<f32> = (0..keys.len() * dims.emb).map(|_| 0.1 * random.normal()).collect();
    let mut adam = optimizer::Adam::new(weights.len(), table.len());
    let words: usize = all.iter().map(|g| g.forms.len()).sum();
    let steps = options.epochs * words.div_ceil(options.batch);
    let mut row_at = vec![u32::MAX; keys.len()];
    let mut step = 0;
    let mut met = vec![false; keys.len()];
    let write = |weights: &[f32], table: &[f32], met: &[bool]| {
        // Only the rows that training has met.
        let kept = || keys.iter().filter(|k| met[k.1 as usize]);
        let rows: Vec<f32> = kept().flat_map(|k| &table[k.1 as usize * dims.emb..(k.1 as usize + 1) * dims.emb]).copied().collect();
        let keys: Vec<(u64, u32)> = kept().zip(0..).map(|(k, row)| (k.0, row)).collect();
        export::export(&export::Parts { layout, all: weights, keys: &keys, table: &rows, classes: &plain, lemmas: &lemmas })
    };
    for epoch in 1..=options.epochs {
        let mut loss = [0.0; 4];
        for batch in batches(all, options.batch, &mut random) {
            let tokens: usize = batch.iter().map(|g| g.forms.len()).sum();
            let halves: [Vec<&Gold>; 2] = [0, 1].map(|k| batch.iter().skip(k).step_by(2).copied().collect());
            let work = |k: usize| {
                let mut random = Random::new(options.seed, (step * 2 + k + 7) as u64);
                let batch = course.batch(&halves[k], &mut random);
                let mut grad = vec![0.0; layout.total];
                if batch.tokens() == 0 {
                    return (batch, grad, Vec::new(), Loss::default());
                }
                let (d, loss) = net::pass(layout, &weights, &table, &batch, options.dropout, 1.0 / tokens as f32, &mut random, &mut grad);
                (batch, grad, d, loss)
            };
            let (first, second) = std::thread::scope(|scope| {
                let other = scope.spawn(|| work(1));
                let own = work(0);
                (own, other.join().expect("the other half does not panic"))
            });
            let mut grad = first.1;
            grad.iter_mut().zip(&second.1).for_each(|(a, b)| *a += b);
            let (mut rows, mut row_grad) = (Vec::new(), Vec::new());
            for (batch, d) in [(&first.0, &first.2), (&second.0, &second.2)] {
                for (t, line) in d.chunks_exact(dims.emb).enumerate() {
                    for &row in &batch.rows[batch.first[t]..batch.first[t + 1]] {
                        if row_at[row as usize] == u32::MAX {
                            row_at[row as usize] = rows.len() as u32;
                            rows.push(row);
                            row_grad.extend_from_slice(line);
                        } else {
                            let at = row_at[row as usize] as usize * dims.emb;
                            row_grad[at..at + dims.emb].iter_mut().zip(line).for_each(|(a, b)| *a += b);
                        }
                    }
                }
            }
            for &row in &rows {
                row_at[row as usize] = u32::MAX;
                met[row as usize] = true;
            }
            step += 1;
            let done = step as f32 / steps as f32;
            let warm = (step as f32 / 300.0).min(1.0);
            let falling = if done < options.hold { 1.0 } else { ((1.0 - done) / (1.0 - options.hold)).max(0.01) };
            adam.step(&mut weights, &grad, &mut table, &rows, &row_grad, dims.emb, options.rate * warm * falling, 5.0);
            for ((sum, a), b) in loss.iter_mut().zip(first.3.0).zip(second.3.0) {
                *sum += a + b;
            }
        }
        tell(Progress { epoch, loss: loss.map(|l| l / words as f64) }, &|| write(&weights, &table, &met));
    }
    write(&weights, &table, &met)
}

/// The sentences in batches of like lengths (so that few steps run half empty), in random order.
fn batches<'a>(all: &'a [Gold], size: usize, random: &mut Random) -> Vec<Vec<&'a Gold>> {
    let mut order: Vec<(f32, &Gold)> = all.iter().map(|g| (g.forms.len() as f32 * (0.7 + 0.6 * random.unit()), g)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut batches = Vec::new();
    let (mut batch, mut words) = (Vec::new(), 0);
    for (_, gold) in order {
        words += gold.forms.len();
        batch.push(gold);
        if words >= size {
            batches.push(std::mem::take(&mut batch));
            words = 0;
        }
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    random.shuffle(&mut batches);
    batches
}
