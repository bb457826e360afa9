//! The cheapest of all ways to read a table.

use super::way::Way;
use super::{Layer, Place, Reading, price};

/// The cheapest reading, and the rows for which others are as cheap.
pub(super) fn choose(layers: &[Layer<'_>]) -> Reading {
    let costs = costs_to_go(layers);
    let path = cheapest(layers, &costs);
    let cut = places_cut(layers, &path);
    let first = costs.first().and_then(|first| first.first());
    let best = first.copied().unwrap_or_default();
    let mut reading = Reading::default();
    for (row, at) in path.iter().enumerate().skip(1) {
        let (Some(layer), Some(costs), Some(cut)) = (layers.get(row), costs.get(row), cut.get(row))
        else {
            break;
        };
        let Some(taken) = layer.ways.get(*at).map(|way| way.place) else {
            break;
        };
        reading.places.push(taken);
        let is_good = |cost: u64| deciding(cost) <= deciding(best);
        let all = layer.ways.iter().zip(costs);
        let good = all.filter(|(way, cost)| is_good(way.cost.saturating_add(**cost)));
        // The place that was taken comes first.
        let mut places = vec![taken];
        for place in good.map(|(way, _)| way.place).chain(cut.iter().copied()) {
            if !places.contains(&place) {
                places.push(place);
            }
        }
        if places.len() > 1 {
            reading.unclear.push((row - 1, places));
        }
    }
    reading
}

/// As much of a price as decides.
fn deciding(cost: u64) -> u64 {
    cost / price::PREFERENCES
}

/// What it costs to go on from each way to the end.
fn costs_to_go(layers: &[Layer<'_>]) -> Vec<Vec<u64>> {
    let close = |way: &Way<'_>| -> u64 { way.frames.iter().map(|frame| frame.close()).sum() };
    let last = layers
        .last()
        .map(|layer| layer.ways.iter().map(close).collect());
    let mut costs: Vec<Vec<u64>> = last.into_iter().collect();
    for pair in layers.windows(2).rev() {
        let [before, after] = pair else { continue };
        let behind = costs.last().cloned().unwrap_or_default();
        let mut here = vec![u64::MAX; before.ways.len()];
        for (way, cost) in after.ways.iter().zip(&behind) {
            for (from, price) in &way.from {
                if let Some(least) = here.get_mut(*from) {
                    *least = (*least).min(cost.saturating_add(*price));
                }
            }
        }
        costs.push(here);
    }
    costs.reverse();
    costs
}

/// A cheapest way through all layers, the deepest where several are.
fn cheapest(layers: &[Layer<'_>], costs: &[Vec<u64>]) -> Vec<usize> {
    let mut path = vec![0];
    for (layer, costs) in layers.iter().zip(costs).skip(1) {
        let at = path.last().copied().unwrap_or_default();
        let price = |way: &Way<'_>| {
            let from_here = way.from.iter().filter(|(from, _)| *from == at);
            from_here.map(|(_, price)| *price).min()
        };
        let all = layer.ways.iter().zip(costs).enumerate();
        let next = all
            .filter_map(|(number, (way, cost))| Some((price(way)?.saturating_add(*cost), number)));
        let Some((_, number)) = next.min() else { break };
        path.push(number);
    }
    path
}

/// Of each row the places to which ways put it that were not followed to the end, though so far they were as
/// cheap as the path.
fn places_cut(layers: &[Layer<'_>], path: &[usize]) -> Vec<Vec<Place>> {
    let mut places: Vec<Vec<Place>> = vec![Vec::new(); layers.len()];
    let mut seen: Vec<Vec<bool>> = layers
        .iter()
        .map(|layer| vec![false; layer.ways.len()])
        .collect();
    for (row, layer) in layers.iter().enumerate() {
        let taken = path.get(row).and_then(|at| layer.ways.get(*at));
        let bound = taken.map_or(0, |way| deciding(way.cost));
        for cut in layer.cut.iter().filter(|way| deciding(way.cost) <= bound) {
            // Back to where it left the path, or to where another one came along.
            let (mut row, mut way) = (row, cut);
            while let (Some(places), Some(before)) = (places.get_mut(row), row.checked_sub(1)) {
                places.push(way.place);
                let Some(from) = cheapest_from(way, layers, before) else {
                    break;
                };
                let known = seen.get_mut(before).and_then(|seen| seen.get_mut(from));
                let is_new = known.is_some_and(|known| !std::mem::replace(known, true));
                if !is_new || path.get(before) == Some(&from) {
                    break;
                }
                let Some(next) = layers.get(before).and_then(|layer| layer.ways.get(from)) else {
                    break;
                };
                (row, way) = (before, next);
            }
        }
    }
    places
}

/// The way of the row before from which one is cheapest.
fn cheapest_from(way: &Way<'_>, layers: &[Layer<'_>], before: usize) -> Option<usize> {
    let ways = &layers.get(before)?.ways;
    let cost = |(from, price): &&(usize, u64)| Some(ways.get(*from)?.cost + price);
    way.from.iter().min_by_key(cost).map(|(from, _)| *from)
}
