//! From a document to its statements: every layer up to this one in its order.

use std::sync::Arc;

use super::pairs::pairs;
use super::read::{Candidate, Reader};
use super::rules::{RuleError, Rules};
use super::shades::SHADES;
use super::statement::Statement;
use super::verdict::Judge;
use super::words::Words;
use crate::actors::{self, Cast, Catalogue, CatalogueError, FigureId, Knowledge, Weights};
use crate::documents::{Document, Seeds};
use crate::language::{self, Model, Scratch, Sentence};

/// The confidence from which statements are kept by default: where a little over half of the statements of held-out
/// reference texts are right (`suzerain score … --folds 5 --sweep`).
pub const DEFAULT_CONFIDENCE: f64 = 0.2;

/// Loose candidates less likely than this are forgotten.
const FLOOR: f64 = 0.05;

/// Relation, source and target.
type Triple = (usize, FigureId, FigureId);

/// Everything that reading needs, made once and shared by all threads.
#[derive(Debug)]
pub struct Engine {
    /// Catalogue and word lists.
    pub knowledge: Knowledge,
    /// Rules.
    pub reader: Reader,
    /// Confidence.
    pub judge: Judge,
}

/// What was read in one document.
#[derive(Debug, Default)]
pub struct Reading {
    /// Its sentences with tags and trees.
    pub sentences: Vec<Sentence>,
    /// Its actors and their mentions.
    pub cast: Cast,
    /// Every relation that some rule found.
    pub candidates: Vec<Candidate>,
    /// Confidence of each candidate, over 0 and up to 1.
    pub confidences: Vec<f64>,
}

impl Engine {
    /// An engine of the seeds, with a user's catalogue files and relation files (path, text) beside them. Rows of
    /// catalogue files that are wrong are left out and given back.
    ///
    /// # Errors
    /// The first relation file that is wrong.
    pub fn new(
        seeds: &Seeds,
        actors: &[(String, String)],
        relations: &[(String, String)],
    ) -> Result<(Self, Vec<CatalogueError>), RuleError> {
        // A user's rows come first: theirs is the last word on a name.
        let own = actors.iter().map(|(p, t)| (p.as_str(), t.as_str()));
        let (catalogue, faults) = Catalogue::read(own.chain(seeds.under("actors/")));
        let knowledge = Knowledge::new(catalogue, seeds);
        let files = seeds.under("relations/").chain(relations.iter().map(|(p, t)| (p.as_str(), t.as_str())));
        let rules = Rules::read(files, seeds)?;
        let shades = Weights::read(seeds.text("relations/shades.tsv").unwrap_or_default(), &SHADES);
        let judge = Judge::read(seeds.text("relations/judge.tsv").unwrap_or_default(), &rules);
        Ok((Self { knowledge, reader: Reader { rules, words: Words::read(seeds), shades }, judge }, faults))
    }

    /// Sentences and cast of a document: all that comes before relations.
    #[must_use]
    pub fn prepare(&self, document: &Document, scratch: &mut Scratch) -> (Vec<Sentence>, Cast) {
        let (sentences, found) = self.annotate(document, scratch);
        let cast = actors::cast(&self.knowledge, document, &sentences, &found);
        (sentences, cast)
    }

    /// The names of a document that the catalogue does not settle, with what training looks at.
    #[must_use]
    pub fn name_samples(&self, document: &Document, scratch: &mut Scratch) -> Vec<actors::NameSample> {
        let (sentences, found) = self.annotate(document, scratch);
        actors::name_samples(&self.knowledge, document, &sentences, &found)
    }

    fn annotate(&self, document: &Document, scratch: &mut Scratch) -> (Vec<Sentence>, Vec<actors::trie::Found>) {
        let mut sentences = language::sentences(&document.prose, &document.blocks);
        let found = self.knowledge.catalogue.trie().find(&document.prose);
        let model = Model::embedded();
        for sentence in &mut sentences {
            let names = actors::name_hints(sentence, &found);
            model.annotate(&document.prose, sentence, &names, scratch);
        }
        (sentences, found)
    }

