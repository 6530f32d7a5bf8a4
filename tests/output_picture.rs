//! The picture: nothing overlaps, everything is on the page, large networks are cut down to their strongest part.

mod output_support;

use output_support::sample;
use suzerain::output::layout::{Point, Size};
use suzerain::output::{Choice, PictureOptions, draw};

fn apart((p, s): (Point, Size), (q, t): (Point, Size)) -> bool {
    (p.x - q.x).abs() >= (s.w + t.w) / 2.0 || (p.y - q.y).abs() >= (s.h + t.h) / 2.0
}

#[test]
fn no_label_overlaps_a_box_or_another_label() {
    let network = sample();
    let choices = [Choice::default(), Choice { top: Some(0), all_links: true, ..Choice::default() }];
    for choice in choices {
        let picture = draw(&network, &PictureOptions { choice, ..PictureOptions::default() });
        assert!(picture.actors.len() >= 40);
        let boxes: Vec<_> = picture.actors.iter().chain(&picture.labels).copied().collect();
        for (i, a) in boxes.iter().enumerate() {
            for b in &boxes[i + 1..] {
                assert!(apart(*a, *b), "{a:?} {b:?}");
            }
            let (p, s) = a;
            assert!(p.x - s.w / 2.0 >= 0.0 && p.x + s.w / 2.0 <= picture.scene.width, "{a:?} is off the page");
            assert!(p.y - s.h / 2.0 >= 0.0 && p.y + s.h / 2.0 <= picture.scene.height, "{a:?} is off the page");
        }
        assert!(picture.labels.len() * 2 > picture.view.links.len(), "{} labels of {}", picture.labels.len(), picture.view.links.len());
    }
}

#[test]
fn the_strongest_part_is_drawn_unless_told() {
    let network = sample();
    let few = draw(&network, &PictureOptions { choice: Choice { top: Some(12), ..Choice::default() }, ..PictureOptions::default() });
    assert!(few.actors.len() <= 12);
    let names: Vec<&str> = few.view.actors.iter().map(|n| network.graph[*n].name.as_ref()).collect();
    for name in ["Armenia", "Azerbaijan", "Russia", "Turkey"] {
        assert!(names.contains(&name), "{name} is missing in {names:?}");
    }
}
