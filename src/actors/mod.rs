//! The actors layer.
