//! What does not fit on its slide: measured on the pages as they were laid out, and not guessed from words.

use std::fmt;

use roxmltree::Document;
use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::deck::{Deck, Picture};

/// Something that does not fit on its slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Overflow {
    /// The id of the slide.
    pub slide: String,
    /// What it is.
    pub what: TooMuch,
}

/// What does not fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TooMuch {
    /// It goes on on further pages, so many together.
    Pages(usize),
    /// Something reaches beyond the margins.
    Wide,
    /// So little room is left for the picture that its smallest letters have so many pixels on a slide of
    /// 1280 by 720.
    SmallPicture(f64),
    /// The file of the picture could not be read.
    NoPicture,
}

impl fmt::Display for TooMuch {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TooMuch::Pages(pages) => write!(to, "the slide takes {pages} pages"),
            TooMuch::Wide => write!(to, "something on the slide is wider than the slide"),
            TooMuch::SmallPicture(pixels) => write!(
                to,
                "what stands above the picture leaves it so little room that its letters are {pixels:.0} \
                 pixels high, and 24 are the least"
            ),
            TooMuch::NoPicture => write!(to, "the picture of the slide cannot be read"),
        }
    }
}

/// How far from the edges of a page letters have to stay, in points. The margins of `slide.typ` are wider.
const EDGE: f64 = 12.0;
/// Points in a pixel: a page of 960 points shows 1280 pixels.
const POINTS: f64 = 0.75;
/// The smallest letters of a slide, in pixels of 1280 by 720.
const SMALLEST: f64 = 24.0;
/// What rounding may take from a letter, in pixels.
const ROUNDING: f64 = 0.1;

/// What a drawing says of itself, in its own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Drawn {
    /// Its width.
    pub(super) width: f64,
    /// Its height.
    pub(super) height: f64,
    /// The size of its smallest letters; nothing where it has none.
    pub(super) smallest: Option<f64>,
}

impl Drawn {
    /// Reads the sizes of a drawing; nothing, if it is none.
    pub(super) fn read(svg: &str) -> Option<Drawn> {
        let document = Document::parse(svg).ok()?;
        let root = document.root_element();
        let length = |name: &str| {
            let value: f64 = root.attribute(name)?.parse().ok()?;
            (value.is_finite() && value > 0.0).then_some(value)
        };
        let has_letters =
            |node: &roxmltree::Node<'_, '_>| matches!(node.tag_name().name(), "text" | "tspan");
        let sizes = document.descendants().filter(has_letters);
        let sizes = sizes.filter_map(|node| {
            let mut above = node.ancestors();
            above.find_map(|node| node.attribute("font-size")?.parse::<f64>().ok())
        });
        Some(Drawn {
            width: length("width").filter(|_| root.tag_name().name() == "svg")?,
            height: length("height")?,
            smallest: sizes.reduce(f64::min),
        })
    }
}

/// What a slide takes.
#[derive(Default)]
struct Taken {
    pages: usize,
    is_wide: bool,
    /// The width of its picture, in points.
    picture: Option<f64>,
}

/// What does not fit, in the order of the slides.
pub(super) fn overflows(deck: &Deck, pages: &PagedDocument) -> Vec<Overflow> {
    let taken = taken(deck.slides.len(), pages);
    let mut found = Vec::new();
    for (slide, taken) in deck.slides.iter().zip(taken) {
        let pages = (taken.pages > 1).then_some(TooMuch::Pages(taken.pages));
        let wide = taken.is_wide.then_some(TooMuch::Wide);
        let picture = slide.picture.as_ref();
        let picture = picture.and_then(|picture| self::picture(picture, taken.picture));
        let all = [pages, wide, picture].into_iter().flatten();
        found.extend(all.map(|what| Overflow {
            slide: slide.id.clone(),
            what,
        }));
    }
    found
}

/// What is wrong with a picture that has become so many points wide.
fn picture(picture: &Picture, width: Option<f64>) -> Option<TooMuch> {
    let (Some(drawn), Some(width)) = (Drawn::read(&picture.svg), width) else {
        return Some(TooMuch::NoPicture);
    };
    let pixels = drawn.smallest? * width / drawn.width / POINTS;
    (pixels < SMALLEST - ROUNDING).then_some(TooMuch::SmallPicture(pixels))
}

fn taken(slides: usize, pages: &PagedDocument) -> Vec<Taken> {
    let mut all: Vec<Taken> = (0..slides).map(|_| Taken::default()).collect();
    let mut now = None;
    for page in pages.pages() {
        let mut look = Look::default();
        look.at(&page.frame, Point::zero(), page.frame.width().to_pt());
        now = look.begins.or(now);
        if let Some(taken) = now.and_then(|index| all.get_mut(index)) {
            taken.pages += 1;
            taken.is_wide |= look.is_wide;
            taken.picture = taken.picture.or(look.picture);
        }
    }
    all
}

/// What stands on a page.
#[derive(Default)]
struct Look {
    /// The slide that begins here.
    begins: Option<usize>,
    is_wide: bool,
    picture: Option<f64>,
}

impl Look {
    fn at(&mut self, frame: &Frame, from: Point, width: f64) {
        for (position, item) in frame.items() {
            let at = from + *position;
            match item {
                FrameItem::Group(group) => {
                    let moved = Point::new(group.transform.tx, group.transform.ty);
                    self.at(&group.frame, at + moved, width);
                }
                FrameItem::Text(run) => self.reaches(at.x, run.width(), width),
                FrameItem::Image(_, size, _) => {
                    self.picture = Some(size.x.to_pt());
                    self.reaches(at.x, size.x, width);
                }
                FrameItem::Tag(Tag::Start(content, _)) => {
                    let value = content
                        .to_packed::<MetadataElem>()
                        .map(|found| &found.value);
                    if let Some(Value::Int(index)) = value {
                        self.begins = usize::try_from(*index).ok();
                    }
                }
                FrameItem::Shape(..) | FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
    }

    fn reaches(&mut self, left: Abs, length: Abs, width: f64) {
        let (left, right) = (left.to_pt(), (left + length).to_pt());
        self.is_wide |= left < EDGE - 0.5 || right > width - EDGE + 0.5;
    }
}
