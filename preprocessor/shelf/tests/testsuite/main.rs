//! Fixture books through the real binary.
#![allow(clippy::unwrap_used)]

mod announce;
mod book;
mod build;
mod cage;
mod calendar;
mod check;
mod checklist;
mod claims;
#[cfg(unix)]
mod exercises;
mod faults;
mod feed;
mod figures;
#[cfg(target_os = "linux")]
mod forge;
#[cfg(unix)]
mod hosting;
mod kit;
mod lab;
#[cfg(target_os = "linux")]
mod load;
mod mdbook;
mod new;
mod press;
mod protocol;
#[cfg(target_os = "linux")]
mod publishing;
mod real;
#[cfg(target_os = "linux")]
mod reproduce;
mod samples;
mod serve;
mod supply;
#[cfg(target_os = "linux")]
mod switched;
mod theme;
