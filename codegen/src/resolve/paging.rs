use super::{Field, Operation, Reply, Service, StructDef, Type, TypeDef};

/// How the items are taken out of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// The Rust names of the fields that lead to the list; none if the reply is the list.
    pub items: Vec<String>,
    /// What an item is.
    pub item: Type,
}

/// Finds the items of the operations that have pages.
pub(super) fn find_items(service: &mut Service<'_>) {
    let shared = &service.types;
    for operation in &mut service.operations {
        operation.paging = of(operation, shared);
    }
}

fn of(operation: &Operation<'_>, shared: &[TypeDef<'_>]) -> Option<Paging> {
    let paging = operation.spec.paging.as_ref()?;
    let mut names = paging.items.iter().flat_map(|names| names.split('.'));
    let mut items = Vec::new();
    let mut ty = match &operation.reply {
        Reply::Nothing => return None,
        Reply::Bare(ty) => ty,
        Reply::Object(def) => step(def, names.next()?, &mut items)?,
    };
    for name in names {
        let Type::Object(path) = ty else { return None };
        let types = if path.shared {
            shared
        } else {
            &operation.types
        };
        let def = types.iter().filter_map(TypeDef::as_struct);
        let def = def.into_iter().find(|def| def.name == path.name)?;
        ty = step(def, name, &mut items)?;
    }
    match ty {
        Type::List(item) => Some(Paging {
            items,
            item: (**item).clone(),
        }),
        _ => None,
    }
}

fn step<'a>(def: &'a StructDef<'_>, wire: &str, items: &mut Vec<String>) -> Option<&'a Type> {
    let field: &Field<'_> = def.fields.iter().find(|field| field.wire == wire)?;
    items.push(field.ident.clone());
    Some(&field.ty)
}
