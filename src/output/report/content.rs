//! What the brief says.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::super::actors_csv::{ActorTable, statement_counts};
use super::super::legend::{called, count, dates};
use super::super::style::kind_label;
use super::super::view::is_firm;
use super::Skipped;
use crate::analysis::Flow;
use crate::analysis::paths::k_strongest;
use crate::documents::PartialDate;
use crate::network::{Edge, Mix, Network, Selection};
use crate::relations::{Modality, Polarity, Statement, Status};

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Plain.
    Text(String),
    /// Stressed.
    Strong(String),
    /// The number of a citation, from 1.
    Cite(usize),
}

/// A part of the brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List(Vec<Vec<Span>>),
    /// A table.
    Table {
        /// Column names.
        head: Vec<&'static str>,
        /// Rows as long as the head.
        rows: Vec<Vec<Vec<Span>>>,
    },
}

/// Where a claim stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The document's id.
    pub document: String,
    /// Its date.
    pub date: Option<PartialDate>,
    /// First character of the sentence.
    pub begin: usize,
    /// One past its last.
    pub stop: usize,
    /// The sentence.
    pub sentence: String,
    /// Whose word it is.
    pub voice: Option<String>,
}

/// The brief.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Its title.
    pub title: String,
    /// Its parts.
    pub blocks: Vec<Block>,
    /// What it cites.
    pub citations: Vec<Citation>,
}

struct Writer<'a> {
    network: &'a Network,
    dates: BTreeMap<&'a str, Option<PartialDate>>,
    cited: BTreeMap<(String, usize, usize), usize>,
    out: Report,
}

/// Makes it.
#[must_use]
pub fn report(network: &Network, actors: &ActorTable, skipped: &[Skipped], title: Option<&str>) -> Report {
    let mut writer = Writer {
        network,
        dates: network.documents.iter().map(|d| (d.id.as_ref(), d.date)).collect(),
        cited: BTreeMap::new(),
        out: Report { title: title.unwrap_or("Who sways whom: a brief").to_owned(), ..Report::default() },
    };
    writer.read();
    writer.actors(actors);
    writer.relations();
    writer.brokers(actors);
    writer.camps(actors);
    writer.paths(actors);
    writer.contested();
    writer.timeline();
    writer.weak();
    writer.skipped(skipped);
    writer.out
}

fn text(text: impl Into<String>) -> Span {
    Span::Text(text.into())
}

fn strong(text: impl Into<String>) -> Span {
    Span::Strong(text.into())
}

