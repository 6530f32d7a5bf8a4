//! The analysis layer.
