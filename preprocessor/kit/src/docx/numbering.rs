//! Lists: one form for bullets, one for numbers, and an instance for each list that counts, which begins anew.

/// The deepest list that Word knows, counted from 0.
pub(super) const DEEPEST: usize = 8;
/// How far each level is set in, in twentieths of a point.
pub(super) const STEP: usize = 425;
/// The instance that all lists without numbers share, with what an editor marks as one.
pub(super) const BULLETS: usize = 1;
/// The instance of what an editor marks as a list with numbers.
pub(super) const NUMBERS: usize = 2;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// For each list that counts, its depth and first number.
    counted: Vec<(usize, u64)>,
}

impl Lists {
    /// The number by which the paragraphs of a new list name it.
    pub(super) fn open(&mut self, depth: usize, start: Option<u64>) -> usize {
        let Some(start) = start else {
            return BULLETS;
        };
        self.counted.push((depth.min(DEEPEST), start));
        NUMBERS + self.counted.len()
    }

    /// `word/numbering.xml` (§17.9). Numbers are digits at every depth, as in every other format.
    pub(super) fn part(&self) -> String {
        let mut part = format!(
            "{}<w:numbering xmlns:w=\"{}\">",
            super::package::HEAD,
            super::package::W
        );
        part.push_str(&form(0, "ListBullet", |depth| {
            let mark = ["\u{2022}", "\u{2013}", "\u{25e6}"][depth % 3];
            ("bullet", mark.to_owned())
        }));
        part.push_str(&form(1, "ListNumber", |depth| {
            ("decimal", format!("%{}.", depth + 1))
        }));
        for (instance, form) in [(BULLETS, 0), (NUMBERS, 1)] {
            part.push_str(&format!(
                "<w:num w:numId=\"{instance}\"><w:abstractNumId w:val=\"{form}\"/></w:num>"
            ));
        }
        for (index, (depth, start)) in self.counted.iter().enumerate() {
            part.push_str(&format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>\
                 <w:lvlOverride w:ilvl=\"{depth}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>",
                NUMBERS + 1 + index
            ));
        }
        part.push_str("</w:numbering>");
        part
    }
}

/// A form of lists (§17.9.1). Its first level belongs to a style: who gives a paragraph the style gets the mark.
fn form(id: usize, style: &str, level: impl Fn(usize) -> (&'static str, String)) -> String {
    let levels: String = (0..=DEEPEST)
        .map(|depth| {
            let (kind, text) = level(depth);
            let left = STEP * (depth + 1);
            let style = match depth {
                0 => format!("<w:pStyle w:val=\"{style}\"/>"),
                _ => String::new(),
            };
            format!(
                "<w:lvl w:ilvl=\"{depth}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{kind}\"/>{style}\
                 <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
                 <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{STEP}\"/></w:pPr></w:lvl>"
            )
        })
        .collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\"><w:nsid w:val=\"5E1F0D{id:02}\"/><w:multiLevelType w:val=\"multilevel\"/>{levels}</w:abstractNum>"
    )
}
