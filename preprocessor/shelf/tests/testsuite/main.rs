//! Fixture books through the real binary.
#![allow(clippy::unwrap_used)]

mod announce;
mod book;
mod build;
mod cage;
mod check;
mod checklist;
mod claims;
mod feed;
mod figures;
#[cfg(unix)]
mod hosting;
mod kit;
mod lab;
mod mdbook;
mod new;
mod press;
mod protocol;
mod real;
mod samples;
mod serve;
mod theme;
