//! `suzerain draw`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use petgraph::graph::{EdgeIndex, NodeIndex};

use super::exit::{Exit, Failure, Outcome};
use super::export::format_of;
use super::page;
use super::save::save;
use super::select::{Ask, pick};
use crate::actors::ActorKind;
use crate::analysis::paths::k_strongest;
use crate::analysis::{Flow, MEASURES, Views, measure};
use crate::network::Network;
use crate::output::layout::Arrangement;
use crate::output::{ActorTable, Choice, Format, MapExtras, PictureOptions, TimelineOptions, dot, draw, write};

/// A picture of the network or of a part of it: SVG, PNG, PDF or DOT.
///
/// Shapes and colours tell the kinds, blue lines cooperation, dashed orange ones conflict; a line bundles all relations
/// between two actors. Of a large network the strongest part is shown unless --top says more. Nothing needs to be
/// installed; --engine lays out with Graphviz instead, where that is.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  suzerain draw -o network.pdf --top 25 --title \"The South Caucasus\"
  suzerain draw -o armenia.png --around Armenia --hops 1
  suzerain draw -o gas.svg --path Israel Armenia
  suzerain draw -o when.svg --timeline --around Azerbaijan")]
pub(super) struct Args {
    /// The file to write: .svg, .png, .pdf, .dot [default: SVG on standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// svg, png, pdf or dot, whatever the file's name
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,
    /// At most so many actors, the strongest; 0 for all [default: 40]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Every tie between the actors shown, not the strongest only
    #[arg(long)]
    all_ties: bool,
    /// Only this actor and those near it
    #[arg(long, value_name = "ACTOR")]
    around: Vec<String>,
    /// How near: so many steps
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    hops: usize,
    /// Only the strongest paths of influence from one actor to another
    #[arg(long, value_names = ["FROM", "TO"], num_args = 2, conflicts_with = "around")]
    path: Vec<String>,
    /// How many paths
    #[arg(short, default_value_t = 3, value_name = "N", requires = "path")]
    k: usize,
    /// Only actors of these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kind: Vec<String>,
    /// stress, circle or layers (rows by kind)
    #[arg(long, value_name = "LAYOUT", default_value = "stress")]
    layout: String,
    /// Rims show the two camps that friend and foe divide the actors into; circle and layers keep them together
    #[arg(long)]
    camps: bool,
    /// Size of names by this measure
    #[arg(long, value_name = "MEASURE")]
    size: Option<String>,
    /// Lay out with Graphviz: dot, neato or sfdp
    #[arg(long, value_name = "ENGINE", value_parser = ["dot", "neato", "sfdp", "fdp", "circo", "twopi"])]
    engine: Option<String>,
    /// Relations over time instead of a network (of --around's actor, or between two of them)
    #[arg(long, conflicts_with_all = ["engine", "path"])]
    timeline: bool,
    /// The heading
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// For dark screens
    #[arg(long)]
    dark: bool,
    /// No words on the lines
    #[arg(long)]
    bare: bool,
    /// Pixels to a unit in PNG
    #[arg(long, value_name = "N", default_value_t = 2.0)]
    scale: f64,
    /// Only what is asserted as fact and not over
    #[arg(long)]
    firm: bool,
    #[command(flatten)]
    ask: Ask,
}

pub(super) fn run(args: Args) -> Outcome {
    let format = if args.format.is_none() && args.output.is_none() {
        Format::Svg
    } else {
        format_of(args.format.as_deref(), args.output.as_deref())?
    };
    if !matches!(format, Format::Svg | Format::Png | Format::Pdf | Format::Dot | Format::Timeline) {
        return Err(Failure::new(format_args!(
            "`{}` is no picture; draw writes svg, png, pdf and dot, `suzerain export` the others",
            format.name()
        )));
    }
    if !(0.1..=20.0).contains(&args.scale) {
        return Err(Failure::new(format_args!("--scale {}: write a number from 0.1 to 20", args.scale)));
    }
    let network = if args.firm { args.ask.load()? } else { args.ask.load_everything()? };
    let mut bytes = Vec::new();
    let failed = |e: std::io::Error| Failure::writing("the picture", &e);
    if args.timeline || format == Format::Timeline {
        let actors = args.around.iter().map(|a| pick(&network, a)).collect::<Result<_, _>>()?;
        let timeline = TimelineOptions { actors, top: args.top, title: args.title, dark: args.dark };
        let scene = crate::output::timeline::draw(&network, &timeline);
        match format {
            Format::Png => crate::output::png::write(&scene, args.scale, &mut bytes).map_err(failed)?,
            Format::Pdf => crate::output::pdf::write(&scene, &mut bytes).map_err(failed)?,
            Format::Dot => return Err(Failure::new("a timeline is no graph; write it as svg, png or pdf")),
            _ => crate::output::svg::write(&scene, &mut bytes).map_err(failed)?,
        }
    } else {
        let options = options(&network, &args)?;
        if let Some(engine) = &args.engine {
            bytes = graphviz(&network, &options, engine, format)?;
        } else if format == Format::Dot {
            let picture = draw(&network, &options);
            dot::write(&network, &options, dot::Ties::Bundled, Some(&picture), &mut bytes).map_err(failed)?;
        } else {
            let extras = MapExtras { picture: options, scale: args.scale, ..MapExtras::default() };
            write(format, &network, &extras, &mut bytes).map_err(failed)?;
        }
    }
    save(args.output.as_deref(), &bytes, format.is_binary())?;
    if let Some(file) = &args.output {
        page::note(&format!("Wrote {}.", file.display()));
    }
    Ok(Exit::Done)
}

