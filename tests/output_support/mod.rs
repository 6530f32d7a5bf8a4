//! A network of some sixty actors for tests of the output layer, with sentences of its own.
#![allow(dead_code)]

use std::sync::Arc;

use suzerain::actors::ActorKind;
use suzerain::network::{Actor, Builder, Network, Source};
use suzerain::relations::{Influence, Modality, Polarity, Relation, Statement, Status};

/// name, symmetric, sign, weight
const RELATIONS: &[(&str, bool, i8, f64)] = &[
    ("leads", false, 0, 0.9),
    ("serves", false, 0, 0.5),
    ("succeeds", false, 0, 0.3),
    ("ousts", false, -1, 0.9),
    ("appoints", false, 1, 0.8),
    ("member_of", false, 1, 0.6),
    ("part_of", false, 0, 0.6),
    ("controls", false, 0, 0.95),
    ("claims", false, 0, 0.4),
    ("recognizes", false, 1, 0.4),
    ("allied_with", true, 1, 0.8),
    ("supports", false, 1, 0.7),
    ("arms", false, 1, 0.8),
    ("protects", false, 1, 0.8),
    ("funds", false, 1, 0.7),
    ("trades_with", true, 1, 0.5),
    ("supplies_energy", false, 1, 0.7),
    ("depends_on", false, 0, 0.7),
    ("owns", false, 0, 0.9),
    ("runs_through", false, 0, 0.4),
    ("bypasses", false, -1, 0.3),
    ("talks_with", true, 1, 0.3),
    ("signs", false, 1, 0.5),
    ("mediates", false, 1, 0.5),
    ("participates_in", false, 0, 0.5),
    ("attacks", false, -1, 0.95),
    ("fights", true, -1, 0.9),
    ("blockades", false, -1, 0.9),
    ("sanctions", false, -1, 0.8),
    ("threatens", false, -1, 0.6),
    ("accuses", false, -1, 0.4),
    ("opposes", false, -1, 0.5),
    ("displaces", false, -1, 0.9),
    ("withdraws_from", false, 0, 0.4),
    ("influences", false, 0, 0.5),
];

/// kind: names
const ACTORS: &[(&str, &str)] = &[
    (
        "state",
        "Azerbaijan|Armenia|Russia|Turkey|Iran|Israel|Georgia|United States|France|Kazakhstan|Turkmenistan|Ukraine|Pakistan|India|China|United Kingdom",
    ),
    (
        "leader",
        "Ilham Aliyev|Nikol Pashinyan|Vladimir Putin|Recep Tayyip Erdoğan|Heydar Aliyev|Serzh Sargsyan|Ruben Vardanyan|Emmanuel Macron",
    ),
    ("person", "Thomas de Waal"),
    (
        "alliance",
        "Collective Security Treaty Organization|NATO|European Union|OSCE Minsk Group|Organization of Turkic States|Eurasian Economic Union",
    ),
    (
        "organization",
        "Azerbaijani army|Karabakh Committee|Armenian Apostolic Church|Islamic Revolutionary Guard Corps|International Court of Justice",
    ),
    ("company", "SOCAR|BP|Gazprom|Botaş"),
    ("armed_group", "Syrian National Army|Wagner Group"),
    ("territory", "Nagorno-Karabakh|Nakhchivan|Shusha|Syunik|Kalbajar|Lachin|Caspian Sea"),
    ("pipeline", "Baku–Tbilisi–Ceyhan pipeline|Trans-Anatolian Natural Gas Pipeline|Trans-Adriatic Pipeline"),
    ("infrastructure", "Zangezur corridor|Lachin corridor"),
    ("agreement", "Bishkek Protocol|Trilateral ceasefire statement of November 2020|Shusha Declaration"),
    ("conflict", "First Karabakh War|Second Karabakh War|2023 offensive"),
    ("people", "Karabakh Armenians"),
];

