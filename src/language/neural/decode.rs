//! From scores of heads to a tree: the best arborescence (Chu and Liu 1965, Edmonds 1967), contracting cycles in place.

/// Buckets of the distance between a word and its head, both directions.
pub(crate) const DISTANCES: usize = 20;

/// Bucket of the distance from a dependent to its head.
#[inline]
pub(crate) fn distance(dependent: usize, head: usize) -> usize {
    let gap = dependent.abs_diff(head);
    let bucket = match gap {
        0..=4 => gap.max(1) - 1,
        5..=6 => 4,
        7..=9 => 5,
        10..=14 => 6,
        15..=20 => 7,
        21..=30 => 8,
        _ => 9,
    };
    if head > dependent { bucket + DISTANCES / 2 } else { bucket }
}

/// Kept from every choice that has another: far above any sum of scores.
const NEVER: i64 = -(1 << 50);
const ROOT_COST: i64 = 1 << 34;

struct Contraction {
    rep: usize,
    cycle: Vec<(usize, usize)>,
    enter: Vec<u16>,
    leave: Vec<u16>,
}

/// The best tree with one root. `scores[dependent * (n + 1) + 1 + head]` is the score of a head, `[dependent * (n + 1)]`
/// that of being the root. Gives 0 for the root, else one more than the head. O(n²) for each cycle, of which there are
/// few; n² where the best heads form a tree already.
pub(crate) fn tree(scores: &[i32], n: usize) -> Vec<usize> {
    let wide = n + 1;
    let best = |line: &[i32], own: usize| {
        let mut top = 0;
        for j in 1..wide {
            if j != own + 1 && line[j] > line[top] {
                top = j;
            }
        }
        top
    };
    let heads: Vec<usize> = (0..n).map(|i| best(&scores[i * wide..(i + 1) * wide], i)).collect();
    if heads.iter().filter(|&&h| h == 0).count() == 1 && cycle(&heads, n).is_none() {
        return heads;
    }
    edmonds(scores, n)
}

/// Words of a cycle among `heads` (0 = root, else index + 1), if there is one.
fn cycle(heads: &[usize], n: usize) -> Option<Vec<usize>> {
    let mut seen = vec![0u32; n];
    for start in 0..n {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start as u32 + 1;
            match heads[at] {
                0 => break,
                h => at = h - 1,
            }
        }
        if heads[at] != 0 && seen[at] == start as u32 + 1 {
            let mut words = vec![at];
            let mut next = heads[at] - 1;
            while next != at {
                words.push(next);
                next = heads[next] - 1;
            }
            return Some(words);
        }
    }
    None
}

fn edmonds(scores: &[i32], n: usize) -> Vec<usize> {
    let wide = n + 1;
    // w[dependent * wide + head + 1]; the root's cost makes a second root worse than any tree without it.
    let mut w: Vec<i64> = scores.iter().map(|&s| i64::from(s)).collect();
    for i in 0..n {
        w[i * wide] -= ROOT_COST;
        w[i * wide + i + 1] = NEVER;
    }
    let mut alive = vec![true; n];
    let mut done: Vec<Contraction> = Vec::new();
    let mut heads = vec![0usize; n];
    loop {
        for i in (0..n).filter(|&i| alive[i]) {
            let mut top = 0;
            for j in 1..wide {
                if alive[j - 1] && j != i + 1 && w[i * wide + j] > w[i * wide + top] {
                    top = j;
                }
            }
            heads[i] = top;
        }
        for i in (0..n).filter(|&i| !alive[i]) {
            heads[i] = 0;
        }
        let Some(words) = cycle(&heads, n) else { break };
        let rep = words[0];
        let own: Vec<(usize, usize)> = words.iter().map(|&v| (v, heads[v])).collect();
        let kept: Vec<i64> = own.iter().map(|&(v, h)| w[v * wide + h]).collect();
        for &v in &words[1..] {
            alive[v] = false;
        }
        let (mut enter, mut leave) = (vec![0u16; wide], vec![0u16; n]);
        let mut into = vec![NEVER; wide];
        for u in 0..wide {
            if u > 0 && (!alive[u - 1] || u == rep + 1) {
                continue;
            }
            for (k, &v) in words.iter().enumerate() {
                let gain = w[v * wide + u] - kept[k];
                if k == 0 || gain > into[u] {
                    (into[u], enter[u]) = (gain, v as u16);
                }
            }
        }
        for x in (0..n).filter(|&x| alive[x] && x != rep) {
            let mut top = words[0];
            for &v in &words[1..] {
                if w[x * wide + v + 1] > w[x * wide + top + 1] {
                    top = v;
                }
            }
            w[x * wide + rep + 1] = w[x * wide + top + 1];
            leave[x] = top as u16;
        }
        w[rep * wide..(rep + 1) * wide].copy_from_slice(&into);
        done.push(Contraction { rep, cycle: own, enter, leave });
    }
    for Contraction { rep, cycle, enter, leave } in done.into_iter().rev() {
        let head = heads[rep];
        let inside = |x: usize| cycle.iter().any(|&(v, _)| v == x);
        for x in (0..n).filter(|&x| alive[x] && x != rep) {
            if heads[x] == rep + 1 {
                heads[x] = usize::from(leave[x]) + 1;
            }
        }
        let first = usize::from(enter[head]);
        debug_assert!(inside(first));
        for &(v, h) in &cycle {
            alive[v] = true;
            heads[v] = if v == first { head } else { h };
        }
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(scores: &[i32], n: usize, heads: &[usize]) -> i64 {
        heads.iter().enumerate().map(|(i, &h)| i64::from(scores[i * (n + 1) + h])).sum()
    }

    fn sound(heads: &[usize], n: usize) -> bool {
        heads.iter().filter(|&&h| h == 0).count() == 1 && cycle(heads, n).is_none()
    }

    /// Against every one of the trees over up to five words.
    #[test]
    fn no_other_tree_is_better() {
        let mut state = 12_345u64;
        for round in 0..400 {
            let n = 1 + round % 5;
            let scores: Vec<i32> = (0..n * (n + 1))
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    (state >> 40) as i32 % 100
                })
                .collect();
            let found = tree(&scores, n);
            assert!(sound(&found, n));
            let mut best = i64::MIN;
            for code in 0..(n + 1).pow(n as u32) {
                let heads: Vec<usize> = (0..n).map(|i| code / (n + 1).pow(i as u32) % (n + 1)).collect();
                if heads.iter().enumerate().all(|(i, &h)| h != i + 1) && sound(&heads, n) {
                    best = best.max(value(&scores, n, &heads));
                }
            }
            assert_eq!(value(&scores, n, &found), best);
        }
    }

    #[test]
    fn large_and_empty() {
        let n = 300;
        let scores: Vec<i32> = (0..n * (n + 1)).map(|i| (i * 7919 % 1009) as i32).collect();
        assert!(sound(&tree(&scores, n), n));
        assert!(tree(&[], 0).is_empty());
    }
}
