use super::place::Path;
use super::{
    Mistakes, Scope, attributes, collisions, cycles, identifiers, references, shape, texts,
    undecided, walk,
};
use crate::spec::{NamedType, Ordered};

/// Finds the mistakes in the types that are declared under `types` of a file.
pub(super) fn check(
    path: &Path<'_>,
    scope: Scope<'_>,
    types: &Ordered<String, NamedType>,
    mistakes: &mut Mistakes,
) {
    let all = path.key("types");
    for (name, def) in types.iter() {
        let path = all.key(name);
        shape::named_type(&path, name, def, mistakes);
        texts::named_type(&path, def, mistakes);
        identifiers::named_type(&path, def, mistakes);
        references::name_is_free(&path, name, scope, mistakes);
        if let Some(values) = &def.values {
            collisions::variants(&path.key("enum"), values, mistakes);
        }
        if let Some(fields) = &def.object {
            collisions::fields(&path.key("object"), fields, mistakes);
        }
        walk::named_type(&path, def, &mut |seen| {
            shape::check(&seen, scope, mistakes);
            attributes::check(&seen, scope, mistakes);
            references::known(&seen, scope, mistakes);
            texts::field(&seen, mistakes);
            undecided::field(&seen, mistakes);
            identifiers::field(&seen, mistakes);
            collisions::inner_fields(&seen, mistakes);
        });
    }
    cycles::check(&all, types, mistakes);
}
