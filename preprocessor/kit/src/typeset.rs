//! Files that a typesetter makes: sheets, pieces and slides as PDF, cards as pictures.

mod card;
mod deck;
mod error;
mod fonts;
mod layout;
mod pdf;
mod printed;
mod words;
mod world;

pub use card::Card;
pub use deck::{Overflow, SlidesPdf, TooMuch, notes_pdf, slides_fit, slides_pdf};
pub use error::KitError;
pub use pdf::{Pdf, pdf};
pub use printed::Printed;
