//! Words: runs, links, footnotes, gaps and boxes.

use std::collections::BTreeSet;

use super::xml;
use crate::document::Inline;

/// What the words of a document need beside them.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The addresses that the text leads to; the first has the relationship `rIdLink1`.
    pub(super) links: Vec<String>,
    /// The notes that stand in the text already.
    cited: BTreeSet<usize>,
    /// How many content controls there are: each needs a number of its own.
    controls: usize,
}

/// How words look beside their paragraph's style.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    strong: bool,
    emphasis: bool,
    link: bool,
}

impl Look {
    /// Run properties (§17.3.2): a style first, then what goes beside it.
    fn properties(self) -> String {
        let style = match self {
            Look { link: true, .. } => "Hyperlink",
            Look { strong: true, .. } => "Strong",
            Look { emphasis: true, .. } => "Emphasis",
            Look { .. } => return String::new(),
        };
        let bold = if self.link && self.strong {
            "<w:b/>"
        } else {
            ""
        };
        let is_slanted = self.emphasis && (self.link || self.strong);
        let slanted = if is_slanted { "<w:i/>" } else { "" };
        format!("<w:rPr><w:rStyle w:val=\"{style}\"/>{bold}{slanted}</w:rPr>")
    }
}

impl Words {
    /// The words as the content of a paragraph.
    pub(super) fn write(&mut self, words: &[Inline]) -> String {
        self.all(words, Look::default())
    }

    fn all(&mut self, words: &[Inline], look: Look) -> String {
        words.iter().map(|word| self.one(word, look)).collect()
    }

    fn one(&mut self, word: &Inline, look: Look) -> String {
        match word {
            Inline::Text(text) => run(&look.properties(), text),
            Inline::Emphasis(words) => self.all(
                words,
                Look {
                    emphasis: true,
                    ..look
                },
            ),
            Inline::Strong(words) => self.all(
                words,
                Look {
                    strong: true,
                    ..look
                },
            ),
            Inline::Code(text) => run("<w:rPr><w:rStyle w:val=\"InlineCode\"/></w:rPr>", text),
            Inline::Link { to, words } => self.link(to, words, look),
            Inline::Note(number) => self.note(*number),
            Inline::Gap(what) => self.gap(what),
            Inline::Tick => self.tick(),
            Inline::Break => "<w:r><w:br/></w:r>".to_owned(),
        }
    }

    fn link(&mut self, to: &str, words: &[Inline], look: Look) -> String {
        let known = self.links.iter().position(|known| known == to);
        let number = known.unwrap_or_else(|| {
            self.links.push(to.to_owned());
            self.links.len() - 1
        }) + 1;
        let words = self.all(words, Look { link: true, ..look });
        format!("<w:hyperlink r:id=\"rIdLink{number}\" w:history=\"1\">{words}</w:hyperlink>")
    }

    /// The first time, a footnote; from then on, a reference to its number, so that no publication stands
    /// twice at the foot of a page (§17.16.5.36, NOTEREF).
    fn note(&mut self, number: usize) -> String {
        let look = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";
        if self.cited.insert(number) {
            return format!(
                "<w:bookmarkStart w:id=\"{number}\" w:name=\"_Note{number}\"/>\
                 <w:r>{look}<w:footnoteReference w:id=\"{number}\"/></w:r>\
                 <w:bookmarkEnd w:id=\"{number}\"/>"
            );
        }
        let field = |kind: &str| format!("<w:r>{look}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        format!(
            "{}<w:r>{look}<w:instrText xml:space=\"preserve\"> NOTEREF _Note{number} \\f \\h </w:instrText></w:r>{}<w:r>{look}<w:t>{number}</w:t></w:r>{}",
            field("begin"),
            field("separate"),
            field("end")
        )
    }

    /// Words to fill in: in Word, a click marks them all, and what is typed takes their place (§17.5.2).
    fn gap(&mut self, what: &str) -> String {
        let number = self.control();
        let title = xml::text(what);
        let shown = run(
            "<w:rPr><w:rStyle w:val=\"Gap\"/></w:rPr>",
            &Inline::gap(what),
        );
        format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"{title}\"/><w:id w:val=\"{number}\"/>\
             <w:showingPlcHdr/></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"
        )
    }

    /// A box to tick: a click ticks it ([MS-DOCX] §2.6.1.12).
    fn tick(&mut self) -> String {
        let number = self.control();
        let font = "MS Gothic";
        format!(
            "<w:sdt><w:sdtPr><w:id w:val=\"{number}\"/><w14:checkbox><w14:checked w14:val=\"0\"/>\
             <w14:checkedState w14:val=\"2612\" w14:font=\"{font}\"/>\
             <w14:uncheckedState w14:val=\"2610\" w14:font=\"{font}\"/></w14:checkbox></w:sdtPr>\
             <w:sdtContent><w:r><w:rPr><w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:hint=\"eastAsia\"/></w:rPr>\
             <w:t>\u{2610}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    }

    fn control(&mut self) -> usize {
        self.controls += 1;
        self.controls
    }

    /// The notes that the text refers to, in their order.
    pub(super) fn cited(&self) -> impl Iterator<Item = usize> {
        self.cited.iter().copied()
    }
}

/// A run of words with these properties.
pub(super) fn run(properties: &str, text: &str) -> String {
    written(properties, &xml::text(text))
}

/// A run that keeps all of its spaces.
pub(super) fn line(text: &str) -> String {
    written("", &xml::line(text))
}

fn written(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}
