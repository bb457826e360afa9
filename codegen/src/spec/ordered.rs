use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

/// A YAML mapping in the order it was written, with no key twice.
///
/// serde's own maps keep the last of two equal keys in silence; a spec must not lose one.
#[derive(Debug, Clone)]
pub struct Ordered<K, V>(IndexMap<K, V>);

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

/// The order is part of what a mapping says.
impl<K: PartialEq, V: PartialEq> PartialEq for Ordered<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K, V> Ordered<K, V> {
    /// The entries in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&K, &V)> {
        self.0.iter()
    }

    /// True if the mapping has no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many entries the mapping has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The entries in the order of the file, their values to be changed.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&K, &mut V)> {
        self.0.iter_mut()
    }
}

/// The keys must differ from each other.
impl<K: Hash + Eq, V> FromIterator<(K, V)> for Ordered<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<K: Hash + Eq, V> Ordered<K, V> {
    /// Whether the mapping has a key.
    pub fn contains(&self, key: &K) -> bool {
        self.0.contains_key(key)
    }

    /// The same keys with other values.
    pub(super) fn map_values<W>(self, with: impl Fn(V) -> W) -> Ordered<K, W> {
        Ordered(
            self.0
                .into_iter()
                .map(|(key, value)| (key, with(value)))
                .collect(),
        )
    }
}

impl<V> Ordered<String, V> {
    /// A key of the mapping with its value.
    pub(crate) fn get_key_value(&self, key: &str) -> Option<(&String, &V)> {
        self.0.get_key_value(key)
    }

    /// The value of one key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.get(key)
    }
}

impl<'de, K, V> Deserialize<'de> for Ordered<K, V>
where
    K: Deserialize<'de> + Hash + Eq + fmt::Display,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(PhantomData<(K, V)>);
        impl<'de, K, V> Visitor<'de> for Entries<K, V>
        where
            K: Deserialize<'de> + Hash + Eq + fmt::Display,
            V: Deserialize<'de>,
        {
            type Value = Ordered<K, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = IndexMap::new();
                while let Some((key, value)) = map.next_entry::<K, V>()? {
                    match entries.entry(key) {
                        Entry::Occupied(known) => {
                            let message = format!("duplicate key `{}`", known.key());
                            return Err(A::Error::custom(message));
                        }
                        Entry::Vacant(free) => drop(free.insert(value)),
                    }
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// A mapping that differs from none: `body:` with nothing under it is an empty mapping.
pub(super) fn some<'de, D, V>(deserializer: D) -> Result<Option<Ordered<String, V>>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    Ordered::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fmt;
    use std::hash::{Hash, Hasher};

    use serde::Deserialize;

    use super::Ordered;

    thread_local!(static COMPARED: Cell<usize> = const { Cell::new(0) });

    /// A key that counts how often it is compared.
    #[derive(Deserialize)]
    struct Key(String);

    impl PartialEq for Key {
        fn eq(&self, other: &Self) -> bool {
            COMPARED.with(|compared| compared.set(compared.get() + 1));
            self.0 == other.0
        }
    }

    impl Eq for Key {}

    impl Hash for Key {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    impl fmt::Display for Key {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }

    #[test]
    fn a_key_is_not_compared_with_all_before_it() {
        let keys = 5_000;
        let lines: Vec<String> = (0..keys).map(|key| format!("key{key}: 1")).collect();
        let text = lines.join("\n");
        let Ok(read) = serde_yaml::from_str::<Ordered<Key, u8>>(&text) else {
            panic!("a mapping");
        };
        assert_eq!(read.len(), keys);
        let compared = COMPARED.with(Cell::get);
        assert!(compared < 10 * keys, "{compared}");
    }
}
