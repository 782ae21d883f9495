//! The picture that other websites show beside a link to a page.

mod palette;

use typst::utils::Scalar;
use typst_render::RenderOptions;

use super::error::KitError;
use super::layout::lay_out;
use super::world::Desk;

/// What a card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The site's title.
    pub site: String,
    /// The page's question or title.
    pub title: String,
    /// How far its review has come; nothing for a page that has none.
    pub state: String,
    /// What kind of piece it is.
    pub kind: String,
}

impl Card {
    /// The width of the picture in pixels. With its height, the size that the readers of `og:image` ask for.
    pub const WIDTH: u32 = 1200;
    /// The height of the picture in pixels.
    pub const HEIGHT: u32 = 630;
    /// The page of the template is half as wide and high, in points.
    const PIXELS_A_POINT: f64 = 2.0;

    /// Draws the card: a PNG, the same bytes every time.
    ///
    /// # Errors
    ///
    /// [`KitError::Layout`], if the title does not fit even in the smallest letters, or the template is
    /// wrong; [`KitError::Picture`], if the file could not be written.
    pub fn png(&self) -> Result<Vec<u8>, KitError> {
        let document = lay_out(&Desk::with_card(self))?;
        let [page] = document.pages() else {
            return Err(KitError::Layout(
                "a card takes more than one page".to_owned(),
            ));
        };
        let options = RenderOptions {
            pixel_per_pt: Scalar::new(Card::PIXELS_A_POINT),
            ..RenderOptions::default()
        };
        let picture = typst_render::render(page, &options);
        palette::png(picture.width(), picture.height(), picture.data())
    }
}

#[cfg(test)]
mod tests;
