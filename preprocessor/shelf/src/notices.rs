//! Which line each notice of a sample points at.

use editorial::Notice;
use evidence::Line;

/// For each notice, in order, the index of its line: the first that says its words and has no other
/// notice. `None` where no such line was printed.
pub(crate) fn place<'a>(
    notices: &[Notice],
    lines: impl Iterator<Item = &'a Line>,
) -> Vec<Option<usize>> {
    let lines: Vec<_> = lines.map(|line| line.text.as_plain()).collect();
    let mut taken = vec![false; lines.len()];
    let mut places = Vec::new();
    for notice in notices {
        let place = (0..lines.len())
            .find(|&index| !taken[index] && lines[index].contains(&notice.line.value));
        if let Some(index) = place {
            taken[index] = true;
        }
        places.push(place);
    }
    places
}

#[cfg(test)]
mod tests {
    use editorial::Placed;
    use evidence::Clean;

    use super::*;

    #[test]
    fn each_notice_has_a_line_of_its_own() {
        let line = |text: &str| Line {
            text: Clean::line(text, 80),
            volatile: false,
        };
        let placed = |words: &str| Placed {
            value: words.to_owned(),
            span: 0..0,
        };
        let notice = |words: &str| Notice {
            line: placed(words),
            says: placed("x"),
        };
        let lines = [line("port open"), line("TLS open"), line("closed")];
        let notices = [
            notice("open"),
            notice("open"),
            notice("open"),
            notice("closed"),
        ];
        assert_eq!(
            place(&notices, lines.iter()),
            [Some(0), Some(1), None, Some(2)]
        );
    }
}
