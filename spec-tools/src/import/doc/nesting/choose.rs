//! Chooses the cheapest reading of a table.

use std::collections::HashSet;

use super::candidate::Candidate;
use super::{Layer, Place, Reading, price};

/// The cheapest reading, and the rows for which others are as cheap.
pub(super) fn choose(layers: &[Layer<'_>]) -> Reading {
    let costs = costs_to_go(layers);
    let path = cheapest(layers, &costs);
    let cut = places_cut(layers, &path);
    let mut reading = Reading::default();
    for (row, layer) in layers.iter().enumerate().skip(1) {
        let taken = layer.candidates[path[row]].place;
        reading.places.push(taken);
        let all = layer.candidates.iter().zip(&costs[row]);
        let good = all.filter(|(candidate, cost)| {
            deciding(candidate.cost.saturating_add(**cost)) <= deciding(costs[0][0])
        });
        // The place that was taken comes first.
        let mut places = vec![taken];
        for place in good.map(|(candidate, _)| &candidate.place).chain(&cut[row]) {
            if !places.contains(place) {
                places.push(*place);
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
    let none = |layer: &Layer<'_>| vec![u64::MAX; layer.candidates.len()];
    let mut costs: Vec<Vec<u64>> = layers.iter().map(none).collect();
    let close =
        |candidate: &Candidate<'_>| candidate.frames.iter().map(|frame| frame.close()).sum();
    if let (Some(last), Some(costs)) = (layers.last(), costs.last_mut()) {
        *costs = last.candidates.iter().map(close).collect();
    }
    for row in (1..layers.len()).rev() {
        for (number, candidate) in layers[row].candidates.iter().enumerate() {
            for (from, price) in &candidate.from {
                let cost = costs[row][number].saturating_add(*price);
                let least = &mut costs[row - 1][*from];
                *least = cost.min(*least);
            }
        }
    }
    costs
}

/// A cheapest candidate through all layers, the deepest where several are.
fn cheapest(layers: &[Layer<'_>], costs: &[Vec<u64>]) -> Vec<usize> {
    let mut path = vec![0];
    for (row, layer) in layers.iter().enumerate().skip(1) {
        let price = |candidate: &Candidate<'_>| {
            let from_here = candidate
                .from
                .iter()
                .filter(|(from, _)| *from == path[row - 1]);
            from_here.map(|(_, price)| *price).min()
        };
        let all = layer.candidates.iter().zip(&costs[row]).enumerate();
        let next = all.filter_map(|(number, (candidate, cost))| {
            Some((price(candidate)?.saturating_add(*cost), number))
        });
        let next = next.min().map_or(0, |(_, number)| number);
        path.push(next);
    }
    path
}

/// Of each row the places to which candidates put it that were not followed to the end, though so far they were as
/// cheap as the path.
fn places_cut(layers: &[Layer<'_>], path: &[usize]) -> Vec<Vec<Place>> {
    let mut places: Vec<Vec<Place>> = vec![Vec::new(); layers.len()];
    let mut seen = HashSet::new();
    for (row, layer) in layers.iter().enumerate() {
        let bound = deciding(layer.candidates[path[row]].cost);
        for cut in layer.cut.iter().filter(|cut| deciding(cut.cost) <= bound) {
            // Back to where it left the path, or to where another one came along.
            let (mut row, mut candidate) = (row, cut);
            loop {
                places[row].push(candidate.place);
                row -= 1;
                let before = &layers[row].candidates;
                let roads = candidate.from.iter();
                let from = roads.min_by_key(|(from, price)| before[*from].cost + price);
                let from = from.map_or(0, |(from, _)| *from);
                if !seen.insert((row, from)) || path[row] == from {
                    break;
                }
                candidate = &before[from];
            }
        }
    }
    places
}
