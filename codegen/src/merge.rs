//! Merges facts into a reviewed file.
