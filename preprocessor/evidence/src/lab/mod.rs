//! The embedded servers of a scene.

mod access;
mod archive;
mod association;
mod stage;

pub use stage::{Stage, StageError};
pub(crate) use stage::{acceptor, serve};