/// source; relation; target; statements; confidence of each; flags (d denied, o other, e ended, a attributed)
const EDGES: &str = "\
Ilham Aliyev;leads;Azerbaijan;5;.9;
Nikol Pashinyan;leads;Armenia;5;.9;
Vladimir Putin;leads;Russia;4;.9;
Recep Tayyip Erdoğan;leads;Turkey;3;.9;
Heydar Aliyev;leads;Azerbaijan;2;.8;e
Serzh Sargsyan;leads;Armenia;1;.8;e
Ilham Aliyev;succeeds;Heydar Aliyev;1;.8;
Nikol Pashinyan;ousts;Serzh Sargsyan;1;.7;
Ruben Vardanyan;leads;Karabakh Armenians;1;.7;
Emmanuel Macron;leads;France;2;.8;
Emmanuel Macron;accuses;Turkey;1;.7;
Thomas de Waal;opposes;OSCE Minsk Group;1;.4;
Azerbaijan;fights;Armenia;9;.8;
Azerbaijan;attacks;Nagorno-Karabakh;6;.8;
Azerbaijan;controls;Shusha;3;.8;
Azerbaijan;controls;Kalbajar;2;.7;
Azerbaijan;controls;Lachin;2;.7;
Azerbaijan;blockades;Lachin corridor;3;.8;
Azerbaijan;participates_in;Second Karabakh War;3;.9;
Azerbaijan;participates_in;2023 offensive;2;.9;
Armenia;participates_in;Second Karabakh War;3;.9;
Armenia;participates_in;First Karabakh War;2;.9;
Azerbaijan;participates_in;First Karabakh War;2;.9;
Azerbaijan;displaces;Karabakh Armenians;2;.7;
Azerbaijan;allied_with;Turkey;6;.9;
Turkey;arms;Azerbaijan;5;.8;
Turkey;supports;Azerbaijan;6;.9;
Israel;arms;Azerbaijan;5;.8;
Azerbaijan;supplies_energy;Israel;3;.8;
Azerbaijan;trades_with;Israel;2;.6;
Iran;opposes;Azerbaijan;2;.7;
Iran;threatens;Azerbaijan;1;.6;o
Iran;supports;Armenia;3;.7;
Israel;opposes;Iran;3;.8;
Russia;protects;Armenia;3;.7;
Russia;arms;Armenia;3;.8;
Russia;arms;Azerbaijan;2;.7;
Russia;mediates;Trilateral ceasefire statement of November 2020;3;.8;
Azerbaijan;signs;Trilateral ceasefire statement of November 2020;2;.9;
Armenia;signs;Trilateral ceasefire statement of November 2020;2;.9;
Armenia;signs;Bishkek Protocol;1;.8;
Azerbaijan;signs;Bishkek Protocol;1;.8;
Russia;mediates;Bishkek Protocol;1;.8;
Turkey;signs;Shusha Declaration;1;.9;
Azerbaijan;signs;Shusha Declaration;1;.9;
Armenia;member_of;Collective Security Treaty Organization;3;.9;
Russia;leads;Collective Security Treaty Organization;2;.8;
Kazakhstan;member_of;Collective Security Treaty Organization;1;.8;
Collective Security Treaty Organization;protects;Armenia;2;.7;d
Armenia;withdraws_from;Collective Security Treaty Organization;1;.6;o
Armenia;member_of;Eurasian Economic Union;1;.8;
Russia;member_of;Eurasian Economic Union;1;.8;
Turkey;member_of;NATO;2;.9;
United States;leads;NATO;1;.6;
France;member_of;NATO;1;.7;
Azerbaijan;member_of;Organization of Turkic States;1;.8;
Turkey;member_of;Organization of Turkic States;1;.8;
Turkmenistan;member_of;Organization of Turkic States;1;.6;o
Kazakhstan;member_of;Organization of Turkic States;1;.8;
France;leads;OSCE Minsk Group;1;.8;
United States;leads;OSCE Minsk Group;1;.8;
Russia;leads;OSCE Minsk Group;1;.8;
OSCE Minsk Group;mediates;First Karabakh War;1;.6;
France;arms;Armenia;2;.7;
France;supports;Armenia;2;.8;
India;arms;Armenia;2;.7;
Pakistan;supports;Azerbaijan;2;.7;
Pakistan;recognizes;Armenia;1;.8;d
Pakistan;opposes;India;1;.6;
European Union;trades_with;Azerbaijan;2;.8;
Azerbaijan;supplies_energy;European Union;3;.8;
European Union;sanctions;Russia;2;.8;
European Union;mediates;Armenia;1;.6;
Russia;attacks;Ukraine;3;.9;
Wagner Group;attacks;Ukraine;1;.8;
Russia;controls;Wagner Group;1;.7;
United States;supports;Ukraine;2;.8;
United States;sanctions;Iran;2;.8;
United States;talks_with;Armenia;2;.7;
United Kingdom;supports;Ukraine;1;.7;
BP;owns;Baku–Tbilisi–Ceyhan pipeline;2;.9;
SOCAR;owns;Baku–Tbilisi–Ceyhan pipeline;1;.8;
SOCAR;part_of;Azerbaijan;2;.8;
SOCAR;owns;Trans-Anatolian Natural Gas Pipeline;1;.8;
Botaş;owns;Trans-Anatolian Natural Gas Pipeline;1;.8;
Botaş;part_of;Turkey;1;.7;
Baku–Tbilisi–Ceyhan pipeline;runs_through;Georgia;1;.9;
Baku–Tbilisi–Ceyhan pipeline;runs_through;Turkey;1;.9;
Baku–Tbilisi–Ceyhan pipeline;bypasses;Armenia;1;.8;
Trans-Adriatic Pipeline;supplies_energy;European Union;1;.8;
Trans-Anatolian Natural Gas Pipeline;runs_through;Turkey;1;.9;
BP;part_of;United Kingdom;1;.6;
Gazprom;supplies_energy;Armenia;2;.8;
Gazprom;part_of;Russia;1;.8;
Armenia;depends_on;Russia;3;.8;
Azerbaijan;claims;Zangezur corridor;2;.7;
Zangezur corridor;runs_through;Syunik;1;.8;
Syunik;part_of;Armenia;2;.9;
Nakhchivan;part_of;Azerbaijan;1;.9;
Iran;opposes;Zangezur corridor;2;.8;
Turkey;supports;Zangezur corridor;1;.7;
Nagorno-Karabakh;part_of;Azerbaijan;2;.8;
Armenia;supports;Nagorno-Karabakh;3;.8;
Karabakh Armenians;controls;Nagorno-Karabakh;2;.6;e
Karabakh Committee;opposes;Azerbaijan;1;.6;
Nikol Pashinyan;recognizes;Nagorno-Karabakh;1;.6;
Armenian Apostolic Church;opposes;Nikol Pashinyan;1;.7;
Armenia;accuses;Turkey;2;.7;a
Azerbaijani army;attacks;Shusha;2;.8;
Azerbaijani army;part_of;Azerbaijan;1;.9;
Turkey;influences;Syrian National Army;1;.7;
Syrian National Army;fights;Armenia;1;.5;a
Islamic Revolutionary Guard Corps;part_of;Iran;1;.9;
Islamic Revolutionary Guard Corps;threatens;Azerbaijan;1;.7;
International Court of Justice;supports;Armenia;1;.5;
Armenia;accuses;Azerbaijan;2;.8;a
Azerbaijan;accuses;Armenia;2;.8;a
Vladimir Putin;mediates;Second Karabakh War;2;.8;
Recep Tayyip Erdoğan;supports;Ilham Aliyev;2;.8;
Vladimir Putin;talks_with;Ilham Aliyev;2;.8;
Vladimir Putin;talks_with;Recep Tayyip Erdoğan;1;.7;
China;trades_with;Kazakhstan;1;.7;
Kazakhstan;trades_with;Russia;1;.7;
Turkmenistan;claims;Caspian Sea;1;.5;
Azerbaijan;claims;Caspian Sea;1;.6;
Georgia;trades_with;Azerbaijan;1;.7;
Russia;attacks;Georgia;1;.8;e
Kalbajar;part_of;Azerbaijan;1;.7;
";

