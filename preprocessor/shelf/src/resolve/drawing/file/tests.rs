use super::*;
use crate::resolve::drawing::inline;

fn texts(shelf: &Shelf) -> Vec<(String, String)> {
    let files = files(shelf).into_iter();
    files
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

/// A book in memory would need a registry; the pictures of this project are the test.
fn this_book() -> Shelf {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    Shelf::read(&root, editorial::Day::new(2026, 11, 22)).unwrap()
}

#[test]
fn every_file_is_xml_that_needs_nothing_else() {
    let files = texts(&this_book());
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    let wanted = ["exposure-counts", "imaging-network", "timeline"];
    assert_eq!(paths, wanted.map(address));
    for (path, text) in &files {
        let file = roxmltree::Document::parse(text).unwrap();
        for element in file.descendants().filter(|node| node.is_element()) {
            let name = element.tag_name().name();
            let known = [
                "svg", "title", "desc", "rect", "line", "polygon", "circle", "text", "tspan", "g",
            ];
            assert!(known.contains(&name), "{path}: {name}");
            for attribute in element.attributes() {
                let strange = ["class", "style", "href", "src"].contains(&attribute.name());
                assert!(
                    !strange && !attribute.value().contains("url("),
                    "{path}: {attribute:?}"
                );
            }
        }
        let words: String = file.descendants().filter_map(|node| node.text()).collect();
        assert!(words.contains("Sources: "), "{path}");
        assert_eq!(text.matches("<title").count(), 1, "{path}");
    }
}

#[test]
fn what_stands_in_a_file_stands_in_the_sheet() {
    for (path, text) in texts(&this_book()) {
        let file = roxmltree::Document::parse(&text).unwrap();
        let number = |node: roxmltree::Node<'_, '_>, name| -> f64 {
            node.attribute(name)
                .map_or(0.0, |text| text.parse().unwrap())
        };
        let (width, height) = (
            number(file.root_element(), "width"),
            number(file.root_element(), "height"),
        );
        for node in file.descendants().filter(|node| node.has_tag_name("text")) {
            let (x, y) = (number(node, "x"), number(node, "y"));
            assert!(
                (0.0..width).contains(&x) && (0.0..height).contains(&y),
                "{path}: {node:?}"
            );
        }
    }
}

#[test]
fn a_page_has_two_layouts_in_which_nothing_is_fixed() {
    for found in &this_book().figures {
        let is_drawn = !matches!(found.figure.as_ref().unwrap().rows, Rows::Table { .. });
        let picture = inline(found, Some("../figures/a.svg"));
        assert_eq!(picture.is_some(), is_drawn, "{}", found.id);
        let Some(picture) = picture else { continue };
        assert_eq!(picture.matches("<svg ").count(), 2, "{picture}");
        let named = "role=\"img\" aria-labelledby=\"figure-";
        assert_eq!(picture.matches(named).count(), 2, "{picture}");
        assert!(
            picture.contains("Take the picture") && !picture.contains('\n'),
            "{picture}"
        );
        for fixed in ["fill=\"#", "stroke=\"#", "style="] {
            assert!(!picture.contains(fixed), "{fixed}: {picture}");
        }
    }
}
