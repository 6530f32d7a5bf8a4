//! Output: one file per format, each writing to a sink that it is handed; text reaches a format only through its escaper.
//! Nothing here knows the clock: the same network gives the same bytes.

pub mod actors_csv;
pub mod dot;
pub mod edges_csv;
pub mod escape;
mod format;
pub mod layout;
mod legend;
mod map;
pub mod picture;
mod route;
pub mod scene;
pub mod statements_csv;
pub mod style;
pub mod svg;
pub mod table;
pub mod typeset;
pub mod view;

pub use actors_csv::ActorTable;
pub use format::Format;
pub use map::{MapExtras, write_map};
pub use picture::{Picture, PictureOptions, draw};
pub use table::Cells;
pub use view::Choice;
