//! The cheapest of all ways to read a table.

use super::{Frame, Place, Reading, Way, price};

/// The cheapest reading, and the rows for which others are as cheap.
pub(super) fn choose(layers: &[Vec<Way<'_>>]) -> Reading {
    let close = |way: &Way<'_>| -> u64 { way.frames.iter().map(Frame::close).sum() };
    let Some(last) = layers.last() else {
        return Reading::default();
    };
    // From the end: what it costs to go on from each way.
    let mut costs: Vec<Vec<u64>> = vec![last.iter().map(close).collect()];
    for pair in layers.windows(2).rev() {
        let [before, after] = pair else { continue };
        let behind = costs.last().cloned().unwrap_or_default();
        let mut here = vec![u64::MAX; before.len()];
        for (way, cost) in after.iter().zip(&behind) {
            for (from, price) in &way.from {
                if let Some(least) = here.get_mut(*from) {
                    *least = (*least).min(cost.saturating_add(*price));
                }
            }
        }
        costs.push(here);
    }
    costs.reverse();
    let best = costs
        .first()
        .and_then(|first| first.first().copied())
        .unwrap_or(0);
    let mut reading = Reading::default();
    let mut at = 0;
    for row in 1..layers.len() {
        let (Some(layer), Some(costs)) = (layers.get(row), costs.get(row)) else {
            break;
        };
        let deciding = |cost: u64| cost / price::PREFERENCES;
        let good =
            |way: &Way<'_>, cost: u64| deciding(way.cost.saturating_add(cost)) <= deciding(best);
        let mut places: Vec<Place> = Vec::new();
        for (way, cost) in layer.iter().zip(costs) {
            if good(way, *cost) && !places.contains(&way.place) {
                places.push(way.place);
            }
        }
        // Go on along a cheapest way, the deepest first.
        let next = layer
            .iter()
            .zip(costs)
            .enumerate()
            .filter(|(_, (way, _))| way.from.iter().any(|(from, _)| *from == at));
        let cheapest = next.min_by_key(|(number, (way, cost))| {
            let price = way
                .from
                .iter()
                .filter(|(from, _)| *from == at)
                .map(|(_, price)| *price);
            (
                price.min().unwrap_or(u64::MAX).saturating_add(**cost),
                *number,
            )
        });
        let Some((number, (way, _))) = cheapest else {
            break;
        };
        at = number;
        reading.places.push(way.place);
        if places.len() > 1 {
            // The place that was taken comes first.
            places.retain(|place| *place != way.place);
            places.insert(0, way.place);
            reading.unclear.push((row - 1, places));
        }
    }
    reading
}
