//! States that the words imply: of an office beside a name (`President Sandu`, `Wagner, the foreign minister`), of power
//! taken (`who took office`), of a body that bears its state's name (`the Colombian army`).
//!
//! They stand at words of their own, so that they take no other part in the sentence, and no later word takes them up.

use super::tree::{self, Role};
use super::{Reader, office};
use crate::actors::{ActorKind, Cast, EntryId, FigureId, Mention, MentionForm};
use crate::documents::{PartialDate, Span};
use crate::language::{Deprel, Feats, Sentence, Upos};

/// An office at a token, and whose it is.
struct Held {
    token: usize,
    figure: FigureId,
    /// His name's tokens, where it stands beside.
    name: std::ops::Range<usize>,
    /// The offices that the word may mean; none where it says only that there was one.
    offices: Vec<String>,
    /// Whether the words stand at his name, and so may tell of somebody the catalogue does not know.
    named: bool,
}

/// The mentions of implied states in a sentence; `added` are the document's mentions by pronoun and description.
pub(super) fn of_sentence(reader: &mut Reader<'_, '_>, cast: &mut Cast, number: usize, added: &[Mention]) -> Vec<Mention> {
    let s: &Sentence = &reader.scene.sentences[number];
    let from = added.partition_point(|m| m.sentence < number);
    let here: Vec<Mention> = cast.of_sentence(number).iter().chain(&added[from..]).cloned().collect();
    let mut out: Vec<Mention> = Vec::new();
    let taken = |t: usize, out: &[Mention]| here.iter().chain(out).any(|m| m.head == t);
    let add = |out: &mut Vec<Mention>, t: usize, figure: FigureId, form: MentionForm, certainty: f32, why: &str| {
        let span = Span::new(s.tokens[t].span.begin, s.tokens[t].span.stop);
        out.push(Mention { sentence: number, tokens: t..t + 1, head: t, span, form, figure, certainty, why: why.to_owned() });
    };
    for m in here.iter().filter(|m| m.form == MentionForm::Name && m.tokens.len() > 1) {
        let kind = cast.figures[m.figure].kind;
        if !matches!(kind, ActorKind::Organization | ActorKind::ArmedGroup | ActorKind::Company) {
            continue;
        }
        let Some(home) = reader.home(cast, m.figure) else { continue };
        let known = |f: FigureId| cast.figures[f].entry == Some(home);
        if here.iter().chain(&out).any(|x| known(x.figure)) {
            continue;
        }
        let bears = m.tokens.clone().find(|t| {
            let form = reader.scene.form(number, *t);
            form.chars().next().is_some_and(char::is_uppercase)
                && !taken(*t, &out)
                && reader.scene.know.catalogue.trie().find(form).iter().any(|f| f.forms.iter().any(|x| x.entry == home))
        });
        if let Some(t) = bears
            && reader.scene.know.catalogue.entry(home).kind() == ActorKind::State
        {
            let figure = cast.figure_of(home, || reader.scene.figure(home));
            add(&mut out, t, figure, MentionForm::Demonym, 0.9, "inside the name of a body of its own");
        }
    }
    for held in offices(reader, cast, number, &here) {
        let told = if held.offices.is_empty() { None } else { Some(held.offices.as_slice()) };
        let Some((state, certainty)) = state_of(reader, cast, &held, told, number) else { continue };
        if here.iter().chain(&out).any(|x| x.figure == state) {
            continue;
        }
        let spot = free(s, held.token, &|t| taken(t, &out)).or_else(|| held.name.clone().find(|t| !taken(*t, &out)));
        let Some(spot) = spot else { continue };
        // A description says it anew only where nothing has said it yet.
        if !held.named && !reader.implied.insert((held.figure, state)) {
            continue;
        }
        reader.implied.insert((held.figure, state));
        add(&mut out, spot, state, MentionForm::Description, certainty, "state of the office");
    }
    out
}

