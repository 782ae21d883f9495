//! PNG files of few colours.
//!
//! A card is text in a few inks on one paper: its pixels are mixtures of two colours. One byte a pixel
//! is enough for them, and makes a file half as large as three.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::error::KitError;

/// What an indexed PNG can hold.
const MOST: usize = 256;
/// Bytes of a pixel: red, green, blue, and how opaque it is, which here is always wholly.
const PIXEL: usize = 4;

type Colour = [u8; 3];

/// A PNG of a picture whose pixels are four bytes each. Where it has more colours than an index can name,
/// those that differ least from one another become one.
pub(super) fn png(width: u32, height: u32, pixels: &[u8]) -> Result<Vec<u8>, KitError> {
    let runs = runs(pixels);
    let mut counts: BTreeMap<Colour, usize> = BTreeMap::new();
    for (colour, length) in &runs {
        *counts.entry(*colour).or_default() += length;
    }
    let (palette, index) = palette(&counts);
    let mut data = Vec::with_capacity(pixels.len() / PIXEL);
    for (colour, length) in runs {
        let number = index.get(&colour).copied().unwrap_or_default();
        data.resize(data.len() + length, number);
    }
    write(width, height, palette, &data).map_err(|error| KitError::Picture(error.to_string()))
}

/// The colours of the pixels in their order, each with the pixels in a row that have it.
fn runs(pixels: &[u8]) -> Vec<(Colour, usize)> {
    let mut runs: Vec<(Colour, usize)> = Vec::new();
    for pixel in pixels.chunks_exact(PIXEL) {
        let &[red, green, blue, _] = pixel else {
            continue;
        };
        let colour = [red, green, blue];
        match runs.last_mut() {
            Some((last, length)) if *last == colour => *length += 1,
            _ => runs.push((colour, 1)),
        }
    }
    runs
}

/// The colours of a palette, red, green and blue in turn, and for each colour of the picture the number
/// of the one that stands for it: the most frequent of those whose first bits are the same. The most
/// frequent colour of all is number 0.
fn palette(counts: &BTreeMap<Colour, usize>) -> (Vec<u8>, BTreeMap<Colour, u8>) {
    for shift in 0..8 {
        let rough = |colour: &Colour| colour.map(|part| part >> shift);
        let mut chosen: BTreeMap<Colour, (Colour, usize)> = BTreeMap::new();
        for (colour, count) in counts {
            let best = chosen.entry(rough(colour)).or_insert((*colour, 0));
            if *count > best.1 {
                *best = (*colour, *count);
            }
        }
        if chosen.len() <= MOST {
            let mut chosen = Vec::from_iter(chosen);
            chosen.sort_by_key(|(_, (_, count))| Reverse(*count));
            let colours = chosen.iter().flat_map(|(_, (colour, _))| *colour).collect();
            let keys = chosen.into_iter().map(|(key, _)| key);
            let numbers: BTreeMap<Colour, u8> = keys.zip(0..=u8::MAX).collect();
            let number = |colour: &Colour| numbers.get(&rough(colour)).copied();
            let index = counts
                .keys()
                .filter_map(|colour| Some((*colour, number(colour)?)));
            return (colours, index.collect());
        }
    }
    (vec![0; 3], BTreeMap::new())
}

fn write(
    width: u32,
    height: u32,
    palette: Vec<u8>,
    data: &[u8],
) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    // Neighbours in a palette have nothing to do with each other.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(data)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_that_differ_least_become_one_when_there_are_too_many() {
        let mut counts: BTreeMap<Colour, usize> = (0..=255).map(|red| ([red, 0, 0], 2)).collect();
        let (colours, index) = palette(&counts);
        assert_eq!((colours.len(), index.len()), (768, 256));
        counts.insert([8, 1, 0], 9);
        let (colours, index) = palette(&counts);
        assert_eq!(colours.len(), 3 * 128);
        // The most frequent of them stands for all.
        assert_eq!(index[&[9, 0, 0]], index[&[8, 1, 0]]);
        let at = 3 * usize::from(index[&[9, 0, 0]]);
        assert_eq!(colours[at..at + 3], [8, 1, 0]);
    }

    #[test]
    fn pixels_are_counted_in_rows_of_the_same() {
        let (red, blue) = ([9, 0, 0, 255], [0, 0, 9, 255]);
        let pixels = [red, red, blue, red].concat();
        assert_eq!(
            runs(&pixels),
            [([9, 0, 0], 2), ([0, 0, 9], 1), ([9, 0, 0], 1)]
        );
    }
}
