//! Edge lists as CSV.

use super::{Collector, ImportError, Row, TIE, parse_sign};
use crate::documents::PartialDate;
use crate::network::{Mix, Network};
use crate::relations::{Modality, Polarity, Relation, Status};

pub(super) fn read(text: &str, relations: &[Relation]) -> Result<Network, ImportError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::None).from_reader(text.as_bytes());
    let head = reader.headers()?.clone();
    let column = |name: &str| head.iter().position(|h| h.trim().eq_ignore_ascii_case(name));
    let source = column("source").ok_or(ImportError::Column("source"))?;
    let target = column("target").ok_or(ImportError::Column("target"))?;
    let [relation, sign, weight, confidence, polarity, modality, status, statements, documents, first, last] =
        ["relation", "sign", "weight", "confidence", "polarity", "modality", "status", "statements", "documents", "first", "last"]
            .map(column);
    let mut collector = Collector::new(relations);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record)? {
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |at: Option<usize>| at.and_then(|i| record.get(i)).unwrap_or("");
        let bad = |column: &'static str, value: &str, expected: &'static str| ImportError::Cell {
            line,
            column,
            value: value.to_owned(),
            expected,
        };
        let number = |at: Option<usize>, name: &'static str| -> Result<Option<f64>, ImportError> {
            match cell(at).trim() {
                "" => Ok(None),
                text => match text.parse::<f64>() {
                    Ok(x) if x.is_finite() => Ok(Some(x)),
                    _ => Err(bad(name, text, "write a number")),
                },
            }
        };
        let count = |at: Option<usize>, name: &'static str| -> Result<usize, ImportError> {
            match cell(at).trim() {
                "" => Ok(0),
                text => text.parse().map_err(|_| bad(name, text, "write a whole number")),
            }
        };
        let date = |at: Option<usize>, name: &'static str| -> Result<Option<PartialDate>, ImportError> {
            match cell(at).trim() {
                "" => Ok(None),
                text => text.parse().map(Some).map_err(|_| bad(name, text, "write YYYY, YYYY-MM or YYYY-MM-DD")),
            }
        };
        let (from, to) = (cell(Some(source)), cell(Some(target)));
        for (name, value) in [("source", from), ("target", to)] {
            if value.is_empty() {
                return Err(bad(name, value, "write the actor's name"));
            }
        }
        // A negative weight is how signed networks are often written.
        let given = number(weight, "weight")?;
        let own_sign = match sign {
            None => given.filter(|w| *w < 0.0).map(|_| -1),
            Some(_) => Some(parse_sign(cell(sign)).ok_or_else(|| bad("sign", cell(sign), "write +, - or 0"))?),
        };
        collector.edge(&Row {
            source: from,
            target: to,
            relation: if cell(relation).is_empty() { TIE } else { cell(relation) },
            directed: true,
            sign: own_sign,
            weight: given.unwrap_or(1.0).abs(),
            confidence: number(confidence, "confidence")?.unwrap_or(1.0),
            polarity: match cell(polarity) {
                "" | "asserted" => Mix::All(Polarity::Asserted),
                "denied" => Mix::All(Polarity::Denied),
                "mixed" => Mix::Mixed,
                other => return Err(bad("polarity", other, "write asserted, denied or mixed")),
            },
            modality: match cell(modality) {
                "" | "actual" => Mix::All(Modality::Actual),
                "other" => Mix::All(Modality::Other),
                "mixed" => Mix::Mixed,
                other => return Err(bad("modality", other, "write actual, other or mixed")),
            },
            status: match cell(status) {
                "" => Mix::All(Status::Unstated),
                "current" => Mix::All(Status::Current),
                "ended" => Mix::All(Status::Ended),
                "mixed" => Mix::Mixed,
                other => return Err(bad("status", other, "write current, ended, mixed or nothing")),
            },
            count: count(statements, "statements")?,
            documents: count(documents, "documents")?,
            first: date(first, "first")?,
            last: date(last, "last")?,
        });
    }
    Ok(collector.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_plain_list_and_our_own() {
        let plain = Network::from_csv("source,target,weight\nB,A,2\nA,\"C, the third\",-0.5\n", &[]).unwrap();
        let names: Vec<&str> = plain.graph.node_weights().map(|a| a.name.as_ref()).collect();
        assert_eq!(names, ["A", "B", "C, the third"]);
        let edges: Vec<(i8, f64)> = plain.graph.edge_weights().map(|e| (e.sign, e.weight)).collect();
        assert_eq!(edges, [(-1, 0.5), (0, 2.0)]);
        let own = "source,relation,target,sign,weight,confidence,polarity,modality,status,statements,documents,first,last,example\n\
                   A,attacks,B,-,0.9,0.95,asserted,actual,ended,3,2,1992,1994-05,\"A attacked B, it says.\"\n";
        let network = Network::from_csv(own, &[crate::network::samples::relation("attacks", -1)]).unwrap();
        let edge = network.graph.edge_weights().next().unwrap();
        assert_eq!((edge.count, edge.documents, edge.sign, edge.status.as_str()), (3, 2, -1, "ended"));
        assert_eq!(network.relation(edge).name, "attacks");
        assert_eq!(edge.last.unwrap().to_string(), "1994-05");
    }

    #[test]
    fn says_where_it_goes_wrong() {
        let error = |text: &str| Network::from_csv(text, &[]).unwrap_err().to_string();
        assert!(error("from,to\nA,B\n").contains("no column `source`"));
        assert!(error("source,target,weight\nA,B,heavy\n").starts_with("line 2, column `weight`: `heavy`"));
        assert!(error("source,target\nA,B\nA,\n").starts_with("line 3, column `target`"));
        assert!(error("source,target,sign\nA,B,x\n").contains("write +, - or 0"));
    }
}
