//! Finds the piece that answers a question, as somebody asked it.
//!
//! The words of a question are compared with those of every piece, field by field (BM25, with a weight for
//! each field), after endings are taken off and accents folded. All that a question meets is an [`Index`] of
//! whole numbers and the tables of [`words`], so that the press room's script, which is given the same, adds
//! up to the same choice.

mod findable;
mod index;
pub mod words;

pub use findable::Findable;
pub use index::{Field, Index, Post, Stem};

use words::{Word, is_common, slips, stem};

/// How many pieces are offered.
pub const MOST: usize = 3;
/// What a word counts that no piece has, among all that was asked.
pub const UNKNOWN: u64 = 250;
/// The least that a piece must score to be offered at all.
pub const FLOOR: u64 = 100;
/// How much of what was asked, in hundredths, a piece must have to be offered.
pub const SOME: u64 = 20;
/// How much, if that is one word alone.
pub const ALONE: u64 = 60;
/// How much, to be the one.
pub const ENOUGH: u64 = 40;
/// How far the first must be ahead of the second to be the one: its score, in hundredths of the other.
pub const AHEAD: u64 = 125;
/// How many words are given as reasons.
pub const REASONS: usize = 4;
/// What is said of a word in which a slip was forgiven.
pub const MENDED: &str = " (one letter mended)";

/// A piece that fits a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which piece.
    pub slug: String,
    /// How well it fits; the numbers mean something only beside one another.
    pub score: u64,
    /// Whether it is the one, well ahead of all others. Only the first can be.
    pub is_sure: bool,
    /// The words of the question that it has, and where: `X-rays, open: in the question`.
    pub because: Vec<String>,
}

/// Finds pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finder {
    index: Index,
}

/// A word of a question, or several that are known as one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    /// As it was typed.
    typed: String,
    /// The stems that stand for it: all of one of these lists.
    ways: Vec<Vec<String>>,
    /// Whether a slip was forgiven.
    is_mended: bool,
}

/// What a piece has of one word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Hit {
    weight: u64,
    fields: u32,
}

impl Finder {
    /// A finder for these pieces.
    pub fn of(pieces: &[Findable]) -> Finder {
        Finder {
            index: Index::of(pieces),
        }
    }

    /// What questions are compared with.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The pieces that fit a question, best first and at most [`MOST`]; none where nothing here answers it.
    pub fn find(&self, question: &str) -> Vec<Match> {
        let asked = self.asked(question);
        let whole: u64 = asked.iter().map(|asked| self.rarity(asked)).sum();
        if whole == 0 {
            return Vec::new();
        }
        let mut found: Vec<(u64, u64, usize)> = (0..self.index.pieces.len())
            .filter_map(|piece| {
                let (score, share) = self.score(piece, &asked, whole)?;
                Some((score, share, piece))
            })
            .collect();
        found.sort_by(|one, other| other.0.cmp(&one.0).then(one.2.cmp(&other.2)));
        let second = found.get(1).map_or(0, |found| found.0);
        let is_sure = found
            .first()
            .is_some_and(|first| first.1 >= ENOUGH && first.0 * 100 >= second * AHEAD);
        let best = found.into_iter().take(MOST).enumerate();
        best.map(|(at, (score, _, piece))| Match {
            slug: self.index.pieces[piece].clone(),
            score,
            is_sure: is_sure && at == 0,
            because: self.because(piece, &asked),
        })
        .collect()
    }

    /// How well a piece fits, and how much of what was asked it has, in hundredths. Nothing for one that has
    /// too little, or only mentions it.
    fn score(&self, piece: usize, asked: &[Asked], whole: u64) -> Option<(u64, u64)> {
        let (mut score, mut had, mut hits, mut is_told) = (0, 0, 0, false);
        for asked in asked {
            let hit = self.hit(piece, asked);
            if hit.weight > 0 {
                hits += 1;
                score += hit.weight;
                had += self.rarity(asked);
                is_told |= hit.fields & Field::TOLD != 0;
            }
        }
        let share = had * 100 / whole;
        let score = score * (100 + share) / 200;
        // One word of several says little about the others.
        let least = if hits == 1 { ALONE } else { SOME };
        (is_told && share >= least && score >= FLOOR).then_some((score, share))
    }

