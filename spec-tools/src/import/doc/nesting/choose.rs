//! Chooses the cheapest reading of a table.

use super::candidate::Candidate;
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
        let Some(taken) = layer.candidates.get(*at).map(|candidate| candidate.place) else {
            break;
        };
        reading.places.push(taken);
        let is_good = |cost: u64| deciding(cost) <= deciding(best);
        let all = layer.candidates.iter().zip(costs);
        let good = all.filter(|(candidate, cost)| is_good(candidate.cost.saturating_add(**cost)));
        // The place that was taken comes first.
        let mut places = vec![taken];
        for place in good
            .map(|(candidate, _)| candidate.place)
            .chain(cut.iter().copied())
        {
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

/// The part of a price that decides.
fn deciding(cost: u64) -> u64 {
    cost / price::PREFERENCES
}

/// The cost from each candidate to the end.
fn costs_to_go(layers: &[Layer<'_>]) -> Vec<Vec<u64>> {
    let close = |candidate: &Candidate<'_>| -> u64 {
        candidate.frames.iter().map(|frame| frame.close()).sum()
    };
    let last = layers
        .last()
        .map(|layer| layer.candidates.iter().map(close).collect());
    let mut costs: Vec<Vec<u64>> = last.into_iter().collect();
    for pair in layers.windows(2).rev() {
        let [before, after] = pair else { continue };
        let behind = costs.last().cloned().unwrap_or_default();
        let mut here = vec![u64::MAX; before.candidates.len()];
        for (candidate, cost) in after.candidates.iter().zip(&behind) {
            for (from, price) in &candidate.from {
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

/// A cheapest candidate through all layers, the deepest where several are.
fn cheapest(layers: &[Layer<'_>], costs: &[Vec<u64>]) -> Vec<usize> {
    let mut path = vec![0];
    for (layer, costs) in layers.iter().zip(costs).skip(1) {
        let at = path.last().copied().unwrap_or_default();
        let price = |candidate: &Candidate<'_>| {
            let from_here = candidate.from.iter().filter(|(from, _)| *from == at);
            from_here.map(|(_, price)| *price).min()
        };
        let all = layer.candidates.iter().zip(costs).enumerate();
        let next = all.filter_map(|(number, (candidate, cost))| {
            Some((price(candidate)?.saturating_add(*cost), number))
        });
        let Some((_, number)) = next.min() else { break };
        path.push(number);
    }
    path
}

/// Of each row the places to which candidates put it that were not followed to the end, though so far they were as
/// cheap as the path.
fn places_cut(layers: &[Layer<'_>], path: &[usize]) -> Vec<Vec<Place>> {
    let mut places: Vec<Vec<Place>> = vec![Vec::new(); layers.len()];
    let mut seen: Vec<Vec<bool>> = layers
        .iter()
        .map(|layer| vec![false; layer.candidates.len()])
        .collect();
    for (row, layer) in layers.iter().enumerate() {
        let taken = path.get(row).and_then(|at| layer.candidates.get(*at));
        let bound = taken.map_or(0, |candidate| deciding(candidate.cost));
        for cut in layer
            .cut
            .iter()
            .filter(|candidate| deciding(candidate.cost) <= bound)
        {
            // Back to where it left the path, or to where another one came along.
            let (mut row, mut candidate) = (row, cut);
            while let (Some(places), Some(before)) = (places.get_mut(row), row.checked_sub(1)) {
                places.push(candidate.place);
                let Some(from) = cheapest_from(candidate, layers, before) else {
                    break;
                };
                let known = seen.get_mut(before).and_then(|seen| seen.get_mut(from));
                let is_new = known.is_some_and(|known| !std::mem::replace(known, true));
                if !is_new || path.get(before) == Some(&from) {
                    break;
                }
                let Some(next) = layers
                    .get(before)
                    .and_then(|layer| layer.candidates.get(from))
                else {
                    break;
                };
                (row, candidate) = (before, next);
            }
        }
    }
    places
}

/// The candidate of the row before from which one is cheapest.
fn cheapest_from(candidate: &Candidate<'_>, layers: &[Layer<'_>], before: usize) -> Option<usize> {
    let candidates = &layers.get(before)?.candidates;
    let cost = |(from, price): &&(usize, u64)| Some(candidates.get(*from)?.cost + price);
    candidate
        .from
        .iter()
        .min_by_key(cost)
        .map(|(from, _)| *from)
}