/// The token that an implied state may stand at: the office's own word, else its article or adjective, else the name's
/// first word.
fn free(s: &Sentence, t: usize, taken: &dyn Fn(usize) -> bool) -> Option<usize> {
    if !taken(t) {
        return Some(t);
    }
    let beside = s
        .children(t)
        .find(|c| *c < t && matches!(s.tokens[*c].deprel, Deprel::Det | Deprel::Amod | Deprel::Compound) && !taken(*c))
        .or_else(|| s.children(t).find(|c| *c > t && s.tokens[*c].deprel == Deprel::Flat && !taken(*c)));
    beside.or_else(|| (t > 0 && matches!(s.tokens[t - 1].upos, Upos::Det | Upos::Adj) && !taken(t - 1)).then(|| t - 1))
}

/// The offices that a sentence names, with those who hold them.
fn offices(reader: &Reader<'_, '_>, cast: &Cast, number: usize, here: &[Mention]) -> Vec<Held> {
    let s: &Sentence = &reader.scene.sentences[number];
    let titles = &reader.scene.know.lexicon.titles;
    let ranks = &reader.lists.ranks;
    let mut out = Vec::new();
    for m in here.iter().filter(|m| m.form == MentionForm::Name && cast.figures[m.figure].kind.is_human()) {
        // "President Sandu", "presidents Yeltsin and Snegur"
        let first = here.iter().find(|x| x.head == tree::first_conjunct(s, m.head)).map_or(m.tokens.start, |x| x.tokens.start);
        for start in [m.tokens.start, first] {
            let Some(t) = start.checked_sub(1) else { continue };
            let own = office_at(reader, number, t).or_else(|| {
                let title = crate::actors::names::title_before(reader.scene, number, start)?;
                let office = titles.get(&title).map(|t| t.office.clone())?;
                (!office.is_empty() || ranks.contains(&title)).then(|| vec![office])
            });
            if let Some(offices) = own.filter(|o| !o.is_empty()) {
                out.push(Held { token: t, figure: m.figure, name: m.tokens.clone(), offices, named: true });
                break;
            }
        }
        // "Wagner, the foreign minister", "the foreign minister, Wagner"
        let beside = s
            .children(m.head)
            .filter(|c| s.tokens[*c].deprel == Deprel::Appos)
            .chain((s.tokens[m.head].deprel == Deprel::Appos).then_some(s.tokens[m.head].head).flatten());
        for t in beside {
            if let Some(offices) = office_at(reader, number, t)
                && alone(reader, cast, number, t)
            {
                out.push(Held { token: t, figure: m.figure, name: 0..0, offices, named: true });
            }
        }
    }
    let person = |t: usize| -> Option<FigureId> {
        let mut all = here.iter().filter(|m| m.head == t).map(|m| m.figure);
        let first = all.next()?;
        (all.next().is_none() && cast.figures[first].kind.is_human()).then_some(first)
    };
    for t in 0..s.tokens.len() {
        if s.tokens[t].upos != Upos::Noun {
            continue;
        }
        let lemma = s.tokens[t].lemma.to_lowercase();
        let control = |v: &str| reader.lists.subject_control.contains(v);
        if reader.lists.power.contains(&lemma) {
            let owner = s.children(t).find(|c| s.tokens[*c].deprel == Deprel::NmodPoss);
            let bare = s
                .children(t)
                .all(|c| matches!(s.tokens[c].deprel, Deprel::Case | Deprel::Punct | Deprel::Nummod | Deprel::Det | Deprel::NmodPoss));
            // "Since his inauguration Milei": of whoever follows, where nobody before is meant.
            let open = owner.is_none_or(|o| s.tokens[o].upos == Upos::Pron && !here.iter().any(|m| m.head == o));
            let who = match owner {
                Some(o) if !open => person(o),
                _ if bare => tree::subject(s, tree::clause(s, t), control).and_then(person),
                _ => None,
            };
            if let Some(figure) = who {
                out.push(Held { token: t, figure, name: 0..0, offices: Vec::new(), named: false });
            }
            continue;
        }
        let Some(offices) = office_at(reader, number, t) else { continue };
        if !alone(reader, cast, number, t) || s.tokens[t].feats.has(Feats::PLUR) {
            continue;
        }
        // "as prime minister, Bishop", "Bishop became prime minister", "Prats was its president"
        let role = tree::role(s, t);
        let predicate = s.children(t).any(|c| s.tokens[c].deprel == Deprel::Cop)
            || s.tokens[t].deprel == Deprel::Xcomp
            || tree::preposition(s, t) == Some("as");
        let who = if predicate && role != Role::Possessor {
            let above = if tree::heads_clause(s, t) { t } else { tree::clause(s, t) };
            tree::subject(s, above, control).and_then(person)
        } else {
            person(t)
        };
        if let Some(figure) = who {
            out.push(Held { token: t, figure, name: 0..0, offices, named: predicate });
        }
    }
    out
}

