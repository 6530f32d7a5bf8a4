//! The relations layer.
