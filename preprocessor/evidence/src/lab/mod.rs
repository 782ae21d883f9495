//! The embedded servers of a scene.

mod access;
mod archive;
mod association;
mod ground;
mod stage;
mod web;

#[cfg(any(fuzzing, test))]
pub(crate) use association::serve as serve_association;
pub use ground::Ground;
pub use stage::{Stage, StageError};
pub(crate) use stage::{acceptor, serve};
#[cfg(any(fuzzing, test))]
pub(crate) use web::heard;
pub(crate) use web::{AccessLog, MEDIA_TYPE, PATH, serve as serve_web};
