//! A printed sheet fits, says its words to the letter, and can be read by everybody.
#![allow(clippy::unwrap_used)]

use editorial::{Milestone, Tag};
use typst::layout::{Abs, FrameItem};
use typst::text::TextItem;
use typst::visualize::{Color, Paint};

use super::*;
use crate::Point;
use crate::typeset::layout::visit;

/// Everything that means something to the typesetter, and then some.
pub(in crate::typeset) const HOSTILE: [&str; 20] = [
    "#panic(1)",
    "#set page(height: 5cm)",
    "\"]; #set page(columns: 2); #[\"",
    "\\\"); panic(\\\"",
    "#read(\"/etc/passwd\") #include \"x.typ\" #import \"@preview/x:1.0.0\"",
    "#pagebreak() #v(100cm) #counter(page).update(7)",
    "$x^2$ $ sum $",
    "= A heading",
    "- item + item / term: item",
    "*bold* _slanted_ `code` ```raw```",
    "<label> @reference",
    "https://evil.example/",
    "// a comment /* another */",
    "~ -- --- -? \\ \\u{41}",
    "#{while true {}}",
    "{{#include secret.txt}}",
    "[a](b) [[[ ]]] ((( ))) {{{ }}}",
    "%PDF-1.7 endstream endobj (x) Tj",
    "<script>alert(1)</script> &lt; &amp;",
    "a  b\tc\n\n\nd",
];

fn point(task: &str) -> Point {
    Point {
        task: task.to_owned(),
        why: "You cannot guard what nobody has written down.".to_owned(),
        tag: Tag::DicomWithMita,
        milestone: Milestone::new(2).unwrap(),
        answer: "How can I tell if my system is exposed?".to_owned(),
    }
}

fn sheet(points: usize) -> Sheet {
    Sheet {
        book: "A book".to_owned(),
        title: "What to do".to_owned(),
        lead: vec!["Work from the top.".to_owned()],
        status: "Draft: nobody but its writers has reviewed this page.".to_owned(),
        is_draft: true,
        checked: Day::new(2026, 11, 22),
        cites: true,
        points: vec![point("List every device, and who answers for it."); points],
    }
}

/// Every run of text, in the order in which it is drawn.
fn runs(printed: &Printed) -> Vec<TextItem> {
    let mut runs = Vec::new();
    for page in printed.document.pages() {
        visit(&page.frame, &mut |item| {
            if let FrameItem::Text(run) = item {
                runs.push(run.clone());
            }
        });
    }
    runs
}

/// What stands on the sheet, without the spaces at which its lines are broken.
fn letters(printed: &Printed) -> String {
    let text: String = runs(printed).iter().map(|run| run.text.as_str()).collect();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn contains(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len())
        .any(|part| part == needle.as_bytes())
}

#[test]
fn ten_tasks_fit_on_a_page_and_thirty_do_not() {
    for paper in Paper::ALL {
        assert_eq!(sheet(10).print(paper).unwrap().pages(), 1, "{paper:?}");
        assert!(sheet(30).print(paper).unwrap().pages() > 1, "{paper:?}");
    }
    assert_eq!(sheet(0).print(Paper::A4).unwrap().pages(), 1);
}

#[test]
fn everything_that_belongs_on_the_sheet_is_there() {
    let printed = letters(&sheet(2).print(Paper::A4).unwrap());
    for wanted in [
        "What to do",
        "Work from the top.",
        "Draft: nobody but its writers has reviewed this page.",
        "Compared with its sources on 22 November 2026.",
        "List every device, and who answers for it.",
        "You cannot guard what nobody has written down.",
        "DICOM with MITA",
        "Milestone 2",
        "“How can I tell if my system is exposed?”",
        "What the tags mean",
        "2 Map your network",
        "8 Document your network.",
    ] {
        let wanted: String = wanted.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(printed.contains(&wanted), "{wanted}: {printed}");
    }
}

#[test]
fn a_sheet_that_cites_nothing_was_compared_with_nothing() {
    let mut plain = sheet(1);
    plain.cites = false;
    let printed = letters(&plain.print(Paper::A4).unwrap());
    assert!(printed.contains("Checkedon22November2026."), "{printed}");
    assert!(!printed.contains("Compared"), "{printed}");
}

#[test]
fn hostile_text_is_printed_to_the_letter_and_does_nothing() {
    let harmless = sheet(2).print(Paper::A4).unwrap();
    for text in HOSTILE {
        let mut hostile = sheet(2);
        hostile.points[0].task = text.to_owned();
        hostile.points[0].why = text.to_owned();
        hostile.points[0].answer = text.to_owned();
        hostile.lead = vec![text.to_owned()];
        hostile.title = text.to_owned();
        hostile.status = text.to_owned();
        hostile.book = text.to_owned();
        let printed = hostile.print(Paper::A4).unwrap();
        assert_eq!(printed.pages(), 1, "{text}");
        assert_eq!(
            printed.document.pages()[0].frame.size(),
            harmless.document.pages()[0].frame.size(),
            "{text}"
        );
        let set = crate::typography::set(text);
        let wanted: String = set.chars().filter(|c| !c.is_whitespace()).collect();
        assert_eq!(letters(&printed).matches(&wanted).count(), 7, "{text}");
        let sizes = |printed: &Printed| {
            let sizes = runs(printed).into_iter().map(|run| run.size);
            sizes.collect::<BTreeSet<Abs>>()
        };
        assert_eq!(sizes(&printed), sizes(&harmless), "{text}");
        assert!(printed.pdf().is_ok(), "{text}");
    }
}

#[test]
fn letters_are_black_and_large() {
    for paper in Paper::ALL {
        for run in runs(&sheet(10).print(paper).unwrap()) {
            assert!(run.size >= Abs::pt(10.5), "{}: {:?}", run.text, run.size);
            assert_eq!(run.fill, Paint::Solid(Color::BLACK), "{}", run.text);
        }
    }
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let first = sheet(10).print(Paper::A4).unwrap().pdf().unwrap();
    sheet(3).print(Paper::Letter).unwrap().pdf().unwrap();
    let second = sheet(10).print(Paper::A4).unwrap().pdf().unwrap();
    assert!(first == second);
}

#[test]
fn the_file_is_tagged_dated_and_brings_its_fonts() {
    let pdf = sheet(10).print(Paper::Letter).unwrap().pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    for wanted in [
        "/StructTreeRoot",
        "/FontFile2",
        "/Lang",
        "D:20261122000000",
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
    ] {
        assert!(contains(&pdf, wanted), "{wanted}");
    }
}

#[test]
fn a_letter_that_no_font_has_is_named() {
    let mut odd = sheet(1);
    odd.points[0].why = "A 漢 and a Größe.".to_owned();
    let printed = odd.print(Paper::A4).unwrap();
    assert_eq!(printed.missing_letters(), BTreeSet::from(['漢']));
    assert!(printed.pdf().is_err());
    assert!(
        sheet(1)
            .print(Paper::A4)
            .unwrap()
            .missing_letters()
            .is_empty()
    );
}
