use std::collections::HashSet;

use super::{NamedType, Operation, Ordered, ScalarOrNamed, Service, Shape};
use crate::spec::walk::{self, Path};

/// The named types that can be used at some place.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    own: Option<&'a Ordered<String, NamedType>>,
    shared: Option<&'a Ordered<String, NamedType>>,
}

impl<'a> Scope<'a> {
    /// The scope of an event, which declares no types.
    pub fn none() -> Self {
        Self {
            own: None,
            shared: None,
        }
    }

    /// In `_service.yaml`.
    pub fn of(service: &'a Service) -> Self {
        Self {
            own: None,
            shared: Some(&service.file.types),
        }
    }

    /// In the file of one of the service's operations.
    pub fn in_operation(self, operation: &'a Operation) -> Self {
        Self {
            own: Some(&operation.types),
            ..self
        }
    }

    /// Whether types can be declared for this place.
    pub fn declares_types(&self) -> bool {
        self.shared.is_some()
    }

    /// Whether this is the file of an operation.
    pub fn is_operation(&self) -> bool {
        self.own.is_some()
    }

    /// An operation's own type.
    pub fn own(&self, name: &str) -> Option<&'a NamedType> {
        self.own?.get(name)
    }

    /// A type that the service's operations share.
    pub fn shared(&self, name: &str) -> Option<&'a NamedType> {
        self.shared?.get(name)
    }

    /// The type of a name.
    pub fn get(&self, name: &str) -> Option<&'a NamedType> {
        self.own(name).or_else(|| self.shared(name))
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let all = self.own.into_iter().chain(self.shared);
        all.flat_map(Ordered::iter).map(|(name, _)| name.as_str())
    }

    /// What a shape is once its name is looked up. `None` if the name is unknown or its type unclear, which `check`
    /// reports where it is declared.
    pub fn shape(&self, shape: Shape<'a>) -> Option<Shape<'a>> {
        match shape {
            Shape::Name(ScalarOrNamed::Named(name)) => self.get(name)?.shape(),
            _ => Some(shape),
        }
    }

    /// The types that some use directly, and those that these use.
    pub fn reached(&self, used: impl IntoIterator<Item = &'a str>) -> HashSet<&'a str> {
        let mut open: Vec<&str> = used.into_iter().collect();
        let mut all = HashSet::new();
        while let Some(name) = open.pop() {
            if let (true, Some(def)) = (all.insert(name), self.get(name)) {
                walk::named_type(&Path::File(""), def, &mut |seen| {
                    open.extend(seen.type_name());
                });
            }
        }
        all
    }
}
