//! A multinomial logistic regression over named features: how the sorter of names is trained and asked.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::fmt::Write as _;

/// Weights by feature and class; class 0 is the one that needs no weights of its own.
#[derive(Debug, Default, Clone)]
pub struct Weights {
    classes: usize,
    rows: HashMap<String, Vec<f32>>,
}

/// A training sample: its group (samples of one document belong together), its features and its class.
#[derive(Debug, Clone)]
pub struct Labelled {
    /// Number of its document.
    pub document: usize,
    /// Names of its features.
    pub features: Vec<String>,
    /// Its class.
    pub class: usize,
}

impl Weights {
    /// Reads weights: a feature a line, then tab-separated `class:weight`, classes by name as `classes` lists them.
    #[must_use]
    pub fn read(text: &str, classes: &[&str]) -> Self {
        let numbers: BTreeMap<&str, usize> = classes.iter().enumerate().map(|(i, c)| (*c, i)).collect();
        let mut rows = HashMap::with_capacity(text.len() / 40);
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let mut parts = line.split('\t');
            let Some(name) = parts.next() else { continue };
            let mut row = vec![0.0; classes.len()];
            for (class, weight) in parts.filter_map(|p| p.rsplit_once(':')) {
                if let Some(i) = numbers.get(class) {
                    row[*i] = weight.parse().unwrap_or(0.0);
                }
            }
            rows.insert(name.to_owned(), row);
        }
        Self { classes: classes.len(), rows }
    }

    /// The weights as text, in name order.
    #[must_use]
    pub fn write(&self, classes: &[&str], comment: &str) -> String {
        let sorted: BTreeMap<&String, &Vec<f32>> = self.rows.iter().collect();
        let mut out = format!("# {comment}\n");
        for (name, row) in sorted.into_iter().filter(|(_, row)| row.iter().any(|w| w.abs() >= 2.0 * SMALL)) {
            out.push_str(name);
            for (i, w) in row.iter().enumerate().filter(|(_, w)| w.abs() >= SMALL) {
                let _ = write!(out, "\t{}:{w:.2}", classes[i]);
            }
            out.push('\n');
        }
        out
    }

    /// Adds a feature's weights to sums of them, class by class.
    pub fn add(&self, feature: &str, sums: &mut [f32]) {
        if let Some(row) = self.rows.get(feature) {
            sums.iter_mut().zip(row).for_each(|(s, w)| *s += w);
        }
    }

    /// The weights of questions that are answered by yes or no, each trained for itself with class 1 for yes, in one table with
    /// a class for each question; features that hardly weigh are left out.
    #[must_use]
    pub fn join(questions: &[Self]) -> Self {
        let mut rows: HashMap<String, Vec<f32>> = HashMap::new();
        for (i, question) in questions.iter().enumerate() {
            let sorted: BTreeMap<&String, &Vec<f32>> = question.rows.iter().collect();
            for (name, row) in sorted {
                let weight = row[1] - row[0];
                if weight.abs() >= 0.05 {
                    rows.entry(name.clone()).or_insert_with(|| vec![0.0; questions.len()])[i] = weight;
                }
            }
        }
        Self { classes: questions.len(), rows }
    }

    /// Whether there are any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The weight that a feature gives a class.
    #[must_use]
    pub fn weight(&self, feature: &str, class: usize) -> f32 {
        self.rows.get(feature).map_or(0.0, |row| row[class])
    }

    /// Adds to the weight that a feature gives a class.
    pub fn shift(&mut self, feature: &str, class: usize, by: f32) {
        if let Some(row) = self.rows.get_mut(feature) {
            row[class] += by;
        }
    }

    /// The probability of every class.
    #[must_use]
    pub fn classify<'a>(&self, features: impl IntoIterator<Item = &'a str>) -> Vec<f32> {
        let mut sums = vec![0.0_f32; self.classes];
        features.into_iter().for_each(|f| self.add(f, &mut sums));
        let top = sums.iter().copied().fold(f32::MIN, f32::max);
        sums.iter_mut().for_each(|s| *s = (*s - top).exp());
        let all: f32 = sums.iter().sum();
        sums.iter_mut().for_each(|s| *s /= all);
        sums
    }

    /// Trains on samples with an L2 penalty; features seen in fewer than [`LEAST_SEEN`] documents are left out. Deterministic.
    #[must_use]
    pub fn train(samples: &[&Labelled], classes: usize, penalty: f64) -> Self {
        let mut seen: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for s in samples {
            for f in &s.features {
                let place = seen.entry(f).or_default();
                if place.len() < LEAST_SEEN {
                    place.insert(s.document);
                }
            }
        }
        let names: Vec<&str> = seen.iter().filter(|(_, d)| d.len() >= LEAST_SEEN).map(|(f, _)| *f).collect();
        let ids: HashMap<&str, usize> = names.iter().enumerate().map(|(i, f)| (*f, i)).collect();
        let lines: Vec<(Vec<usize>, usize)> =
            samples.iter().map(|s| (s.features.iter().filter_map(|f| ids.get(f.as_str()).copied()).collect(), s.class)).collect();
        let weights = minimise(names.len() * classes, (1, 1e-5), |w, gradient| {
            let mut total = 0.0;
            for (g, w) in gradient.iter_mut().zip(w) {
                *g = penalty * w;
                total += 0.5 * penalty * w * w;
            }
            let mut sums = vec![0.0; classes];
            for (features, class) in &lines {
                sums.fill(0.0);
                for f in features {
                    sums.iter_mut().zip(&w[f * classes..]).for_each(|(s, w)| *s += w);
                }
                let top = sums.iter().copied().fold(f64::MIN, f64::max);
                let all: f64 = sums.iter().map(|s| (s - top).exp()).sum();
                total += all.ln() + top - sums[*class];
                for (k, s) in sums.iter_mut().enumerate() {
                    *s = (*s - top).exp() / all - f64::from(u8::from(k == *class));
                }
                for f in features {
                    gradient[f * classes..].iter_mut().zip(&sums).for_each(|(g, e)| *g += e);
                }
            }
            total
        });
        let rows = names
            .iter()
            .enumerate()
            .map(|(i, f)| ((*f).to_owned(), weights[i * classes..(i + 1) * classes].iter().map(|w| *w as f32).collect::<Vec<f32>>()))
            .filter(|(_, row)| row.iter().any(|w| w.abs() >= 0.02))
            .collect();
        Self { classes, rows }
    }
}

