//! Output: one file per format, each writing to a sink that it is handed; text reaches a format only through its escaper.
//! Nothing here knows the clock: the same network gives the same bytes.

pub mod actors_csv;
pub mod cypher;
pub mod dot;
pub mod edges_csv;
pub mod escape;
pub mod events;
mod format;
pub mod gexf;
pub mod graphml;
pub mod jsonld;
pub mod layout;
mod legend;
mod map;
pub mod matrix;
pub mod mermaid;
pub mod nodelink;
pub mod page;
pub mod pajek;
pub mod pdf;
pub mod picture;
pub mod png;
pub mod report;
mod route;
pub mod scene;
pub mod statements_csv;
pub mod style;
pub mod svg;
pub mod table;
pub mod timeline;
pub mod typeset;
pub mod view;
pub mod xlsx;

pub use actors_csv::ActorTable;
pub use format::Format;
pub use map::{MapExtras, write, write_map};
pub use picture::{Picture, PictureOptions, draw};
pub use report::Skipped;
pub use table::Cells;
pub use timeline::TimelineOptions;
pub use view::Choice;
