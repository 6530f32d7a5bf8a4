//! The output layer.
