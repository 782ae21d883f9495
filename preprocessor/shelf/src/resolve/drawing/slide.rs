//! A picture for a slide: as wide as the slide, without the words that stand beside it elsewhere, and one
//! state of a network at a time.

use editorial::{Figure, FigureFile, Network, Rows};

use super::svg::{Inks, elements, length};
use super::{Drawing, FACES, Layouts, columns, network};
use crate::resolve::escape::xml;

/// A picture for one slide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::resolve) struct OnSlide {
    /// `before` or `after`, for the states of a network.
    pub(in crate::resolve) when: Option<&'static str>,
    /// The picture as a file of its own.
    pub(in crate::resolve) svg: String,
}

/// The pictures of a figure, one for each slide that it takes; none for a table.
pub(in crate::resolve) fn on_slides(found: &FigureFile) -> Vec<OnSlide> {
    let Some(figure) = &found.figure else {
        return Vec::new();
    };
    let pictures = match &figure.rows {
        Rows::Network(network) => vec![
            (Some("before"), network::before(&turned(network))),
            (Some("after"), network::after(&turned(network))),
        ],
        Rows::Bars { rows, .. } => vec![(None, columns::draw(rows, columns::HEIGHT_ON_SLIDE))],
        _ => Layouts::of(figure)
            .map(|layouts| (None, layouts.wide))
            .into_iter()
            .collect(),
    };
    pictures
        .into_iter()
        .map(|(when, drawing)| OnSlide {
            when,
            svg: file(figure, &drawing),
        })
        .collect()
}

/// The network on its side: a slide is wider than high.
fn turned(network: &Network) -> Network {
    let mut turned = network.clone();
    for machine in &mut turned.machines {
        std::mem::swap(&mut machine.column, &mut machine.row);
    }
    turned
}

fn file(figure: &Figure, drawing: &Drawing) -> String {
    let (width, height) = (length(drawing.width), length(drawing.height));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"{FACES}\" xml:lang=\"en\" role=\"img\">\
         <title>{}</title><desc>{}</desc>\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"></rect>{}</svg>\n",
        xml(&figure.title.value),
        xml(&figure.plain.value),
        elements(&drawing.parts, Inks::Fixed),
    )
}
