//! Strongly connected components.

/// The strongly connected components of a graph: for each node the number of its group. Two nodes are in one group if
/// each leads to the other. `edges[i]` are the nodes to which the `i`-th leads.
///
/// This is Tarjan's algorithm with a stack of its own, since types may form long chains.
pub(crate) fn groups(edges: &[Vec<usize>]) -> Vec<usize> {
    const OPEN: usize = usize::MAX;
    let mut group = vec![OPEN; edges.len()];
    // When a node was first met, from 1; and the earliest open node that it leads to.
    let (mut met, mut low) = (vec![0; edges.len()], vec![0; edges.len()]);
    let (mut clock, mut count) = (0, 0);
    let mut open = Vec::new();
    for root in 0..edges.len() {
        let mut way = vec![(root, 0)];
        while let Some((node, next)) = way.pop() {
            if next == 0 {
                if met[node] > 0 {
                    continue;
                }
                clock += 1;
                (met[node], low[node]) = (clock, clock);
                open.push(node);
            } else {
                // Back from the edge before.
                let from = edges[node][next - 1];
                if group[from] == OPEN {
                    low[node] = low[node].min(low[from]);
                }
            }
            if let Some(&to) = edges[node].get(next) {
                way.push((node, next + 1));
                if met[to] == 0 {
                    way.push((to, 0));
                }
            } else if low[node] == met[node] {
                while let Some(member) = open.pop() {
                    group[member] = count;
                    if member == node {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn nodes_that_lead_to_each_other_are_one_group() {
        // 0 <-> 1 -> 2 -> 3 -> 4 -> 2, 5 -> 5, 6
        let edges = [
            vec![1],
            vec![0, 2],
            vec![3],
            vec![4],
            vec![2],
            vec![5],
            vec![],
        ];
        let groups = groups(&edges);
        assert_eq!(groups[0], groups[1]);
        assert_eq!(groups[2], groups[3]);
        assert_eq!(groups[3], groups[4]);
        let mut distinct = groups.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), 4);
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack() {
        let edges: Vec<_> = (0..200_000).map(|at| vec![(at + 1) % 200_000]).collect();
        assert!(groups(&edges).iter().all(|group| *group == 0));
    }
}
