//! The files of a map: their columns, their rows, and that they are the same twice.

mod output_support;

use std::collections::BTreeMap;

use output_support::{hostile_network, sample};
use suzerain::network::Network;
use suzerain::output::{MapExtras, write_map};

fn files(network: &Network, extras: &MapExtras) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    write_map(network, extras, &mut |name, bytes| {
        assert!(out.insert(name.to_owned(), bytes.to_vec()).is_none(), "{name} twice");
        Ok(())
    })
    .unwrap();
    if let Ok(folder) = std::env::var("SUZERAIN_TEST_FILES") {
        std::fs::create_dir_all(&folder).unwrap();
        for (name, bytes) in &out {
            std::fs::write(std::path::Path::new(&folder).join(name), bytes).unwrap();
        }
    }
    out
}

fn rows(bytes: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    (header, reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect())
}

#[test]
fn two_runs_give_the_same_bytes() {
    let extras = MapExtras::default();
    assert_eq!(files(&sample(), &extras), files(&sample(), &extras));
}

#[test]
fn tables_have_the_columns_of_the_contract() {
    let network = sample();
    let mut extras = MapExtras::default();
    extras.actors.columns = vec![("degree".to_owned(), vec![0.25; network.graph.node_count()])];
    extras.actors.community = vec![Some(1); network.graph.node_count()];
    let files = files(&network, &extras);
    let (header, actors) = rows(&files["actors.csv"]);
    assert_eq!(header.join(","), "name,kind,aliases,mentions,documents,statements,degree,community,camp");
    assert_eq!(actors.len(), network.graph.node_count());
    assert!(actors.iter().all(|r| r[6] == "0.25" && r[7] == "1" && r[8].is_empty()));
    let (header, edges) = rows(&files["edges.csv"]);
    assert_eq!(
        header.join(","),
        "source,relation,target,sign,weight,confidence,polarity,modality,status,statements,documents,first,last,example"
    );
    assert_eq!(edges.len(), network.graph.edge_count());
    let (header, statements) = rows(&files["statements.csv"]);
    assert_eq!(
        header.join(","),
        "document,begin,stop,source,source_begin,source_stop,relation,target,target_begin,target_stop,polarity,modality,\
         status,attribution,start,end,quantity,rule,confidence,sentence"
    );
    assert_eq!(statements.len(), edges.iter().map(|r| r[9].parse::<usize>().unwrap()).sum::<usize>());
    for row in &statements {
        let (begin, stop): (usize, usize) = (row[1].parse().unwrap(), row[2].parse().unwrap());
        assert_eq!(row[19].chars().count(), stop - begin);
    }
}

#[test]
fn hostile_text_comes_back_equal_from_tables_and_json() {
    let network = hostile_network();
    let files = files(&network, &MapExtras::default());
    let (_, actors) = rows(&files["actors.csv"]);
    let names: Vec<&str> = network.graph.node_weights().map(|a| a.name.as_ref()).collect();
    assert_eq!(actors.iter().map(|r| r[0].as_str()).collect::<Vec<_>>(), names);
    let back = Network::from_json(std::str::from_utf8(&files["network.json"]).unwrap()).unwrap();
    assert_eq!(back.graph.node_weights().map(|a| a.name.as_ref()).collect::<Vec<_>>(), names);
    let (_, statements) = rows(&files["statements.csv"]);
    for row in statements {
        assert_eq!(row[19], format!("{} arms {}", row[3], row[7]));
    }
}
