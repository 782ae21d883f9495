//! Words as Markdown: no character of a text means anything, and marks stand only where they are read
//! as marks.

use crate::document::Inline;
use crate::inert::{address, inert};

/// Words of one line or cell, as they are written.
pub(super) struct Words {
    text: String,
    /// Where they stand.
    place: Place,
    /// How many notes there are to refer to.
    notes: usize,
    /// The marks that are open.
    open: Vec<char>,
    in_link: bool,
    /// Notes that are referred to in the words of a link stand after it.
    late: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Paragraph,
    Heading,
    Cell,
}

impl Words {
    pub(super) fn paragraph(notes: usize) -> Words {
        Words::new(Place::Paragraph, notes)
    }

    pub(super) fn heading(notes: usize) -> Words {
        Words::new(Place::Heading, notes)
    }

    pub(super) fn cell(notes: usize) -> Words {
        Words::new(Place::Cell, notes)
    }

    fn new(place: Place, notes: usize) -> Words {
        Words {
            text: String::new(),
            place,
            notes,
            open: Vec::new(),
            in_link: false,
            late: Vec::new(),
        }
    }

    /// The words as one line of Markdown, or as many as they have breaks.
    pub(super) fn write(mut self, words: &[Inline]) -> String {
        self.all(&joined(words, self.place), None);
        let text = self.text.trim_matches(' ');
        // A break with nothing after it would be a backslash.
        text.trim_end_matches("\\\n").to_owned()
    }

    fn all(&mut self, words: &[Inline], after: Option<char>) {
        for (index, word) in words.iter().enumerate() {
            let next = words[index + 1..].iter().find_map(first);
            self.word(word, next.or(after));
        }
    }

    /// One word; `next` is the character that follows it.
    fn word(&mut self, word: &Inline, next: Option<char>) {
        match word {
            Inline::Text(text) => self.text(text, next),
            Inline::Emphasis(words) => self.marked(words, 1, next),
            Inline::Strong(words) => self.marked(words, 2, next),
            Inline::Code(code) => self.code(code, next),
            Inline::Link { to, words } => self.link(to, words, next),
            Inline::Note(number) if self.in_link => self.late.push(*number),
            Inline::Note(number) => self.note(*number),
            Inline::Gap(what) => {
                let gap = inert(&Inline::gap(what));
                self.marked(&[Inline::Text(gap)], 2, next);
            }
            Inline::Tick => self.text(Inline::BOX, next),
            Inline::Break => self.line_break(),
        }
    }