/// In so many documents a feature must be seen.
pub const LEAST_SEEN: usize = 3;
/// Weights smaller than this are not written.
const SMALL: f32 = 0.06;
/// Most steps of the minimiser.
const ROUNDS: usize = 100;

/// Minimises a loss, which fills in its gradient, by L-BFGS (Liu and Nocedal 1989) with a memory of eight steps and a backtracking
/// line search; ends when `patience.0` steps one after the other gained less than a share `patience.1` of the loss.
pub(crate) fn minimise(size: usize, patience: (usize, f64), loss: impl Fn(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    const MEMORY: usize = 8;
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let mut weights = vec![0.0; size];
    let mut gradient = vec![0.0; size];
    let mut value = loss(&weights, &mut gradient);
    let mut history: VecDeque<(Vec<f64>, Vec<f64>, f64)> = VecDeque::new();
    let mut idle = 0;
    for _ in 0..ROUNDS {
        let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
        let mut factors = Vec::with_capacity(history.len());
        for (s, y, rho) in history.iter().rev() {
            let a = rho * dot(s, &direction);
            factors.push(a);
            direction.iter_mut().zip(y).for_each(|(d, y)| *d -= a * y);
        }
        let scale = match history.back() {
            Some((s, y, _)) => dot(s, y) / dot(y, y),
            None => 1.0 / dot(&gradient, &gradient).sqrt().max(1e-12),
        };
        direction.iter_mut().for_each(|d| *d *= scale);
        for ((s, y, rho), a) in history.iter().zip(factors.iter().rev()) {
            let b = rho * dot(y, &direction);
            direction.iter_mut().zip(s).for_each(|(d, s)| *d += (a - b) * s);
        }
        let slope = dot(&gradient, &direction);
        if slope >= 0.0 {
            break;
        }
        let mut step = 1.0;
        let (next, next_gradient, next_value) = loop {
            let next: Vec<f64> = weights.iter().zip(&direction).map(|(w, d)| w + step * d).collect();
            let mut g = vec![0.0; size];
            let v = loss(&next, &mut g);
            if v <= value + 1e-4 * step * slope || step < 1e-8 {
                break (next, g, v);
            }
            step *= 0.5;
        };
        let s: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let y: Vec<f64> = next_gradient.iter().zip(&gradient).map(|(a, b)| a - b).collect();
        let curvature = dot(&s, &y);
        let gain = value - next_value;
        (weights, gradient, value) = (next, next_gradient, next_value);
        if curvature > 1e-12 {
            history.push_back((s, y, 1.0 / curvature));
            if history.len() > MEMORY {
                history.pop_front();
            }
        }
        idle = if gain < patience.1 * value.abs() { idle + 1 } else { 0 };
        if idle >= patience.0 {
            break;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learns_what_separates_the_classes() {
        let sample = |document, class, words: &str| Labelled { document, class, features: words.split(' ').map(str::to_owned).collect() };
        let list = [
            sample(0, 0, "b x"),
            sample(1, 0, "b x y"),
            sample(2, 0, "b x"),
            sample(0, 1, "b u"),
            sample(1, 1, "b u y"),
            sample(2, 1, "b u"),
            sample(0, 2, "b v"),
            sample(1, 2, "b v once"),
            sample(2, 2, "b v"),
        ];
        let weights = Weights::train(&list.iter().collect::<Vec<_>>(), 3, 0.1);
        let best = |f: &str| {
            let p = weights.classify(f.split(' '));
            (0..3).max_by(|a, b| p[*a].total_cmp(&p[*b])).unwrap()
        };
        assert_eq!((best("b x"), best("b u"), best("b v")), (0, 1, 2));
        let classes = ["none", "one", "two"];
        let again = Weights::read(&weights.write(&classes, "test"), &classes);
        assert!((again.weight("u", 1) - weights.weight("u", 1)).abs() < 0.01);
        assert_eq!(weights.weight("once", 2), 0.0, "a feature of one document is left out");
    }
}
