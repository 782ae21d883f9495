//! Files that a typesetter makes: sheets and pieces as PDF, cards as pictures.

mod card;
mod error;
mod fonts;
mod layout;
mod pdf;
mod printed;
mod world;

pub use card::Card;
pub use error::KitError;
pub use pdf::{Pdf, pdf};
pub use printed::Printed;