/// The offices that the noun at a token may mean, with the words before it that make one title of it.
fn office_at(reader: &Reader<'_, '_>, number: usize, t: usize) -> Option<Vec<String>> {
    let s = &reader.scene.sentences[number];
    let lemma = s.tokens[t].lemma.to_lowercase();
    for length in (0..=2).rev().filter(|l| *l <= t) {
        let mut words: Vec<String> = (t - length..t).map(|i| reader.scene.lower(number, i)).filter(|w| w != "-").collect();
        words.push(lemma.clone());
        let name = words.join(" ");
        if let Some(human) = reader.lists.humans.get(&name)
            && !human.offices.is_empty()
        {
            return Some(human.offices.clone());
        }
        if reader.lists.ranks.contains(&name) {
            return Some(vec![name]);
        }
    }
    None
}

/// Whether an office stands without an owner other than a person, and without a word that makes it another's (`the party leader`, `chairman of a club`).
fn alone(reader: &Reader<'_, '_>, cast: &Cast, number: usize, t: usize) -> bool {
    let s = &reader.scene.sentences[number];
    s.children(t).all(|c| match s.tokens[c].deprel {
        // "his secretary of state" is his state's.
        Deprel::NmodPoss => {
            reader.items[number].iter().any(|i| i.token == c && !i.is_rival() && i.figures.iter().all(|f| cast.figures[*f].kind.is_human()))
        }
        Deprel::Nmod => false,
        Deprel::Compound | Deprel::Amod => {
            let word = reader.scene.lower(number, c);
            let title = reader.lists.humans.contains_key(&format!("{word} {}", s.tokens[t].lemma.to_lowercase()));
            let upper = reader.scene.form(number, c).chars().next().is_some_and(char::is_uppercase);
            title || (s.tokens[c].deprel == Deprel::Amod && !upper && !reader.lists.opposition.contains(&word))
        }
        _ => true,
    })
}

/// The state of somebody's office, where the document speaks of it, and how sure that is.
fn state_of(reader: &Reader<'_, '_>, cast: &Cast, held: &Held, told: Option<&[String]>, number: usize) -> Option<(FigureId, f32)> {
    let catalogue = &reader.scene.know.catalogue;
    let spoken = |e: EntryId| -> Option<FigureId> { cast.figures.iter().position(|f| f.entry == Some(e) && f.kind == ActorKind::State) };
    let figure = &cast.figures[held.figure];
    let Some(entry) = figure.entry else {
        if let Some(within) = figure.within {
            return (cast.figures[within].kind == ActorKind::State).then_some((within, 0.8));
        }
        return (held.named && told.is_some()).then_some(reader.main).flatten().map(|m| (m, 0.7));
    };
    let date: Option<PartialDate> = office::date(reader, number);
    let terms = |d: Option<PartialDate>| {
        catalogue.offices(entry).filter(move |t| t.covers(d) && told.is_none_or(|o| o.contains(&t.office))).find_map(|t| spoken(t.of))
    };
    if let Some(state) = terms(date).or_else(|| terms(None)) {
        return Some((state, 0.9));
    }
    let mut own = catalogue.entry(entry).home.iter().copied().chain(catalogue.offices(entry).map(|t| t.of)).filter_map(spoken);
    own.next().filter(|_| told.is_some()).map(|s| (s, 0.75))
}
