//! A picture in a page: both layouts, of which the style sheet shows one.

use editorial::{FigureFile, Measure};

use super::svg::{Inks, elements, length};
use super::{Drawing, Layouts, logarithms};
use crate::resolve::escape::html;

/// The picture of a figure on one line of HTML, with a link to its file where `file` leads there.
/// Nothing for a figure that is a table alone.
///
/// It is named and described by the elements `figure-ID-title` and `figure-ID-plain`.
pub(in crate::resolve) fn inline(found: &FigureFile, file: Option<&str>) -> Option<String> {
    let layouts = Layouts::of(found.figure.as_ref()?)?;
    let id = html(&found.id);
    let take = file.map_or(String::new(), |address| {
        format!(
            "<p class=\"take-picture\"><a href=\"{}\" download>Take the picture: SVG</a></p>",
            html(address)
        )
    });
    Some(format!("{}{take}", both(&id, &layouts)))
}

/// The picture of a measure, for the figure with this id; nothing where a table says it better.
pub(in crate::resolve) fn measure(id: &str, measure: &Measure) -> Option<String> {
    Some(both(id, &logarithms::layouts(measure)?))
}

fn both(id: &str, layouts: &Layouts) -> String {
    let wide = element(id, "wide", &layouts.wide);
    let narrow = element(id, "narrow", &layouts.narrow);
    format!("<div class=\"drawing\">{wide}{narrow}</div>")
}

fn element(id: &str, layout: &str, drawing: &Drawing) -> String {
    let (width, height) = (length(drawing.width), length(drawing.height));
    format!(
        "<svg class=\"{layout}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         direction=\"ltr\" role=\"img\" aria-labelledby=\"figure-{id}-title\" \
         aria-describedby=\"figure-{id}-plain\">{}</svg>",
        elements(&drawing.parts, Inks::Classes)
    )
}
