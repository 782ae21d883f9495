//! Fixture books through the real binary.
#![allow(clippy::unwrap_used)]

mod book;
mod build;
mod check;
mod protocol;
mod samples;
