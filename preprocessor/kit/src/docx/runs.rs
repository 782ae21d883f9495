//! Words: runs, links, footnotes, gaps and boxes.

use super::xml;
use crate::document::Inline;
use crate::inert::address;

/// How many letters the title of a content control may have (§17.5.2.1): Word opens no file with more.
const LONGEST_TITLE: usize = 64;

/// What the words of a part need beside them.
#[derive(Debug)]
pub(super) struct Words {
    /// The addresses that the text leads to; the first has the relationship `rIdLink1`.
    pub(super) links: Vec<String>,
    /// The notes that stand in the text already, in the order of their numbers on paper.
    pub(super) cited: Vec<usize>,
    /// How many notes there are. A mark of any other is left out: it would lead nowhere.
    notes: usize,
    /// How many content controls there are: each needs a number of its own.
    controls: usize,
    /// The character that was written last, by which quotation marks know which way to face.
    last: char,
    /// Whether a note's mark was written last: without a comma, 1 and 4 would be 14.
    is_after_note: bool,
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
            "<w:b/><w:bCs/>"
        } else {
            ""
        };
        let is_slanted = self.emphasis && (self.link || self.strong);
        let slanted = if is_slanted { "<w:i/><w:iCs/>" } else { "" };
        format!("<w:rPr><w:rStyle w:val=\"{style}\"/>{bold}{slanted}</w:rPr>")
    }

    /// The same for words as a machine takes them, which look so in a link too.
    fn code(self) -> &'static str {
        match self.link {
            true => "<w:rPr><w:rStyle w:val=\"InlineCode\"/><w:u w:val=\"single\"/></w:rPr>",
            false => "<w:rPr><w:rStyle w:val=\"InlineCode\"/></w:rPr>",
        }
    }
}

impl Words {
    /// The words of a text with so many notes.
    pub(super) fn of_text(notes: usize) -> Words {
        Words {
            links: Vec::new(),
            cited: Vec::new(),
            notes,
            controls: 0,
            last: ' ',
            is_after_note: false,
        }
    }

    /// The words of its notes, in which there are no notes.
    pub(super) fn of_notes(text: &Words) -> Words {
        Words {
            controls: text.controls,
            ..Words::of_text(0)
        }
    }

    /// The words as the content of a paragraph.
    pub(super) fn write(&mut self, words: &[Inline]) -> String {
        self.last = ' ';
        self.is_after_note = false;
        self.all(words, Look::default())
    }

    fn all(&mut self, words: &[Inline], look: Look) -> String {
        words.iter().map(|word| self.one(word, look)).collect()
    }

    fn one(&mut self, word: &Inline, look: Look) -> String {
        match word {
            Inline::Text(text) => {
                let written = run(&look.properties(), &xml::sentence(self.last, text));
                self.ends_with(text.chars().last());
                written
            }
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
            Inline::Code(text) => {
                self.ends_with(text.chars().last());
                run(look.code(), &xml::text(text))
            }
            Inline::Link { to, words } => self.link(to, words, look),
            Inline::Note(number) => self.note(*number),
            Inline::Gap(what) => {
                self.ends_with(Some(']'));
                self.gap(what)
            }
            Inline::Tick => {
                self.ends_with(Some(']'));
                self.tick()
            }
            Inline::Break => {
                self.ends_with(Some(' '));
                "<w:r><w:br/></w:r>".to_owned()
            }
        }
    }

    fn ends_with(&mut self, last: Option<char>) {
        if let Some(last) = last {
            self.last = last;
            self.is_after_note = false;
        }
    }

    /// A link, where it may lead somewhere and stands in no other.
    fn link(&mut self, to: &str, words: &[Inline], look: Look) -> String {
        let (Some(to), false) = (address(to), look.link) else {
            return self.all(words, look);
        };
        let known = self.links.iter().position(|known| *known == to);
        let number = known.unwrap_or_else(|| {
            self.links.push(to);
            self.links.len() - 1
        }) + 1;
        let words = self.all(words, Look { link: true, ..look });
        format!("<w:hyperlink r:id=\"rIdLink{number}\" w:history=\"1\">{words}</w:hyperlink>")
    }

    /// The first time, a footnote; from then on, a reference to its number, so that no publication stands
    /// twice at the foot of a page (§17.16.5.36, NOTEREF).
    fn note(&mut self, note: usize) -> String {
        if note == 0 || note > self.notes {
            return String::new();
        }
        let look = "<w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>";
        let comma = match self.is_after_note {
            true => format!("<w:r>{look}<w:t>,</w:t></w:r>"),
            false => String::new(),
        };
        self.is_after_note = true;
        let Some(known) = self.cited.iter().position(|known| *known == note) else {
            self.cited.push(note);
            let id = self.cited.len();
            return format!(
                "{comma}<w:bookmarkStart w:id=\"{id}\" w:name=\"_Note{id}\"/>\
                 <w:r>{look}<w:footnoteReference w:id=\"{id}\"/></w:r><w:bookmarkEnd w:id=\"{id}\"/>"
            );
        };
        let id = known + 1;
        let field = |kind: &str| format!("<w:r>{look}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
        format!(
            "{comma}{}<w:r>{look}<w:instrText xml:space=\"preserve\"> NOTEREF _Note{id} \\f \\h </w:instrText></w:r>{}<w:r>{look}<w:t>{id}</w:t></w:r>{}",
            field("begin"),
            field("separate"),
            field("end")
        )
    }

    /// Words to fill in: in Word, a click marks them all, and what is typed takes their place (§17.5.2).
    fn gap(&mut self, what: &str) -> String {
        let number = self.control();
        let title = xml::title(what, LONGEST_TITLE);
        let shown = run(
            "<w:rPr><w:rStyle w:val=\"Gap\"/></w:rPr>",
            &xml::text(&Inline::gap(what)),
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
}

/// A run of text that is XML already, with these properties.
pub(super) fn run(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}
