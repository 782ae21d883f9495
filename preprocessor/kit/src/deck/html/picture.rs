//! A picture inside the page: its letters are then those of the slides, and its words can be found.
//!
//! Of the file, only shapes, letters and how they look are taken over, so that nothing in it can act, load
//! or share an id with another part of the page.

use roxmltree::{Document, Node};

use crate::deck::Picture;
use crate::markup::escaped;

/// The elements of SVG that are taken over, as they are written.
const SHAPES: [&str; 11] = [
    "g", "rect", "line", "polyline", "polygon", "circle", "ellipse", "path", "text", "tspan", "a",
];
/// The attributes that are taken over: places, sizes and looks.
const LOOKS: [&str; 32] = [
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "width",
    "height",
    "points",
    "d",
    "transform",
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
];

/// The picture with its alternative text. What is no picture leaves its words alone.
pub(super) fn inline(picture: &Picture) -> String {
    let says = escaped(&picture.says);
    match drawing(&picture.svg) {
        Some((view, shapes)) => format!(
            "<figure class=\"picture\">\n<svg role=\"img\" aria-label=\"{says}\" viewBox=\"{view}\">{shapes}</svg>\n</figure>\n"
        ),
        None => format!("<p>{says}</p>\n"),
    }
}

/// What part of the plane it shows, and its shapes.
fn drawing(svg: &str) -> Option<(String, String)> {
    let document = Document::parse(svg).ok()?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return None;
    }
    let view = match root.attribute("viewBox") {
        Some(view) => view.to_owned(),
        None => format!(
            "0 0 {} {}",
            root.attribute("width")?,
            root.attribute("height")?
        ),
    };
    let mut shapes = String::new();
    for child in root.children() {
        write(child, &mut shapes);
    }
    (!shapes.trim().is_empty()).then(|| (escaped(&view), shapes))
}

fn write(node: Node<'_, '_>, shapes: &mut String) {
    if node.is_text() {
        let words = node.text().unwrap_or_default();
        if node
            .parent()
            .is_some_and(|parent| matches!(parent.tag_name().name(), "text" | "tspan"))
        {
            shapes.push_str(&escaped(words));
        }
        return;
    }
    let Some(name) = SHAPES
        .into_iter()
        .find(|name| *name == node.tag_name().name())
    else {
        return;
    };
    // A link in a picture is its words alone.
    let name = if name == "a" { "g" } else { name };
    shapes.push_str(&format!("<{name}"));
    for attribute in node.attributes() {
        let is_taken = LOOKS.contains(&attribute.name()) && attribute.namespace().is_none();
        if is_taken && !attribute.value().contains("url(") {
            shapes.push_str(&format!(
                " {}=\"{}\"",
                attribute.name(),
                escaped(attribute.value())
            ));
        }
    }
    shapes.push('>');
    for child in node.children() {
        write(child, shapes);
    }
    shapes.push_str(&format!("</{name}>"));
}