/// A value of a measure for readers: three digits.
fn figure(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else if value.abs() >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

impl Writer<'_> {
    fn heading(&mut self, text: &str) {
        self.out.blocks.push(Block::Heading(text.to_owned()));
    }

    fn paragraph(&mut self, spans: Vec<Span>) {
        self.out.blocks.push(Block::Paragraph(spans));
    }

    fn name(&self, node: NodeIndex) -> &str {
        &self.network.graph[node].name
    }

    fn cite(&mut self, s: &Statement) -> Span {
        let key = (s.document.to_string(), s.begin, s.stop);
        let number = self.cited.len() + 1;
        let number = *self.cited.entry(key).or_insert(number);
        if number > self.out.citations.len() {
            self.out.citations.push(Citation {
                document: s.document.to_string(),
                date: self.dates.get(s.document.as_ref()).copied().flatten(),
                begin: s.begin,
                stop: s.stop,
                sentence: s.sentence.to_string(),
                voice: s.attribution.as_ref().map(ToString::to_string),
            });
        }
        Span::Cite(number)
    }

    fn cite_edge(&mut self, edge: EdgeIndex) -> Vec<Span> {
        let network = self.network;
        network.graph[edge].example().map(|s| self.cite(s)).into_iter().collect()
    }

    /// `Turkey arms Azerbaijan`.
    fn phrase(&self, index: EdgeIndex) -> String {
        let edge = &self.network.graph[index];
        let Some((a, b)) = self.network.graph.edge_endpoints(index) else { return String::new() };
        let relation = self.network.relation(edge).name.replace('_', " ");
        let tail = match edge.polarity {
            Mix::All(Polarity::Denied) => " (denied)",
            Mix::Mixed => " (contested)",
            Mix::All(Polarity::Asserted) if edge.modality.is(&Modality::Other) => " (planned or feared)",
            Mix::All(Polarity::Asserted) if edge.status.is(&Status::Ended) => " (over)",
            Mix::All(Polarity::Asserted) => "",
        };
        format!("{} {relation} {}{tail}", self.name(a), self.name(b))
    }

    fn read(&mut self) {
        let network = self.network;
        let statements: usize = network.graph.edge_weights().map(|e| e.count).sum();
        let words: usize = network.documents.iter().map(|d| d.words).sum();
        let mut line = format!(
            "{} of {} words name {}; {} say {} between them.",
            count(network.documents.len(), "document", "documents"),
            words,
            count(network.graph.node_count(), "actor", "actors"),
            count(statements, "statement", "statements"),
            count(network.graph.edge_count(), "relation", "relations"),
        );
        if let Some((first, last)) = dates(network) {
            line.push_str(&format!(" The documents are dated {first} to {last}."));
        }
        self.paragraph(vec![text(line)]);
        self.paragraph(vec![text(
            "A program read them by rules: it tells what the documents say, not what is true, and it errs; every claim below \
             carries the sentence it rests on. Often named is not the same as powerful.",
        )]);
        self.heading("What was read");
        let mut per: BTreeMap<&str, usize> = BTreeMap::new();
        for s in network.graph.edge_weights().flat_map(|e| &e.statements) {
            *per.entry(s.document.as_ref()).or_default() += 1;
        }
        let rows = network
            .documents
            .iter()
            .map(|d| {
                let cell = |t: String| vec![text(t)];
                vec![
                    cell(called(d).to_owned()),
                    cell(d.id.to_string()),
                    cell(d.date.map(|d| d.to_string()).unwrap_or_default()),
                    cell(d.publisher.as_ref().map(ToString::to_string).unwrap_or_default()),
                    cell(d.words.to_string()),
                    cell(per.get(d.id.as_ref()).copied().unwrap_or(0).to_string()),
                ]
            })
            .collect();
        self.out.blocks.push(Block::Table { head: vec!["Document", "File", "Date", "Publisher", "Words", "Statements"], rows });
    }

    /// Actors by a measure, the greatest first, those above nothing only.
    fn ranked(&self, values: &[f64]) -> Vec<(NodeIndex, f64)> {
        let mut order: Vec<(NodeIndex, f64)> =
            self.network.graph.node_indices().zip(values.iter().copied()).filter(|(_, v)| v.is_finite() && *v > 0.0).collect();
        order.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        order
    }

    /// The strength of each actor's firm ties.
    fn strengths(&self) -> Vec<f64> {
        let mut values = vec![0.0; self.network.graph.node_count()];
        for raw in self.network.graph.raw_edges().iter().filter(|r| is_firm(&r.weight)) {
            values[raw.source().index()] += raw.weight.weight;
            values[raw.target().index()] += raw.weight.weight;
        }
        values
    }

    /// The strongest edges of an actor, at most one per other end and relation.
    fn strongest_of(&self, node: NodeIndex, most: usize) -> Vec<EdgeIndex> {
        let graph = &self.network.graph;
        let mut own: Vec<EdgeIndex> = graph
            .edge_indices()
            .filter(|e| graph.edge_endpoints(*e).is_some_and(|(a, b)| a == node || b == node) && is_firm(&graph[*e]))
            .collect();
        own.sort_by(|x, y| graph[*y].weight.total_cmp(&graph[*x].weight).then(x.cmp(y)));
        own.truncate(most);
        own
    }

    fn actors(&mut self, table: &ActorTable) {
        let (measure, values) = ["sway", "pagerank"]
            .into_iter()
            .find_map(|m| table.column(m).map(|v| (m, v.to_vec())))
            .unwrap_or_else(|| ("strength", self.strengths()));
        let ranked = self.ranked(&values);
        if ranked.is_empty() {
            return;
        }
        self.heading("Who matters");
        self.paragraph(vec![text(format!("By {measure}, with the strongest ties of each."))]);
        let counts = statement_counts(self.network);
        let mut rows = Vec::new();
        for (node, value) in ranked.into_iter().take(12) {
            let actor = &self.network.graph[node];
            let mut why = Vec::new();
            for (i, edge) in self.strongest_of(node, 3).into_iter().enumerate() {
                why.push(text(if i == 0 { self.phrase(edge) } else { format!("; {}", self.phrase(edge)) }));
                why.extend(self.cite_edge(edge));
            }
            rows.push(vec![
                vec![strong(actor.name.as_ref())],
                vec![text(kind_label(actor.kind))],
                vec![text(figure(value))],
                vec![text(actor.mentions.to_string())],
                vec![text(counts[node.index()].to_string())],
                why,
            ]);
        }
        self.out.blocks.push(Block::Table { head: vec!["Actor", "Kind", "Value", "Mentions", "Statements", "Why"], rows });
    }

    fn relations(&mut self) {
        let graph = &self.network.graph;
        let mut edges: Vec<EdgeIndex> = graph.edge_indices().filter(|e| is_firm(&graph[*e])).collect();
        let value = |e: &Edge| e.weight * (1.0 + (e.documents as f64).ln());
        edges.sort_by(|x, y| value(&graph[*y]).total_cmp(&value(&graph[*x])).then(x.cmp(y)));
        edges.truncate(15);
        if edges.is_empty() {
            return;
        }
        self.heading("Main relations");
        let mut items = Vec::new();
        for index in edges {
            let edge = &self.network.graph[index];
            let support =
                format!(": {} in {}", count(edge.count, "statement", "statements"), count(edge.documents, "document", "documents"));
            let mut item = vec![strong(self.phrase(index)), text(support)];
            item.extend(self.cite_edge(index));
            items.push(item);
        }
        self.out.blocks.push(Block::List(items));
    }

    fn brokers(&mut self, table: &ActorTable) {
        let Some((measure, values)) =
            ["betweenness", "betweenness_weighted"].into_iter().find_map(|m| table.column(m).map(|v| (m, v.to_vec())))
        else {
            return;
        };
        let ranked = self.ranked(&values);
        if ranked.is_empty() {
            return;
        }
        self.heading("Brokers");
        self.paragraph(vec![text(format!("Who stands between others, by {measure}."))]);
        let items = ranked
            .into_iter()
            .take(8)
            .map(|(node, value)| {
                vec![strong(self.name(node)), text(format!(", {} ({})", kind_label(self.network.graph[node].kind), figure(value)))]
            })
            .collect();
        self.out.blocks.push(Block::List(items));
    }

    fn camps(&mut self, table: &ActorTable) {
        for (heading, one, groups) in [("Camps", "Camp", &table.camp), ("Communities", "Community", &table.community)] {
            self.groups(heading, one, groups);
        }
    }

    /// The members of each group, the strongest first.
    fn groups(&mut self, heading: &str, one: &str, groups: &[Option<usize>]) {
        let strengths = self.strengths();
        let mut members: BTreeMap<usize, Vec<(NodeIndex, f64)>> = BTreeMap::new();
        for (node, group) in self.network.graph.node_indices().zip(groups) {
            if let Some(group) = group {
                members.entry(*group).or_default().push((node, strengths[node.index()]));
            }
        }
        let mut items = Vec::new();
        for (group, mut own) in members {
            if own.len() < 2 {
                continue;
            }
            own.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
            let names: Vec<&str> = own.iter().take(10).map(|(n, _)| self.name(*n)).collect();
            let more = if own.len() > 10 { format!(" and {} more", own.len() - 10) } else { String::new() };
            items.push(vec![strong(format!("{one} {group}")), text(format!(": {}{more}", names.join(", ")))]);
        }
        if !items.is_empty() {
            self.heading(heading);
            self.out.blocks.push(Block::List(items));
        }
    }

    fn paths(&mut self, table: &ActorTable) {
        let counted = Selection::default().apply(self.network);
        let flow = Flow::new(&counted);
        let values = table.column("sway").map_or_else(|| self.strengths(), <[f64]>::to_vec);
        let top: Vec<NodeIndex> = self.ranked(&values).into_iter().take(8).map(|(n, _)| n).collect();
        let mut found = Vec::new();
        for a in &top {
            for b in top.iter().filter(|b| *b != a) {
                let (Some(from), Some(to)) = (counted.node(self.name(*a)), counted.node(self.name(*b))) else { continue };
                // The strongest way that is not direct: the direct one stands among the relations.
                let ways = k_strongest(&flow, from.index() as u32, to.index() as u32, 3);
                found.extend(ways.into_iter().find(|p| p.steps.len() > 1));
            }
        }
        found.sort_by(|x, y| y.strength().total_cmp(&x.strength()).then_with(|| x.nodes().cmp(&y.nodes())));
        found.truncate(8);
        if found.is_empty() {
            return;
        }
        self.heading("Strongest indirect influence");
        let mut items = Vec::new();
        for path in found {
            let name = |n: u32| counted.graph[NodeIndex::new(n as usize)].name.to_string();
            let names: Vec<String> = path.nodes().into_iter().map(name).collect();
            let arrives = if path.sign() < 0 { "harm" } else { "help" };
            let mut item =
                vec![strong(names.join(" → ")), text(format!(" (strength {}, arrives as {arrives}): ", figure(path.strength())))];
            for (i, step) in path.steps.iter().enumerate() {
                let edge = &counted.graph[step.edge];
                let (a, b) = if step.forward { (step.from, step.to) } else { (step.to, step.from) };
                let phrase = format!("{} {} {}", name(a), counted.relation(edge).name.replace('_', " "), name(b));
                item.push(text(if i == 0 { phrase } else { format!("; {phrase}") }));
                item.extend(edge.example().map(|s| self.cite(s)));
            }
            items.push(item);
        }
        self.out.blocks.push(Block::List(items));
    }

    /// What one statement asserts and another denies.
    fn contested(&mut self) {
        let network = self.network;
        let edges: Vec<EdgeIndex> = network.graph.edge_indices().filter(|e| network.graph[*e].polarity == Mix::Mixed).collect();
        let denied: Vec<EdgeIndex> = network.graph.edge_indices().filter(|e| network.graph[*e].polarity.is(&Polarity::Denied)).collect();
        if edges.is_empty() && denied.is_empty() {
            return;
        }
        self.heading("Contested and denied");
        let mut items = Vec::new();
        for index in edges.into_iter().take(12) {
            let mut item = vec![strong(self.phrase(index)), text(": asserted")];
            for polarity in [Polarity::Asserted, Polarity::Denied] {
                if polarity == Polarity::Denied {
                    item.push(text(", denied"));
                }
                if let Some(s) = network.graph[index].statements.iter().find(|s| s.polarity == polarity) {
                    if let Some(voice) = &s.attribution {
                        item.push(text(format!(" by {voice}")));
                    }
                    item.push(self.cite(s));
                }
            }
            items.push(item);
        }
        for index in denied.into_iter().take(12) {
            let mut item = vec![strong(self.phrase(index))];
            item.extend(self.cite_edge(index));
            items.push(item);
        }
        self.out.blocks.push(Block::List(items));
    }

    fn timeline(&mut self) {
        let network = self.network;
        let mut dated: Vec<(PartialDate, EdgeIndex, &Statement)> = network
            .graph
            .edge_indices()
            .filter(|e| is_firm(&network.graph[*e]))
            .flat_map(|e| network.graph[e].statements.iter().filter_map(move |s| Some((s.start.or(s.end)?, e, s))))
            .collect();
        dated.sort_by(|x, y| y.2.confidence.total_cmp(&x.2.confidence).then_with(|| (x.0, x.1).cmp(&(y.0, y.1))));
        let mut seen = BTreeSet::new();
        dated.retain(|(date, edge, _)| seen.insert((*date, *edge)));
        dated.truncate(30);
        dated.sort_by_key(|(date, edge, _)| (*date, *edge));
        if dated.is_empty() {
            return;
        }
        self.heading("Timeline");
        let mut items = Vec::new();
        for (date, edge, statement) in dated {
            let cite = self.cite(statement);
            items.push(vec![strong(date.to_string()), text(format!(": {}", self.phrase(edge))), cite]);
        }
        self.out.blocks.push(Block::List(items));
    }

    fn weak(&mut self) {
        let graph = &self.network.graph;
        let firm: Vec<EdgeIndex> = graph.edge_indices().filter(|e| is_firm(&graph[*e])).collect();
        let mut single: Vec<EdgeIndex> = firm.iter().copied().filter(|e| graph[*e].documents <= 1).collect();
        if single.is_empty() {
            return;
        }
        single.sort_by(|x, y| graph[*y].weight.total_cmp(&graph[*x].weight).then(x.cmp(y)));
        let line = format!("{} of {} relations rest on one document only; the strongest of them:", single.len(), firm.len());
        self.heading("Weak spots");
        self.paragraph(vec![text(line)]);
        let mut items = Vec::new();
        for index in single.into_iter().take(10) {
            let mut item = vec![text(self.phrase(index))];
            item.extend(self.cite_edge(index));
            items.push(item);
        }
        self.out.blocks.push(Block::List(items));
    }

    fn skipped(&mut self, skipped: &[Skipped]) {
        if skipped.is_empty() {
            return;
        }
        self.heading("What was skipped");
        let items = skipped.iter().map(|s| vec![strong(s.path.clone()), text(format!(": {}", s.reason))]).collect();
        self.out.blocks.push(Block::List(items));
    }
}
