//! What people take along: pages of the book in the form of a file that can be sent or printed.
//!
//! A [`Sheet`] is the checklist as it stands on paper. [`Sheet::print`] lays it out on a [`Paper`];
//! what comes out knows how many pages it has, and becomes a PDF. A [`Card`] is the picture that other
//! websites show beside a link to a page.

mod card;
mod error;
mod fonts;
mod paper;
mod printed;
mod sheet;
mod typography;
mod world;

pub use card::Card;
pub use error::KitError;
pub use paper::Paper;
pub use printed::Printed;
pub use sheet::{Point, Sheet, left_out};
