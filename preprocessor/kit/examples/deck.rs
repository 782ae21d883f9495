//! Slides with every kind of block, to look at: `cargo run -p kit --example deck > book/slides/example.html`.

use editorial::Day;
use kit::document::{Block, Inline, Line, Properties, Role, Sample};
use kit::{Deck, DeckPage, Picture, Slide, SlideKind, deck_page};

fn main() {
    let page = DeckPage {
        language: "en".to_owned(),
        head: "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; \
               style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'\">"
            .to_owned(),
        style: "deck.css".to_owned(),
        script: "deck.js".to_owned(),
        icon: Some("../favicon.svg".to_owned()),
        lesson: Some("../lessons/lesson-1.html".to_owned()),
        pdf: Some("lesson-1-slides.pdf".to_owned()),
        notes: Some("lesson-1-notes.pdf".to_owned()),
    };
    print!("{}", deck_page(&deck(), &page));
}

fn deck() -> Deck {
    Deck {
        properties: Properties {
            name: "lesson-1".to_owned(),
            title: "What an exposed archive looks like".to_owned(),
            book: "Shelf-Ready".to_owned(),
            kind: "Lesson".to_owned(),
            keywords: vec!["exposure".to_owned()],
            state: "Draft: nobody but its writers has reviewed this lesson.".to_owned(),
            is_draft: true,
            checked: Day::new(2026, 11, 23),
            version: "Version 0a1b2c3d4e of 23 November 2026".to_owned(),
        },
        lesson: "Lesson 1".to_owned(),
        minutes: 50,
        slides: slides(),
        notes: vec![
            vec![Inline::text("A standard, part 8, section 9.3.")],
            vec![
                Inline::text("A paper. "),
                Inline::Link {
                    to: "https://example.org/paper".to_owned(),
                    words: vec![Inline::text("example.org/paper")],
                },
            ],
        ],
    }
}

fn slides() -> Vec<Slide> {
    let mut slides = vec![
        slide(
            "start",
            SlideKind::Title,
            "What an exposed archive looks like",
            vec![],
        ),
        slide(
            "objectives",
            SlideKind::Objectives,
            "After this lesson you can",
            vec![Block::List {
                start: Some(1),
                items: vec![
                    item(
                        "Distinguish an archive that answers anybody from one that checks who calls.",
                    ),
                    item("Read what a scanner prints about an archive."),
                    item("Close an archive to strangers."),
                ],
            }],
        ),
        slide(
            "a-stranger-calls",
            SlideKind::Text,
            "A stranger calls",
            vec![
                Block::text(vec![
                    Inline::text("An archive that asks nobody who is calling answers "),
                    Inline::Strong(vec![Inline::text("everybody")]),
                    Inline::text("."),
                    Inline::Note(1),
                ]),
                Block::List {
                    start: None,
                    items: vec![
                        item("It lists its patients."),
                        vec![Block::text(vec![
                            Inline::text("It tells its software: "),
                            Inline::Code("SHELF_READY_LAB".to_owned()),
                        ])],
                    ],
                },
            ],
        ),
    ];
    slides.extend([
        slide(
            "what-it-tells",
            SlideKind::Text,
            "What it tells a stranger",
            vec![Block::Sample(stranger())],
        ),
        slide(
            "before-after",
            SlideKind::Text,
            "The door, before and after",
            vec![
                Block::Sample(door("Before", "accepted", "it lets \"STRANGER\" in")),
                Block::Sample(door("After", "rejected", "it does not know \"STRANGER\"")),
            ],
        ),
        slide(
            "long-lines",
            SlideKind::Text,
            "A line of the log",
            vec![Block::Sample(log())],
        ),
        slide(
            "who-asks",
            SlideKind::Text,
            "Who asks, and who answers",
            vec![table()],
        ),
        Slide {
            picture: Some(picture()),
            ..slide(
                "the-network",
                SlideKind::Text,
                "The network, before and after",
                vec![],
            )
        },
        slide(
            "in-their-words",
            SlideKind::Text,
            "In their words",
            vec![
                Block::Quotation(vec![Block::text(vec![Inline::text(
                    "The names of nodes are not a secret.",
                )])]),
                Block::says(Role::Action, "Ask who may call your archive."),
                Block::Code(vec![
                    "calling = \"any\"".to_owned(),
                    "port    = 11112".to_owned(),
                ]),
            ],
        ),
        Slide {
            minutes: 25,
            ..slide(
                "lab",
                SlideKind::Lab,
                "Lab: find the open archive, and close it",
                vec![
                    Block::Code(vec!["cargo shelf lab lesson-1".to_owned()]),
                    Block::text(vec![Inline::text(
                        "Find out who may ask the archive on your laptop. Then close it.",
                    )]),
                ],
            )
        },
        Slide {
            minutes: 6,
            ..slide(
                "quiz",
                SlideKind::Quiz,
                "Five questions",
                vec![Block::text(vec![Inline::text("lessons/lesson-1.html")])],
            )
        },
        slide(
            "end",
            SlideKind::End,
            "Read on",
            vec![
                Block::List {
                    start: None,
                    items: vec![item("Am I exposed?"), item("What an AE title is for")],
                },
                Block::says(Role::Small, "Words and pictures: CC BY 4.0."),
            ],
        ),
    ]);
    slides
}

