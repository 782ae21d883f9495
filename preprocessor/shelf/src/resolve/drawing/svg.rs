//! Shapes as SVG. Text is made inert on the way out, as in every page.

use editorial::with_quotes;

use super::{Anchor, Dashes, Paint, Part, Point};
use crate::resolve::escape::{prose, xml};

/// How colours are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inks {
    /// By classes, for the style sheet of a page.
    Classes,
    /// By attributes, for a file that stands alone on white.
    Fixed,
}

/// The parts as SVG elements on one line.
pub(super) fn elements(parts: &[Part], inks: Inks) -> String {
    parts.iter().map(|part| element(part, inks)).collect()
}

/// A length with at most one decimal.
pub(super) fn length(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

fn element(part: &Part, inks: Inks) -> String {
    match part {
        Part::Rect {
            at,
            width,
            height,
            round,
            fill,
            edge,
        } => {
            let corners = if *round > 0.0 {
                format!(" rx=\"{}\"", length(*round))
            } else {
                String::new()
            };
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{corners}{}></rect>",
                length(at.x),
                length(at.y),
                length(*width),
                length(*height),
                outlined(*fill, *edge, inks)
            )
        }
        Part::Line {
            from,
            to,
            paint,
            width,
            dashes,
        } => {
            let dashes = match dashes {
                Dashes::None => "",
                Dashes::Long => " stroke-dasharray=\"8 5\"",
                Dashes::Dots => " stroke-dasharray=\"2 4\"",
            };
            format!(
                "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke-width=\"{}\"{dashes}{}></line>",
                length(from.x),
                length(from.y),
                length(to.x),
                length(to.y),
                length(*width),
                colours(None, Some(*paint), inks)
            )
        }
        Part::Polygon { points, fill } => {
            let place = |point: &Point| format!("{},{}", length(point.x), length(point.y));
            let points: Vec<String> = points.iter().map(place).collect();
            let colours = colours(Some(*fill), None, inks);
            format!(
                "<polygon points=\"{}\"{colours}></polygon>",
                points.join(" ")
            )
        }
        Part::Circle {
            at,
            radius,
            fill,
            edge,
        } => format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}></circle>",
            length(at.x),
            length(at.y),
            length(*radius),
            outlined(*fill, *edge, inks)
        ),
        Part::Text {
            at,
            anchor,
            size,
            bold,
            fill,
            text,
            aside,
        } => {
            let weight = if *bold { " font-weight=\"600\"" } else { "" };
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let aside = match aside.as_str() {
                "" => String::new(),
                aside => format!(
                    "<tspan dx=\"8\" font-weight=\"400\"{}>{}</tspan>",
                    colours(Some(Paint::Soft), None, inks),
                    inert(aside, inks)
                ),
            };
            format!(
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor}{}>{}{aside}</text>",
                length(at.x),
                length(at.y),
                length(*size),
                colours(Some(*fill), None, inks),
                inert(text, inks)
            )
        }
    }
}

/// Text that is seen and nothing else, with the quotation marks of a printer. A page is still to pass through Markdown.
fn inert(text: &str, inks: Inks) -> String {
    match inks {
        Inks::Classes => prose(text),
        Inks::Fixed => xml(&with_quotes(text)),
    }
}

fn outlined(fill: Paint, edge: Option<(Paint, f64)>, inks: Inks) -> String {
    let width = edge.map_or(String::new(), |(_, width)| {
        format!(" stroke-width=\"{}\"", length(width))
    });
    let colours = colours(Some(fill), edge.map(|(paint, _)| paint), inks);
    format!("{width}{colours}")
}

fn colours(fill: Option<Paint>, stroke: Option<Paint>, inks: Inks) -> String {
    match inks {
        Inks::Classes => {
            let fill = fill.map(|paint| format!("f-{}", paint.name()));
            let stroke = stroke.map(|paint| format!("s-{}", paint.name()));
            let names: Vec<String> = fill.into_iter().chain(stroke).collect();
            format!(" class=\"{}\"", names.join(" "))
        }
        Inks::Fixed => {
            let fill = fill.map(|paint| format!(" fill=\"{}\"", paint.on_white()));
            let stroke = stroke.map(|paint| format!(" stroke=\"{}\"", paint.on_white()));
            fill.into_iter().chain(stroke).collect()
        }
    }
}

impl Paint {
    /// The end of its classes in `theme/css/chart/picture.css`.
    fn name(self) -> &'static str {
        match self {
            Paint::Paper => "paper",
            Paint::Raised => "raised",
            Paint::Ink => "ink",
            Paint::Soft => "soft",
            Paint::Grid => "grid",
            Paint::Edge => "edge",
            Paint::Whole => "whole",
            Paint::Part => "part",
            Paint::Good => "good",
            Paint::Warn => "warn",
            Paint::Bad => "bad",
        }
    }

    /// The light palette of `theme/css/palette.css`.
    fn on_white(self) -> &'static str {
        match self {
            Paint::Paper => "#ffffff",
            Paint::Raised => "#f3f6f9",
            Paint::Ink => "#16191d",
            Paint::Soft => "#46505a",
            Paint::Grid => "#d5dce3",
            Paint::Edge => "#6f7b88",
            Paint::Whole => "#5b8cbf",
            Paint::Part => "#123f70",
            Paint::Good => "#1b7a43",
            Paint::Warn => "#8f5500",
            Paint::Bad => "#b3261e",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_become_an_element() {
        let part = Part::Text {
            at: Point::new(1.0, 2.25),
            anchor: Anchor::Middle,
            size: 13.0,
            bold: true,
            fill: Paint::Ink,
            text: "a</text><script>\n\n# b".to_owned(),
            aside: String::new(),
        };
        let wanted = "<text x=\"1\" y=\"2.2\" font-size=\"13\" font-weight=\"600\" \
                      text-anchor=\"middle\" class=\"f-ink\">a&#60;/text&#62;&#60;script&#62; &#35; b</text>";
        let written = element(&part, Inks::Classes).replace("&#32;", " ");
        assert_eq!(written.replace("&#47;", "/"), wanted);
    }

    #[test]
    fn a_file_names_colours_and_a_page_names_classes() {
        let part = Part::Circle {
            at: Point::new(0.0, -0.04),
            radius: 3.5,
            fill: Paint::Paper,
            edge: Some((Paint::Bad, 1.5)),
        };
        for (inks, wanted) in [
            (Inks::Classes, " class=\"f-paper s-bad\""),
            (Inks::Fixed, " fill=\"#ffffff\" stroke=\"#b3261e\""),
        ] {
            let wanted = format!(
                "<circle cx=\"0\" cy=\"0\" r=\"3.5\" stroke-width=\"1.5\"{wanted}></circle>"
            );
            assert_eq!(element(&part, inks), wanted);
        }
    }
}
