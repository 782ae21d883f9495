//! Lists: one form for bullets, one for numbers, and an instance for each list that counts.

/// The deepest list that Word knows, counted from 0.
pub(super) const DEEPEST: usize = 8;
/// How far each level is set in, in twentieths of a point.
pub(super) const STEP: usize = 425;
/// The instance that all lists without numbers share.
const BULLETS: usize = 1;

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
        BULLETS + self.counted.len()
    }

    /// `word/numbering.xml` (§17.9).
    pub(super) fn part(&self) -> String {
        let mut part = format!(
            "{}<w:numbering xmlns:w=\"{}\">",
            super::package::HEAD,
            super::package::W
        );
        part.push_str(&form(0, |depth| {
            (
                "bullet",
                ["\u{2022}", "\u{2013}", "\u{25e6}"][depth % 3].to_owned(),
            )
        }));
        part.push_str(&form(1, |depth| {
            let kind = ["decimal", "lowerLetter", "lowerRoman"][depth % 3];
            (kind, format!("%{}.", depth + 1))
        }));
        part.push_str(&format!(
            "<w:num w:numId=\"{BULLETS}\"><w:abstractNumId w:val=\"0\"/></w:num>"
        ));
        for (index, (depth, start)) in self.counted.iter().enumerate() {
            part.push_str(&format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"1\"/>\
                 <w:lvlOverride w:ilvl=\"{depth}\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>",
                BULLETS + 1 + index
            ));
        }
        part.push_str("</w:numbering>");
        part
    }
}

fn form(id: usize, level: impl Fn(usize) -> (&'static str, String)) -> String {
    let levels: String = (0..=DEEPEST)
        .map(|depth| {
            let (kind, text) = level(depth);
            let left = STEP * (depth + 1);
            format!(
                "<w:lvl w:ilvl=\"{depth}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{kind}\"/>\
                 <w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/>\
                 <w:pPr><w:ind w:left=\"{left}\" w:hanging=\"{STEP}\"/></w:pPr></w:lvl>"
            )
        })
        .collect();
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
    )
}
