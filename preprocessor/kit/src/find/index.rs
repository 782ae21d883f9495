//! What every word weighs in every piece, in whole numbers.

use std::collections::BTreeMap;

use super::Findable;
use super::words::indexed;

/// A part of a piece, from the one that tells most to the one that tells least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The question or title.
    Title,
    /// Readers' own words for it.
    Also,
    /// A question of reporters that leads to it, with the sentence that answers it.
    Asked,
    /// The sentence to quote.
    Says,
    /// The three messages.
    Messages,
    /// What it is about.
    Topics,
    /// Its headings.
    Headings,
    /// Its text.
    Text,
}

impl Field {
    /// Every field, each with what a word in it weighs, and where that is in words.
    pub const ALL: [(Field, f64, &str); 8] = [
        (Field::Title, 8.0, "in the question"),
        (Field::Also, 8.0, "among words that readers use for it"),
        (Field::Asked, 4.0, "in a question that reporters ask"),
        (Field::Says, 5.0, "in the sentence to quote"),
        (Field::Messages, 4.0, "in the messages"),
        (Field::Topics, 4.0, "in its topics"),
        (Field::Headings, 2.0, "in a heading"),
        (Field::Text, 0.5, "in the text"),
    ];

    /// The bits of the fields that say what a piece is about. A heading or a sentence may only mention it.
    pub const TOLD: u32 = !(1 << Field::Headings as u32 | 1 << Field::Text as u32);

    /// Its bit in [`Post::fields`].
    pub fn mark(self) -> u32 {
        1 << (self as u32)
    }

    /// The field that tells most, of those in `fields`, in words.
    pub fn best(fields: u32) -> &'static str {
        let all = Field::ALL.iter();
        let mut found = all.filter(|(field, ..)| fields & field.mark() != 0);
        found.next().map_or("", |(_, _, words)| words)
    }

    fn words(self, piece: &Findable) -> String {
        match self {
            Field::Title => piece.title.clone(),
            Field::Also => piece.also.join("\n"),
            Field::Asked => piece.asked.join("\n"),
            Field::Says => piece.says.clone(),
            Field::Messages => piece.messages.join("\n"),
            Field::Topics => piece.topics.join("\n"),
            Field::Headings => piece.headings.join("\n"),
            Field::Text => piece.text.clone(),
        }
    }
}

/// What all words weigh.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Index {
    /// The slugs of the pieces, in their order.
    pub pieces: Vec<String>,
    /// Every stem.
    pub stems: BTreeMap<String, Stem>,
}

/// A stem, and where it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stem {
    /// How much it tells: the fewer pieces have it, the more.
    pub rarity: u32,
    /// The pieces that have it, in their order.
    pub posts: Vec<Post>,
}

/// A stem in a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// Which of [`Index::pieces`].
    pub piece: usize,
    /// What it weighs there.
    pub weight: u32,
    /// The fields that have it, a bit each.
    pub fields: u32,
}

impl Stem {
    /// Whether some piece is about it.
    pub fn is_told(&self) -> bool {
        self.posts.iter().any(|post| post.fields & Field::TOLD != 0)
    }
}

/// How soon saying a word again adds nothing, and how much the length of a field matters (BM25).
const SATURATION: f64 = 4.0;
const LENGTH: f64 = 0.5;
/// One, in whole numbers.
const UNIT: f64 = 100.0;

impl Index {
    /// Reads the pieces.
    pub(super) fn of(pieces: &[Findable]) -> Index {
        let read: Vec<Vec<Vec<String>>> = pieces
            .iter()
            .map(|piece| {
                let fields = Field::ALL.iter();
                fields
                    .map(|(field, ..)| indexed(&field.words(piece)))
                    .collect()
            })
            .collect();
        let usual = usual_lengths(&read);
        let mut stems: BTreeMap<String, Vec<(usize, f64, u32)>> = BTreeMap::new();
        for (at, fields) in read.iter().enumerate() {
            for (stem, (often, marks)) in counted(fields, &usual) {
                stems.entry(stem).or_default().push((at, often, marks));
            }
        }
        let all = pieces.len() as f64;
        let stems = stems.into_iter().map(|(stem, found)| {
            let having = found.len() as f64;
            let rarity = (1.0 + (all - having + 0.5) / (having + 0.5)).ln();
            let posts = found.into_iter().map(|(piece, often, fields)| Post {
                piece,
                weight: whole(rarity * often * (SATURATION + 1.0) / (SATURATION + often)),
                fields,
            });
            let posts = posts.collect();
            let rarity = whole(rarity);
            (stem, Stem { rarity, posts })
        });
        Index {
            pieces: pieces.iter().map(|piece| piece.slug.clone()).collect(),
            stems: stems.collect(),
        }
    }

    /// What a stem weighs in a piece, where it is there.
    pub(super) fn post(&self, stem: &str, piece: usize) -> Option<&Post> {
        let posts = &self.stems.get(stem)?.posts;
        let at = posts.binary_search_by_key(&piece, |post| post.piece).ok()?;
        posts.get(at)
    }
}

/// How long each field is in the middle of all pieces.
fn usual_lengths(read: &[Vec<Vec<String>>]) -> Vec<f64> {
    let sum = |field: usize| -> usize { read.iter().map(|fields| fields[field].len()).sum() };
    let pieces = read.len().max(1) as f64;
    (0..Field::ALL.len())
        .map(|field| (sum(field) as f64 / pieces).max(1.0))
        .collect()
}

/// How often each stem is said in a piece, by the weight of its fields, and in which.
fn counted(fields: &[Vec<String>], usual: &[f64]) -> BTreeMap<String, (f64, u32)> {
    let mut counted: BTreeMap<String, (f64, u32)> = BTreeMap::new();
    for ((stems, usual), (field, weight, _)) in fields.iter().zip(usual).zip(Field::ALL) {
        let length = 1.0 - LENGTH + LENGTH * stems.len() as f64 / usual;
        let mut times: BTreeMap<&String, u32> = BTreeMap::new();
        for stem in stems {
            *times.entry(stem).or_default() += 1;
        }
        for (stem, times) in times {
            let entry = counted.entry(stem.clone()).or_default();
            entry.0 += weight * f64::from(times) / length;
            entry.1 |= field.mark();
        }
    }
    counted
}

/// A number in hundredths, at least one.
fn whole(number: f64) -> u32 {
    (number * UNIT).round().max(1.0) as u32
}
