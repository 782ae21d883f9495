//! The slides as a folder of files that need nothing beside them: on the website, on a stick, in a zip.

use kit::{Deck, DeckPage, deck_page};

use crate::announce::{Files, Imprint, policy};

/// The folder of the slides in the website, and in the zip of a lesson.
pub(crate) const FOLDER: &str = "slides";

const STYLE: &str = "deck.css";
const SCRIPT: &str = "deck.js";
/// The picture of the tab. Without one, browsers ask the server for one that is not there.
const ICON: &str = "favicon.svg";

/// The styles in their order; each part says what it is for.
const STYLES: [&str; 9] = [
    include_str!("../../../theme/css/palette.css"),
    include_str!("../../../theme/slides/slide.css"),
    include_str!("../../../theme/slides/sample.css"),
    include_str!("../../../theme/slides/text.css"),
    include_str!("../../../theme/slides/show.css"),
    include_str!("../../../theme/slides/overview.css"),
    include_str!("../../../theme/slides/presenter.css"),
    include_str!("../../../theme/slides/more.css"),
    include_str!("../../../theme/slides/print.css"),
];

/// Where the letters come from: the website's own rules, in which mdBook puts the addresses.
const LETTERS: &str = include_str!("../../../theme/css/fonts.css");

/// The scripts in their order.
const SCRIPTS: [&str; 6] = [
    include_str!("../../../theme/slides/show.js"),
    include_str!("../../../theme/slides/colours.js"),
    include_str!("../../../theme/slides/clock.js"),
    include_str!("../../../theme/slides/partner.js"),
    include_str!("../../../theme/slides/print.js"),
    include_str!("../../../theme/slides/keys.js"),
];

/// The fonts, as the rules name them.
const FONTS: [(&str, &[u8]); 2] = [
    (
        "fonts/open-sans-400.woff2",
        include_bytes!("../../../theme/fonts/open-sans-400.woff2"),
    ),
    (
        "fonts/open-sans-600.woff2",
        include_bytes!("../../../theme/fonts/open-sans-600.woff2"),
    ),
];

/// Where a page with slides lies in its folder.
pub(crate) fn place(deck: &Deck) -> String {
    format!("{FOLDER}/{}.html", deck.properties.name)
}

/// What all pages with slides share.
pub(crate) fn shared() -> Files {
    let letters = LETTERS.replace("{{ resource \"", "").replace("\" }}", "");
    let style = format!("{letters}\n{}", STYLES.join("\n"));
    let fonts = FONTS.iter();
    let fonts = fonts.map(|(place, bytes)| (format!("{FOLDER}/{place}"), bytes.to_vec()));
    [
        (format!("{FOLDER}/{STYLE}"), style.into_bytes()),
        (
            format!("{FOLDER}/{SCRIPT}"),
            SCRIPTS.join("\n").into_bytes(),
        ),
        (
            format!("{FOLDER}/{ICON}"),
            include_bytes!("../../../theme/favicon.svg").to_vec(),
        ),
    ]
    .into_iter()
    .chain(fonts)
    .collect()
}

/// Where else a lesson is to be had, as seen from the page with its slides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Beside {
    /// The page to read.
    pub(crate) lesson: Option<String>,
    /// The slides as PDF.
    pub(crate) slides: Option<String>,
    /// The notes as PDF.
    pub(crate) notes: Option<String>,
}

/// The page with the slides of a lesson.
pub(crate) fn page(deck: &Deck, beside: Beside, language: &str, is_hidden: bool) -> String {
    let robots = match is_hidden {
        true => "<meta name=\"robots\" content=\"noindex\">\n",
        false => "",
    };
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n{robots}",
        policy::in_page()
    );
    deck_page(
        deck,
        &DeckPage {
            language: language.to_owned(),
            head,
            style: STYLE.to_owned(),
            script: SCRIPT.to_owned(),
            icon: Some(ICON.to_owned()),
            lesson: beside.lesson,
            pdf: beside.slides,
            notes: beside.notes,
        },
    )
}

/// The slides of every lesson, for the website. `files` leads to the file of a lesson by its form.
pub(crate) fn files<'a>(
    decks: impl Iterator<Item = (&'a Deck, Beside)>,
    imprint: &Imprint,
) -> Files {
    let is_hidden = imprint.address.is_placeholder();
    let mut pages: Files = decks
        .map(|(deck, beside)| {
            let page = page(deck, beside, &imprint.language, is_hidden);
            (place(deck), page.into_bytes())
        })
        .collect();
    if !pages.is_empty() {
        pages.extend(shared());
    }
    pages
}