    /// Reads a document.
    #[must_use]
    pub fn read(&self, document: &Document, scratch: &mut Scratch) -> Reading {
        let (sentences, cast) = self.prepare(document, scratch);
        let (mut candidates, mut confidences) = (Vec::new(), Vec::new());
        for pair in pairs(self, document, &sentences, &cast, None) {
            for (candidate, confidence) in self.judge.judge(self, &cast, &pair, FLOOR) {
                candidates.push(candidate);
                confidences.push(confidence);
            }
        }
        self.together(&candidates, &mut confidences);
        // Six decimals: what is written and read back is the same number.
        confidences.iter_mut().for_each(|p| *p = (*p * 1e6).round() / 1e6);
        self.reader.complete(document, &sentences, &cast, &mut candidates, None);
        Reading { sentences, cast, candidates, confidences }
    }

    /// What a candidate says of whom; the two ends of a symmetric relation in one order.
    fn triple(&self, c: &Candidate) -> Triple {
        let (a, b) = (c.source.figure, c.target.figure);
        if self.reader.rules.relations[c.relation].symmetric { (c.relation, a.min(b), a.max(b)) } else { (c.relation, a, b) }
    }

    /// What several sentences say is surer than what one says: the surest of the candidates with the same ends and relation
    /// gets the probability that at least one of them is right (noisy or, at most one of each sentence).
    fn together(&self, candidates: &[Candidate], confidences: &mut [f64]) {
        let mut said: std::collections::BTreeMap<Triple, Vec<usize>> = std::collections::BTreeMap::new();
        for (i, c) in candidates.iter().enumerate() {
            let list = said.entry(self.triple(c)).or_default();
            match list.last_mut() {
                Some(last) if candidates[*last].sentence == c.sentence => {
                    if confidences[i] > confidences[*last] {
                        *last = i;
                    }
                }
                _ => list.push(i),
            }
        }
        for list in said.into_values().filter(|l| l.len() > 1) {
            let none: f64 = list.iter().map(|i| 1.0 - confidences[*i]).product();
            if let Some(best) = list.into_iter().max_by(|a, b| confidences[*a].total_cmp(&confidences[*b]).then(b.cmp(a))) {
                confidences[best] = 1.0 - none;
            }
        }
    }

    /// The statements of a reading whose confidence is at least `least`; of several with the same ends and relation in one
    /// sentence, the most confident one.
    #[must_use]
    pub fn statements(&self, document: &Document, reading: &Reading, least: f64) -> Vec<Statement> {
        let mut best: std::collections::BTreeMap<(usize, Triple), usize> = std::collections::BTreeMap::new();
        for (i, c) in reading.candidates.iter().enumerate() {
            if reading.confidences[i] < least {
                continue;
            }
            let place = best.entry((c.sentence, self.triple(c))).or_insert(i);
            if reading.confidences[i] > reading.confidences[*place] {
                *place = i;
            }
        }
        let mut chosen: Vec<usize> = best.into_values().collect();
        chosen.sort_unstable();
        chosen.into_iter().map(|i| self.statement(document, reading, i)).collect()
    }

    fn statement(&self, document: &Document, reading: &Reading, index: usize) -> Statement {
        let c = &reading.candidates[index];
        let relation = &self.reader.rules.relations[c.relation].name;
        let rule = self.reader.rule_id(c, &reading.sentences[c.sentence]);
        let sentence = reading.sentences[c.sentence].span;
        let mention = |i: usize| &reading.cast.mentions[i];
        let name = |f: usize| -> Arc<str> { reading.cast.figures[f].name.as_str().into() };
        let at = |byte: usize| document.char_offset(byte);
        let (source, target) = (mention(c.source.mention), mention(c.target.mention));
        Statement {
            document: Arc::clone(&document.id),
            begin: at(sentence.begin),
            stop: at(sentence.stop),
            source: name(c.source.figure),
            source_begin: at(source.span.begin),
            source_stop: at(source.span.stop),
            relation: relation.as_str().into(),
            target: name(c.target.figure),
            target_begin: at(target.span.begin),
            target_stop: at(target.span.stop),
            polarity: c.polarity,
            modality: c.modality,
            status: c.status,
            attribution: c.speaker.map(name),
            start: c.start,
            end: c.end,
            quantity: c.quantity.as_deref().map(Into::into),
            rule: rule.into(),
            confidence: reading.confidences[index],
            sentence: document.slice(sentence).into(),
        }
    }
}
