//! Suzerain reads political documents and draws who sways whom.
//!
//! Layers, in the order in which data flows; each uses only layers to its left (a test holds this):
//!
//! ```text
//! documents → language → actors → relations → network → analysis → output → cli
//! ```
//!
//! Only [`documents`] reads files; only [`cli`], and [`output`] through a writer it is handed, writes them. The
//! layers between are pure: no file, no clock, no environment, no terminal.

pub mod actors;
pub mod analysis;
pub mod cli;
pub mod documents;
pub mod language;
pub mod network;
pub mod output;
pub mod relations;
