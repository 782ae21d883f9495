//! The site while somebody writes: served on this machine alone, made anew after every change, with what
//! the build found beside the open page.
//!
//! A change → [`Watch`] → [`Editions`] makes the next [`Edition`] → the pages that wait are told → they load
//! themselves again, or show the findings. Nothing of the book's own folders is written.

mod address;
mod edition;
mod headers;
mod panel;
mod reload;
mod server;
mod watch;

pub(crate) use edition::{Edition, Editions};
pub(crate) use server::serve;
pub(crate) use watch::Watch;