    /// What a piece has of a word, by the way that weighs most.
    fn hit(&self, piece: usize, asked: &Asked) -> Hit {
        let mut best = Hit::default();
        for way in &asked.ways {
            let mut hit = Hit::default();
            for stem in way {
                if let Some(post) = self.index.post(stem, piece) {
                    hit.weight += u64::from(post.weight);
                    hit.fields |= post.fields;
                }
            }
            if hit.weight > best.weight {
                best = hit;
            }
        }
        best
    }

    /// How much a word tells: that of its rarest stem, or [`UNKNOWN`].
    fn rarity(&self, asked: &Asked) -> u64 {
        let stems = asked.ways.iter().flatten();
        let known = stems.filter_map(|stem| self.index.stems.get(stem));
        known
            .map(|stem| u64::from(stem.rarity))
            .max()
            .unwrap_or(UNKNOWN)
    }

    fn because(&self, piece: usize, asked: &[Asked]) -> Vec<String> {
        let hits = asked.iter().map(|asked| (self.hit(piece, asked), asked));
        let mut hits: Vec<(Hit, &Asked)> = hits.filter(|(hit, _)| hit.weight > 0).collect();
        hits.sort_by_key(|(hit, _)| std::cmp::Reverse(hit.weight));
        let mut places: Vec<(&str, Vec<String>)> = Vec::new();
        for (hit, asked) in hits.into_iter().take(REASONS) {
            let place = Field::best(hit.fields);
            let mended = if asked.is_mended { MENDED } else { "" };
            let word = format!("{}{mended}", asked.typed);
            match places.iter_mut().find(|(other, _)| *other == place) {
                Some((_, words)) => words.push(word),
                None => places.push((place, vec![word])),
            }
        }
        let said = places.into_iter();
        said.map(|(place, words)| format!("{}: {place}", words.join(", ")))
            .collect()
    }

    /// The words of a question that tell something, each once.
    fn asked(&self, question: &str) -> Vec<Asked> {
        let words = words::of(question);
        let mut asked: Vec<Asked> = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            at += 1;
            let next = words.get(at);
            let one = match next.and_then(|next| self.joined(word, next)) {
                Some(joined) => {
                    at += 1;
                    Some(joined)
                }
                None => self.single(word),
            };
            // A word that is said twice is not asked twice.
            asked.extend(one.filter(|one| !asked.iter().any(|other| other.ways == one.ways)));
        }
        asked
    }

    /// Two words that the pieces know as one, such as `start TLS`.
    fn joined(&self, word: &Word, next: &Word) -> Option<Asked> {
        let ([one], [other]) = (&word.parts[..], &next.parts[..]) else {
            return None;
        };
        if is_common(one) || is_common(other) {
            return None;
        }
        let whole = stem(&format!("{one}{other}"));
        self.index.stems.contains_key(&whole).then(|| Asked {
            typed: format!("{} {}", word.typed, next.typed),
            ways: vec![vec![whole], words::stems(&[one.clone(), other.clone()])],
            is_mended: false,
        })
    }

    fn single(&self, word: &Word) -> Option<Asked> {
        let parts = words::stems(&word.parts);
        let mut ways = match &word.parts[..] {
            [_] => Vec::new(),
            several => vec![vec![stem(&several.concat())]],
        };
        if !parts.is_empty() {
            ways.push(parts);
        }
        if ways.is_empty() {
            return None;
        }
        let mut asked = Asked {
            typed: word.typed.clone(),
            ways,
            is_mended: false,
        };
        let is_known = |stem: &String| self.index.stems.contains_key(stem);
        if let [part] = &word.parts[..]
            && !asked.ways.iter().flatten().any(is_known)
            && let Some(meant) = self.meant(part)
        {
            asked.ways = vec![vec![meant]];
            asked.is_mended = true;
        }
        Some(asked)
    }

    /// The stem that a word was meant to have, if one slip stands between them: of those that pieces are about,
    /// the one that most pieces have.
    fn meant(&self, word: &str) -> Option<String> {
        let typed = stem(word);
        let known = self.index.stems.iter();
        let near = known.filter(|(known, entry)| entry.is_told() && slips(word, &typed, known));
        let best = near
            .min_by_key(|(known, entry)| (std::cmp::Reverse(entry.posts.len()), (*known).clone()));
        best.map(|(known, _)| known.clone())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