    fn text(&mut self, text: &str, next: Option<char>) {
        let mut before = self.text.chars().next_back();
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            let after = characters.peek().copied().or(next);
            if c == ' ' && self.is_line_start() {
                continue;
            }
            if self.means_something(c, before, after) {
                self.text.push('\\');
            }
            self.text.push(c);
            before = Some(c);
        }
    }

    /// Whether a character could be read as a mark between the two beside it.
    fn means_something(&self, c: char, before: Option<char>, after: Option<char>) -> bool {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '{' | '}' | '|' | '~' | '^' | '$' | '"' | '\'' => {
                true
            }
            '_' => !is_letter(before) || !is_letter(after),
            '&' => after.is_none_or(|after| after.is_ascii_alphanumeric() || after == '#'),
            '!' => after == Some('['),
            '#' => !is_letter(before),
            // Two or three in a row would be read as a dash, or as three points in one letter.
            '-' => before == Some('-') || after == Some('-') || self.is_line_start(),
            '.' if before == Some('.') || after == Some('.') => true,
            '.' | ')' => self.is_number(),
            '+' | '=' | ':' | '>' => self.is_line_start(),
            _ => false,
        }
    }

    fn line(&self) -> &str {
        self.text.rsplit('\n').next().unwrap_or_default()
    }

    fn is_line_start(&self) -> bool {
        self.line().is_empty()
    }

    /// Whether the line is a number so far, so that it could begin a list.
    fn is_number(&self) -> bool {
        let line = self.line();
        !line.is_empty() && line.chars().all(|c| c.is_ascii_digit())
    }

    /// Words between marks, where those would be read as such; else the words alone.
    fn marked(&mut self, words: &[Inline], strength: usize, next: Option<char>) {
        let before = self.text.chars().next_back();
        let begin = words.first().and_then(|word| edge(word, first));
        let end = words.last().and_then(|word| edge(word, last));
        let mark = ['*', '_'].into_iter().find(|mark| {
            let is_free = !self.open.contains(mark) && before != Some(*mark);
            is_free && is_read(*mark, before, begin) && is_read(*mark, next, end)
        });
        let Some(mark) = mark else {
            self.all(words, next);
            return;
        };
        let marks = mark.to_string().repeat(strength);
        self.text.push_str(&marks);
        self.open.push(mark);
        self.all(words, Some(mark));
        self.open.pop();
        self.text.push_str(&marks);
    }

    /// Code in a fence longer than any inside: nothing in it can be escaped, but for the bars of a cell.
    /// Right after a fence, the words alone.
    fn code(&mut self, code: &str, next: Option<char>) {
        if self.text.ends_with('`') {
            self.text(code, next);
            return;
        }
        let fence = "`".repeat(longest_run(code, '`') + 1);
        let pad = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
        let pad = if pad { " " } else { "" };
        let code = match self.place {
            Place::Cell => code.replace('|', "\\|"),
            _ => code.to_owned(),
        };
        self.text
            .push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    fn link(&mut self, to: &str, words: &[Inline], next: Option<char>) {
        let to = address(to).filter(|_| !self.in_link);
        let (Some(to), false) = (to, words.is_empty()) else {
            self.all(words, next);
            return;
        };
        if let [Inline::Text(text)] = words {
            let is_bare = *text == to && to.starts_with("https://");
            let is_mail = to.strip_prefix("mailto:") == Some(text) && is_mail(text);
            if is_bare || is_mail {
                self.text.push_str(&format!("<{text}>"));
                return;
            }
        }
        self.text.push('[');
        self.in_link = true;
        let open = std::mem::take(&mut self.open);
        self.all(words, Some(']'));
        self.open = open;
        self.in_link = false;
        let to = to.replace('&', "&amp;");
        let to = to.replace('(', "\\(").replace(')', "\\)");
        let to = if self.place == Place::Cell {
            to.replace('|', "%7C")
        } else {
            to
        };
        self.text.push_str(&format!("]({to})"));
        for number in std::mem::take(&mut self.late) {
            self.note(number);
        }
    }

    fn note(&mut self, number: usize) {
        if (1..=self.notes).contains(&number) {
            self.text.push_str(&format!("[^{number}]"));
        }
    }

    fn line_break(&mut self) {
        let trimmed = self.text.trim_end_matches(' ').len();
        self.text.truncate(trimmed);
        match self.place {
            Place::Paragraph if self.is_line_start() => {}
            Place::Paragraph => self.text.push_str("\\\n"),
            Place::Heading | Place::Cell => self.text.push(' '),
        }
    }
}

/// Whether a mark is read as one, between what stands outside and the character beside it inside.
fn is_read(mark: char, outside: Option<char>, inside: Option<char>) -> bool {
    let apart = !outside.is_some_and(char::is_alphanumeric);
    match inside {
        Some(c) if c.is_whitespace() => false,
        Some(c) => apart || (mark == '*' && c.is_alphanumeric()),
        None => false,
    }
}

/// An e-mail address that can stand between `<` and `>`.
fn is_mail(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    text.split_once('@').is_some_and(|(who, at)| {
        let is_host = at
            .split('.')
            .all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'));
        !who.is_empty() && who.chars().all(is_plain) && at.chars().all(is_plain) && is_host
    })
}

/// The longest run of a character.
pub(super) fn longest_run(text: &str, c: char) -> usize {
    let runs = text.split(|other| other != c);
    runs.map(|run| run.chars().count()).max().unwrap_or(0)
}

