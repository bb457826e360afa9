use super::{
    Context, Mistakes, attributes, cycles, files, identifiers, limits, one_of, references, shape,
    texts, undecided,
};
use crate::spec::walk::{self, Path, Seen};
use crate::spec::{NamedType, Ordered};

/// Checks the types declared under `types` of a file.
pub(super) fn check(
    path: &Path<'_>,
    context: Context<'_>,
    types: &Ordered<String, NamedType>,
    mistakes: &mut Mistakes,
) {
    let all = path.key("types");
    for (name, def) in types.iter() {
        let path = all.key(name);
        shape::named_type(&path, name, def, mistakes);
        texts::named_type(&path, def, mistakes);
        identifiers::named_type(&path, def, mistakes);
        one_of::named_type(&path, def, context, mistakes);
        references::name_is_free(&path, name, context.scope, mistakes);
        walk::named_type(&path, def, &mut |seen| field(&seen, context, mistakes));
    }
    cycles::check(&all, types, mistakes);
}

/// Checks a field or an element.
pub(super) fn field(seen: &Seen<'_, '_>, context: Context<'_>, mistakes: &mut Mistakes) {
    shape::check(seen, context.scope, mistakes);
    attributes::check(seen, context.scope, mistakes);
    limits::check(seen, mistakes);
    files::check(seen, mistakes);
    one_of::field(seen, context, mistakes);
    references::known(seen, context, mistakes);
    texts::field(seen, mistakes);
    undecided::field(seen, mistakes);
    identifiers::field(seen, mistakes);
}