fn slide(id: &str, kind: SlideKind, title: &str, face: Vec<Block>) -> Slide {
    let said = "Every machine that speaks DICOM waits for callers at a port. A caller says who it is, and whom it \
                wants to speak to. Nothing in that greeting proves anything.";
    Slide {
        id: id.to_owned(),
        kind,
        part: (kind != SlideKind::End).then(|| format!("The part of {id}")),
        title: vec![Inline::text(title)],
        face,
        picture: None,
        says: vec![
            Block::text(vec![Inline::text(said), Inline::Note(1), Inline::Note(2)]),
            Block::text(vec![Inline::text(said)]),
        ],
        minutes: 2,
    }
}

fn item(words: &str) -> Vec<Block> {
    vec![Block::text(vec![Inline::text(words)])]
}

fn line(text: &str, notice: Option<usize>) -> Line {
    Line {
        text: text.to_owned(),
        is_command: text.starts_with("$ "),
        notice,
    }
}

fn stranger() -> Sample {
    Sample {
        id: "stranger".to_owned(),
        when: None,
        title: "A stranger calls on an archive".to_owned(),
        plain: "The archive let in a caller it had never met.".to_owned(),
        lines: vec![
            line(
                "$ probe 192.0.2.10:11112 --calling STRANGER --called ANY-SCP",
                None,
            ),
            line(
                "port         open           something answers at this address",
                None,
            ),
            line(
                "associate    accepted       it lets \"STRANGER\" in",
                Some(1),
            ),
            line(
                "software     named          \"SHELF_READY_LAB\", told to every caller",
                Some(2),
            ),
            line("C-ECHO       answered       it replies: success", None),
            line(
                "C-FIND       3 patients     it lists its patients to \"STRANGER\", who never met",
                Some(3),
            ),
        ],
        notices: vec![
            "Nobody registered this caller.".to_owned(),
            "It says which program it runs.".to_owned(),
            "This is the leak.".to_owned(),
        ],
        provenance: "Our own probe, on 22 November 2026, on loopback.".to_owned(),
    }
}

fn door(when: &str, state: &str, why: &str) -> Sample {
    Sample {
        id: format!("door-{when}"),
        when: Some(when.to_owned()),
        title: "The door".to_owned(),
        plain: "One line of settings.".to_owned(),
        lines: vec![
            line("$ probe 192.0.2.10:11112 --calling STRANGER", None),
            line(
                "port         open           something answers at this address",
                None,
            ),
            line(&format!("associate    {state}       {why}"), Some(1)),
        ],
        notices: vec!["The greeting.".to_owned()],
        provenance: "Our own probe, on 22 November 2026.".to_owned(),
    }
}

fn log() -> Sample {
    Sample {
        id: "log".to_owned(),
        when: None,
        title: "A log".to_owned(),
        plain: "The name stands in the address.".to_owned(),
        lines: vec![
            line("$ cat proxy-access.log", None),
            line(
                "192.0.2.50 - - [22/Nov/2026:12:57:11 +0000] \"GET /dicom-web/studies?PatientName=SYNTHETIC^ALPHA&PatientID=SYN-0001 HTTP/1.1\" 200 512 \"-\" \"curl/7.88.1\"",
                Some(1),
            ),
            line(&"x".repeat(180), None),
        ],
        notices: vec!["Name and number of the patient now stand in the log.".to_owned()],
        provenance: String::new(),
    }
}

fn table() -> Block {
    let cells = |words: [&str; 3]| {
        words
            .iter()
            .map(|words| vec![Inline::text(*words)])
            .collect()
    };
    Block::Table {
        head: cells(["Service", "Asks for", "Answers whom"]),
        rows: vec![
            cells(["C-ECHO", "a sign of life", "everybody"]),
            cells(["C-FIND", "lists of patients", "listed callers"]),
            cells(["C-STORE", "room for images", "listed callers"]),
        ],
    }
}

fn picture() -> Picture {
    let svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 500\" \
         width=\"1200\" height=\"500\" role=\"img\"><title id=\"t\">x</title><rect width=\"1200\" height=\"500\" fill=\"#ffffff\"/>\
         <g transform=\"translate(20 20)\"><rect x=\"40\" y=\"60\" width=\"400\" height=\"300\" rx=\"6\" fill=\"#f3f6f9\" stroke=\"#6f7b88\"/>\
         <text x=\"60\" y=\"110\" font-size=\"28\" font-weight=\"600\" fill=\"#16191d\">One network</text>\
         <text x=\"60\" y=\"160\" font-size=\"26\" fill=\"#16191d\">archive, scanner, anybody</text>\
         <line x1=\"460\" y1=\"200\" x2=\"640\" y2=\"200\" stroke=\"#0f3d66\" stroke-width=\"6\"/>\
         <polygon points=\"640,185 670,200 640,215\" fill=\"#0f3d66\"/>\
         <rect x=\"700\" y=\"60\" width=\"400\" height=\"300\" rx=\"6\" fill=\"#f3f6f9\" stroke=\"#1b7a43\" stroke-width=\"3\"/>\
         <text x=\"720\" y=\"110\" font-size=\"28\" font-weight=\"600\" fill=\"#16191d\">Zones</text></g></svg>";
    Picture {
        id: "network".to_owned(),
        svg: svg.to_owned(),
        says: "Our own drawing of an invented hospital: first one network, then zones.".to_owned(),
    }
}