fn options(network: &Network, args: &Args) -> Result<PictureOptions, Failure> {
    let arrangement = Arrangement::parse(&args.layout).ok_or_else(|| {
        let names = Arrangement::ALL.map(Arrangement::as_str).join(", ");
        Failure::new(format_args!("no layout `{}`; layouts are {names}", args.layout))
    })?;
    let mut choice = Choice { top: args.top, all_links: args.all_ties, ..Choice::default() };
    if let [from, to] = args.path.as_slice() {
        let edges = along(network, from, to, args.k)?;
        let ends = edges.iter().filter_map(|e| network.graph.edge_endpoints(*e));
        choice.actors = Some(ends.flat_map(|(a, b)| [a, b]).collect());
        choice.edges = Some(edges);
        choice.all_links = true;
    }
    if !args.around.is_empty() {
        let centre: BTreeSet<NodeIndex> = args.around.iter().map(|a| pick(network, a)).collect::<Result<_, _>>()?;
        choice.actors = Some(near(network, &centre, args.hops));
        choice.keep = centre;
    }
    if !args.kind.is_empty() {
        let mut kinds = Vec::new();
        for text in &args.kind {
            let names = || ActorKind::ALL.map(ActorKind::as_str).join(", ");
            kinds.push(ActorKind::parse(text).ok_or_else(|| Failure::new(format_args!("no kind `{text}`; kinds are {}", names())))?);
        }
        let of_kind = network.graph.node_indices().filter(|n| kinds.contains(&network.graph[*n].kind));
        let of_kind: BTreeSet<NodeIndex> = of_kind.filter(|n| choice.actors.as_ref().is_none_or(|own| own.contains(n))).collect();
        choice.actors = Some(of_kind);
    }
    let sizes = match &args.size {
        None => Vec::new(),
        Some(name) => {
            let names = || MEASURES.iter().map(|m| m.name).collect::<Vec<_>>().join(", ");
            let measure = measure(name).ok_or_else(|| Failure::new(format_args!("no measure `{name}`; measures are {}", names())))?;
            measure.compute(&Views::new(network))
        }
    };
    Ok(PictureOptions {
        choice,
        arrangement,
        sizes,
        size_name: args.size.clone(),
        groups: if args.camps { ActorTable::measured(network).camp } else { Vec::new() },
        group_name: args.camps.then(|| "camp".to_owned()),
        title: args.title.clone(),
        dark: args.dark,
        bare: args.bare,
    })
}

/// The edges of the strongest paths.
fn along(network: &Network, from: &str, to: &str, k: usize) -> Result<BTreeSet<EdgeIndex>, Failure> {
    let (a, b) = (pick(network, from)?, pick(network, to)?);
    let paths = k_strongest(&Flow::new(network), a.index() as u32, b.index() as u32, k.max(1));
    if paths.is_empty() {
        let name = |n: NodeIndex| &network.graph[n].name;
        return Err(Failure::nothing(format_args!("no path of influence from {} to {} here", name(a), name(b))));
    }
    Ok(paths.iter().flat_map(|p| p.steps.iter().map(|s| s.edge)).collect())
}

/// Actors at most so many steps away.
fn near(network: &Network, centre: &BTreeSet<NodeIndex>, hops: usize) -> BTreeSet<NodeIndex> {
    let mut found = centre.clone();
    let mut rim = centre.clone();
    for _ in 0..hops {
        let next: BTreeSet<NodeIndex> =
            rim.iter().flat_map(|n| network.graph.neighbors_undirected(*n)).filter(|n| !found.contains(n)).collect();
        if next.is_empty() {
            break;
        }
        found.extend(&next);
        rim = next;
    }
    found
}

/// Has Graphviz lay out and draw.
fn graphviz(network: &Network, options: &PictureOptions, engine: &str, format: Format) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    dot::write(network, options, dot::Ties::Bundled, None, &mut text).map_err(|e| Failure::writing("DOT", &e))?;
    let missing = |e: &dyn std::fmt::Display| {
        Failure::new(format_args!(
            "--engine {engine} needs Graphviz (https://graphviz.org), and `dot` did not run: {e}; without --engine nothing is needed"
        ))
    };
    let kind = match format {
        Format::Dot => "dot",
        _ => format.extension(),
    };
    let mut child = Command::new("dot")
        .args([format!("-K{engine}"), format!("-T{kind}")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|e| missing(&e))?;
    let mut pipe = child.stdin.take().ok_or_else(|| missing(&"it takes no input"))?;
    // Fed from a thread, so that neither waits for the other with a full pipe.
    let feed = std::thread::spawn(move || pipe.write_all(&text));
    let out = child.wait_with_output().map_err(|e| missing(&e))?;
    let _ = feed.join();
    if !out.status.success() {
        return Err(missing(&out.status));
    }
    Ok(out.stdout)
}