/// The relations of the sample.
pub(crate) fn relations() -> Vec<Relation> {
    let make = |(name, symmetric, sign, weight): &(&str, bool, i8, f64)| Relation {
        name: (*name).to_owned(),
        meaning: format!("the source {} the target", name.replace('_', " ")),
        symmetric: *symmetric,
        sign: *sign,
        influence: if *symmetric { Influence::Both } else { Influence::Fwd },
        weight: *weight,
    };
    RELATIONS.iter().map(make).collect()
}

/// A statement whose sentence is exactly `sentence`; the names stand where they are found in it.
pub(crate) fn statement(
    document: &str,
    begin: usize,
    (source, relation, target): (&str, &str, &str),
    sentence: &str,
    confidence: f64,
) -> Statement {
    let place = |name: &str| {
        let at = sentence.find(name).map_or(0, |byte| sentence[..byte].chars().count());
        (begin + at, begin + at + name.chars().count())
    };
    let ((source_begin, source_stop), (target_begin, target_stop)) = (place(source), place(target));
    Statement {
        document: document.into(),
        begin,
        stop: begin + sentence.chars().count(),
        source: source.into(),
        source_begin,
        source_stop,
        relation: relation.into(),
        target: target.into(),
        target_begin,
        target_stop,
        polarity: Polarity::Asserted,
        modality: Modality::Actual,
        status: Status::Unstated,
        attribution: None,
        start: None,
        end: None,
        quantity: None,
        rule: format!("{relation}/sample").into(),
        confidence,
        sentence: sentence.into(),
    }
}

