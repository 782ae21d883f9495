//! The labs of lessons: what students do at a terminal, with our own servers on this machine.
//!
//! [`gather`] makes [`Lesson`]s out of what editors wrote; [`work`] lets a student work on one.

mod fact;
mod folder;
mod input;
mod lesson;
mod look;
mod progress;
mod reading;
mod session;
mod standing;
mod talk;
mod watch;

pub(crate) use lesson::gather;
pub(crate) use session::{Wish, work};
