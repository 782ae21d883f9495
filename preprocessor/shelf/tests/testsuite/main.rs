//! Fixture books through the real binary.
#![allow(clippy::unwrap_used)]

mod book;
mod build;
mod cage;
mod check;
mod checklist;
mod claims;
mod figures;
mod lab;
mod new;
mod protocol;
mod real;
mod samples;
