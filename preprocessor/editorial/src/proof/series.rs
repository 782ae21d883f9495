//! What was measured again and again, and how it grows.

/// The figures of one side of a case, one a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Series(Vec<f64>);

impl Series {
    /// The figures of at least one run; none where one of them is no figure that can be measured.
    pub fn new(mut figures: Vec<f64>) -> Option<Series> {
        let is_measured = |figure: &f64| figure.is_finite() && *figure >= 0.0;
        if figures.is_empty() || !figures.iter().all(is_measured) {
            return None;
        }
        figures.sort_by(f64::total_cmp);
        Some(Series(figures))
    }

    /// How many runs there were.
    pub fn runs(&self) -> usize {
        self.0.len()
    }

    /// The figure in the middle; of an even number of runs, half way between the two in the middle.
    pub fn median(&self) -> f64 {
        let middle = self.0.len() / 2;
        match self.0.len() % 2 {
            1 => self.0[middle],
            _ => f64::midpoint(self.0[middle - 1], self.0[middle]),
        }
    }

    /// The smallest figure.
    pub fn lowest(&self) -> f64 {
        self.0.first().copied().unwrap_or_default()
    }

    /// The largest figure.
    pub fn highest(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }
}

/// The exponent `b` of the curve `a × size^b` that lies nearest to the points (size, figure): the slope of the
/// line of least squares through their logarithms. 1 is linear growth, 2 is quadratic. None for fewer
/// than three different sizes, or where a figure is zero.
pub fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let mut sizes: Vec<f64> = points.iter().map(|(size, _)| *size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let is_positive = |(size, figure): &(f64, f64)| *size > 0.0 && *figure > 0.0;
    if sizes.len() < 3 || !points.iter().all(is_positive) {
        return None;
    }
    let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x).sum::<f64>() / count;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let together: f64 = points
        .iter()
        .map(|(x, y)| (x - mean_x) * (y - mean_y))
        .sum();
    let alone: f64 = points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
    Some(together / alone)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_median_lies_in_the_middle_whatever_the_order() {
        for (figures, wanted) in [
            (vec![3.0], 3.0),
            (vec![9.0, 1.0, 4.0], 4.0),
            (vec![8.0, 1.0, 2.0, 100.0], 5.0),
        ] {
            let series = Series::new(figures).unwrap();
            assert!((series.median() - wanted).abs() < 1e-12, "{series:?}");
        }
    }

    #[test]
    fn what_cannot_be_measured_is_no_series() {
        for figures in [vec![], vec![f64::NAN], vec![1.0, -1.0], vec![f64::INFINITY]] {
            assert_eq!(Series::new(figures.clone()), None, "{figures:?}");
        }
    }

    #[test]
    fn a_power_is_found_again_in_its_points() {
        for power in [0.5, 1.0, 1.05, 2.0] {
            let points: Vec<(f64, f64)> = [100.0_f64, 1_000.0, 5_000.0, 10_000.0]
                .into_iter()
                .map(|size| (size, 0.003 * size.powf(power)))
                .collect();
            let found = exponent(&points).unwrap();
            assert!((found - power).abs() < 1e-9, "{power}: {found}");
        }
    }

    #[test]
    fn two_points_are_no_growth_and_zero_has_no_logarithm() {
        assert_eq!(exponent(&[(10.0, 1.0), (100.0, 2.0), (100.0, 2.1)]), None);
        assert_eq!(exponent(&[(10.0, 0.0), (100.0, 2.0), (1_000.0, 3.0)]), None);
    }
}
