//! What a student reads: plain lines, none longer than a terminal is wide.

use std::io::{self, Write};

/// The longest line, in characters.
const WIDTH: usize = 100;

/// Speaks to the student on standard output, and notices when nobody is there any more.
#[derive(Debug, Default)]
pub(super) struct Talk {
    gone: bool,
    /// Whether a prompt stands at the beginning of the line.
    prompted: bool,
}

impl Talk {
    /// Whether the terminal is gone.
    pub(super) fn is_gone(&self) -> bool {
        self.gone
    }

    /// A paragraph, each of its lines wrapped.
    pub(super) fn say(&mut self, text: &str) {
        self.say_after("", text);
    }

    /// A paragraph whose first line begins with `mark`, and whose other lines stand below its text.
    pub(super) fn say_after(&mut self, mark: &str, text: &str) {
        let room = WIDTH.saturating_sub(mark.chars().count()).max(20);
        let below = " ".repeat(mark.chars().count());
        let mut begin = mark;
        for line in text.lines() {
            for line in wrapped(line, room) {
                self.line(&format!("{begin}{line}"));
                begin = &below;
            }
        }
    }

    /// A command to type elsewhere, each line of which ends as a shell wants it.
    pub(super) fn command(&mut self, command: &str) {
        let lines = wrapped(command, WIDTH - 8);
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter().enumerate() {
            let more = if index == last { "" } else { " \\" };
            let further = if index == 0 { "" } else { "  " };
            self.line(&format!("    {further}{line}{more}"));
        }
    }

    /// An empty line.
    pub(super) fn pause(&mut self) {
        self.line("");
    }

    /// Asks for the next word.
    pub(super) fn prompt(&mut self) {
        if !self.prompted {
            self.write("lab> ");
            self.prompted = true;
        }
    }

    /// The student has typed something; `shown` where the terminal shows what is typed.
    pub(super) fn answered(&mut self, shown: bool) {
        if shown {
            self.prompted = false;
        }
    }

    fn line(&mut self, line: &str) {
        if std::mem::take(&mut self.prompted) {
            self.write("\n");
        }
        let line = line.trim_end();
        self.write(&format!("{line}\n"));
    }

    fn write(&mut self, text: &str) {
        let mut out = io::stdout().lock();
        let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
        self.gone |= written.is_err();
    }
}

/// A line in pieces of at most `room` characters, broken at spaces where there are any.
fn wrapped(line: &str, room: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let indent: String = line.chars().take_while(|c| *c == ' ').collect();
    let indent: String = indent.chars().take(room / 2).collect();
    let mut piece = String::new();
    // A line that fits stays as it is, with the columns that a scanner made.
    if line.chars().count() <= room {
        return vec![line.to_owned()];
    }
    for word in line.split_whitespace() {
        let mut word: Vec<char> = word.chars().collect();
        let length = |text: &str| text.chars().count();
        if !piece.is_empty() && length(&piece) + 1 + word.len() > room {
            pieces.push(std::mem::take(&mut piece));
        }
        while word.len() + length(&indent) > room {
            let rest = word.split_off((room - length(&indent)).max(1));
            let begun: String = word.into_iter().collect();
            pieces.push(format!("{indent}{begun}"));
            word = rest;
        }
        piece.push_str(if piece.is_empty() { &indent } else { " " });
        piece.extend(word);
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_longer_than_its_room_and_no_word_is_lost() {
        for text in [
            "short".to_owned(),
            "word ".repeat(60),
            format!("    {}", "column  ".repeat(40)),
            "x".repeat(350),
            "ü".repeat(101),
            String::new(),
        ] {
            for room in [20, 96, 100] {
                let pieces = wrapped(&text, room);
                assert!(pieces.iter().all(|piece| piece.chars().count() <= room));
                let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
                assert_eq!(letters(&pieces.concat()), letters(&text));
                assert!(!pieces.is_empty());
            }
        }
    }
}
