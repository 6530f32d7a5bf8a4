//! Where things stand: own layouts, without any program installed and without chance: the same network gives the same
//! picture.

mod overlap;
mod refine;
mod ring;
mod stress;

pub use overlap::{MARGIN, overlaps};
pub(super) use refine::passes;

/// A point, x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Point {
    /// A point.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// Distance to another.
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// The point a share of the way to another.
    #[must_use]
    pub fn toward(self, other: Self, share: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }
}

/// Width and height of what stands at a point (its middle).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// How to lay out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrangement {
    /// By distance in the network: the fewer steps between two, the nearer they stand.
    #[default]
    Stress,
    /// Around a circle, groups side by side.
    Circle,
    /// In rows, one per group.
    Layers,
}

impl Arrangement {
    /// Every arrangement.
    pub const ALL: [Self; 3] = [Self::Stress, Self::Circle, Self::Layers];

    /// The name on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stress => "stress",
            Self::Circle => "circle",
            Self::Layers => "layers",
        }
    }

    /// The arrangement of a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.as_str() == text)
    }
}

/// Places boxes so that none overlaps another. `groups` gives each box's group for [`Arrangement::Circle`] and
/// [`Arrangement::Layers`], and may be empty. Links to oneself and to what is not there are ignored.
///
/// O(n²) time in all, for up to 2,500 boxes with all distances, above with distances to 40 pivots.
///
/// # Example
/// ```
/// use suzerain::output::layout::{Arrangement, Size, overlaps, place};
/// let sizes = vec![Size { w: 80.0, h: 30.0 }; 5];
/// let spots = place(&sizes, &[(0, 1), (1, 2), (2, 3), (3, 4)], Arrangement::Stress, &[]);
/// assert!(overlaps(&spots, &sizes, 0.0).is_empty());
/// ```
#[must_use]
pub fn place(sizes: &[Size], links: &[(usize, usize)], arrangement: Arrangement, groups: &[usize]) -> Vec<Point> {
    let n = sizes.len();
    let links: Vec<(usize, usize)> = links.iter().copied().filter(|(a, b)| a != b && *a < n && *b < n).collect();
    let mut points = match arrangement {
        Arrangement::Stress => {
            let mut points = stress::layout(n, &links);
            overlap::spread(&mut points, sizes, &links);
            overlap::remove(&mut points, sizes);
            refine::refine(&mut points, sizes, &links);
            points
        }
        Arrangement::Circle => ring::circle(sizes, &links, groups),
        Arrangement::Layers => ring::layers(sizes, &links, groups),
    };
    overlap::remove(&mut points, sizes);
    points
}

/// A small fixed source of scatter (SplitMix64), always from the same seed.
#[derive(Debug, Clone)]
struct Scatter(u64);

impl Scatter {
    const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to below 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From 0 to below `n`.
    const fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_arrangement_leaves_no_overlap_and_no_chance() {
        let sizes: Vec<Size> = (0..60).map(|i| Size { w: 50.0 + f64::from(i % 7) * 12.0, h: 24.0 + f64::from(i % 3) * 10.0 }).collect();
        let links: Vec<(usize, usize)> = (1..60).map(|i| (i / 3, i)).chain((0..30).map(|i| (i, (i * 7 + 3) % 60))).collect();
        let groups: Vec<usize> = (0..60).map(|i| i % 4).collect();
        for arrangement in Arrangement::ALL {
            let points = place(&sizes, &links, arrangement, &groups);
            assert!(overlaps(&points, &sizes, 0.0).is_empty(), "{arrangement:?}");
            assert_eq!(points, place(&sizes, &links, arrangement, &groups), "{arrangement:?}");
            assert_eq!(Arrangement::parse(arrangement.as_str()), Some(arrangement));
        }
    }

    #[test]
    fn nothing_and_one() {
        assert!(place(&[], &[], Arrangement::Stress, &[]).is_empty());
        assert_eq!(place(&[Size { w: 1.0, h: 1.0 }], &[(0, 0)], Arrangement::Stress, &[]).len(), 1);
    }
}