/// Words made inert, in which no two that would run together stand side by side, and no marked words
/// begin or end with a space.
fn joined(words: &[Inline], place: Place) -> Vec<Inline> {
    let mut line = Vec::new();
    for word in words {
        match word {
            Inline::Text(text) => join(Inline::Text(inert(text)), &mut line),
            Inline::Code(code) if code.trim().is_empty() || !can_be_code(code, place) => {
                join(Inline::Text(inert(code)), &mut line);
            }
            Inline::Code(code) => join(Inline::Code(inert(code)), &mut line),
            Inline::Tick => join(Inline::text(Inline::BOX), &mut line),
            Inline::Emphasis(words) => around(joined(words, place), Inline::Emphasis, &mut line),
            Inline::Strong(words) => around(joined(words, place), Inline::Strong, &mut line),
            Inline::Link { to, words } => {
                let link = |words| Inline::Link {
                    to: to.clone(),
                    words,
                };
                around(joined(words, place), link, &mut line);
            }
            Inline::Note(_) | Inline::Gap(_) | Inline::Break => join(word.clone(), &mut line),
        }
    }
    line
}

/// In a cell, a backslash before a bar could not be told from one that escapes it.
fn can_be_code(code: &str, place: Place) -> bool {
    place != Place::Cell || !(code.contains("\\|") || code.ends_with('\\'))
}

fn join(word: Inline, joined: &mut Vec<Inline>) {
    match (joined.last_mut(), word) {
        (_, Inline::Text(text) | Inline::Code(text)) if text.is_empty() => {}
        (Some(Inline::Text(before)), Inline::Text(text)) => {
            let is_apart = before.ends_with(' ');
            before.push_str(if is_apart {
                text.trim_start_matches(' ')
            } else {
                &text
            });
        }
        (Some(Inline::Code(before)), Inline::Code(code)) => before.push_str(&code),
        (_, word) => joined.push(word),
    }
}

/// Marked words, and outside of the mark the spaces that they begin and end with.
fn around(mut words: Vec<Inline>, mark: impl Fn(Vec<Inline>) -> Inline, into: &mut Vec<Inline>) {
    let space = || Inline::text(" ");
    if let Some(Inline::Text(text)) = words.first_mut()
        && text.starts_with(' ')
    {
        join(space(), into);
        *text = text.trim_start_matches(' ').to_owned();
    }
    let mut ends = false;
    if let Some(Inline::Text(text)) = words.last_mut() {
        ends = text.ends_with(' ');
        *text = text.trim_end_matches(' ').to_owned();
    }
    words.retain(|word| *word != Inline::Text(String::new()));
    if !words.is_empty() {
        into.push(mark(words));
    }
    if ends {
        join(space(), into);
    }
}

/// The character with which a word begins or ends inside of a mark: for marked words, their own mark.
fn edge(word: &Inline, end: impl Fn(&Inline) -> Option<char>) -> Option<char> {
    match word {
        Inline::Emphasis(_) | Inline::Strong(_) => Some('*'),
        word => end(word),
    }
}

/// The character with which a word begins in Markdown. A letter of a text stands for itself, whether it
/// has a backslash or not: both are read alike by what stands beside it.
fn first(word: &Inline) -> Option<char> {
    match word {
        Inline::Text(text) => text.chars().next(),
        Inline::Code(_) => Some('`'),
        Inline::Emphasis(words) | Inline::Strong(words) => words.iter().find_map(first),
        Inline::Link { .. } | Inline::Note(_) | Inline::Tick => Some('['),
        Inline::Gap(_) => Some('*'),
        Inline::Break => Some('\\'),
    }
}

/// The character with which a word ends.
fn last(word: &Inline) -> Option<char> {
    match word {
        Inline::Text(text) => text.chars().next_back(),
        Inline::Code(_) => Some('`'),
        Inline::Emphasis(words) | Inline::Strong(words) => words.iter().rev().find_map(last),
        Inline::Link { .. } => Some(')'),
        Inline::Note(_) | Inline::Tick => Some(']'),
        Inline::Gap(_) => Some('*'),
        Inline::Break => Some(' '),
    }
}