/// The sample network.
pub(crate) fn sample() -> Network {
    let mut builder = Builder::new(relations());
    let documents = [
        ("karabakh/war.txt", "Six weeks that redrew a map", Some("2020-11-10")),
        ("karabakh/after.txt", "After the exodus", Some("2023-10-02")),
        ("energy.txt", "Pipelines and their politics", Some("2021-06")),
        ("view-from-baku.txt", "The view from Baku", Some("2022-03-15")),
        ("undated.txt", "Notes on the Caucasus", None),
    ];
    for (id, title, date) in documents {
        builder.document(Source {
            id: id.into(),
            title: Some(title.into()),
            date: date.map(|d| d.parse().unwrap()),
            publisher: None,
            words: 800,
            sentences: 40,
        });
    }
    for (kind, names) in ACTORS {
        for (i, name) in names.split('|').enumerate() {
            let mut actor = Actor::new(name, ActorKind::parse(kind).unwrap());
            actor.mentions = 3 + i;
            actor.aliases = vec![Arc::from(name)];
            actor.documents = vec!["karabakh/war.txt".into()];
            if *kind == "state" {
                let code = match name {
                    "Azerbaijan" => Some(("AZE", "373")),
                    "Armenia" => Some(("ARM", "371")),
                    "Russia" => Some(("RUS", "365")),
                    "Turkey" => Some(("TUR", "640")),
                    "Israel" => Some(("ISR", "666")),
                    _ => None,
                };
                if let Some((iso, cow)) = code {
                    actor.codes.insert("iso3".to_owned(), iso.to_owned());
                    actor.codes.insert("cow".to_owned(), cow.to_owned());
                }
            }
            builder.actor(actor);
        }
    }
    let ways = [
        "reports from the region agree on that.",
        "as officials said more than once.",
        "and nobody in the capitals denied it.",
        "which changed the balance of the whole region.",
        "after long talks behind closed doors.",
        "although observers had expected otherwise.",
    ];
    for (n, line) in EDGES.lines().enumerate() {
        let cells: Vec<&str> = line.split(';').collect();
        let [source, relation, target, count, confidence, flags] = cells[..] else { panic!("{line}") };
        for i in 0..count.parse::<usize>().unwrap() {
            let (document, _, _) = documents[(n + i) % documents.len()];
            let verb = relation.replace('_', " ");
            let sentence = format!("{source} {verb} {target}, {}", ways[(n + 2 * i) % ways.len()]);
            let mut s = statement(document, n * 120 + i * 7000, (source, relation, target), &sentence, confidence.parse().unwrap());
            if flags.contains('d') {
                s.polarity = Polarity::Denied;
            }
            if flags.contains('o') {
                s.modality = Modality::Other;
            }
            if flags.contains('e') {
                s.status = Status::Ended;
            }
            if flags.contains('a') {
                s.attribution = Some(source.into());
            }
            if n % 3 == 0 {
                let year = 1994 + (n * 7 + i * 3) % 30;
                let date = if i % 2 == 0 { format!("{year}-{:02}", 1 + n % 12) } else { format!("{year}") };
                s.start = Some(date.parse().unwrap());
                s.end = s.start;
            }
            assert!(builder.statement(s), "{line}");
        }
    }
    builder.build()
}

/// Strings that break careless writers.
pub(crate) fn hostile() -> Vec<String> {
    let mut out: Vec<String> = [
        "Quote \" and 'single'",
        "back\\slash \\\" end\\",
        "less < more > and & amp; &lt;",
        "line\nbreak",
        "carriage\rreturn\ttab",
        "=cmd|' /C calc'!A0",
        "@SUM(1)",
        "+1",
        "-1",
        "</script><script>alert(1)</script>",
        "]]> <!-- c -->",
        "שלום עולם",
        "العربية \u{202E}text",
        "emoji 🏳️‍🌈 👩‍👩‍👧",
        "a|b|c",
        "*bold* _it_ [x](y) `c` # h",
        "{brace} [bracket] ; semi",
        "%s {} $x ${y}",
        "e\u{301}",
        "  spaces  ",
        "C:\\new\\table",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    out.push("long ".repeat(2000));
    out.push("x".repeat(10_000));
    out
}

/// A network whose names, sentences, documents and voices are all hostile.
pub(crate) fn hostile_network() -> Network {
    let names = hostile();
    let mut builder = Builder::new(relations());
    for (i, name) in names.iter().enumerate() {
        let mut actor = Actor::new(name, ActorKind::ALL[i % ActorKind::ALL.len()]);
        actor.aliases = vec![name.as_str().into()];
        actor.mentions = i;
        builder.actor(actor);
        builder.document(Source {
            id: format!("{name}.txt").into(),
            title: Some(name.as_str().into()),
            date: "2020-01".parse().ok(),
            publisher: Some(name.as_str().into()),
            words: 1,
            sentences: 1,
        });
    }
    for (i, name) in names.iter().enumerate() {
        let other = &names[(i + 1) % names.len()];
        let sentence = format!("{name} arms {other}");
        for relation in ["arms", "accuses"] {
            let mut s = statement(&format!("{name}.txt"), 3, (name, relation, other), &sentence, 0.7);
            s.attribution = Some(name.as_str().into());
            s.quantity = Some(name.as_str().into());
            assert!(builder.statement(s));
        }
    }
    builder.build()
}
