//! Rust types as tokens.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::resolve::{Field, Path, Type};

/// An identifier, raw or plain. The names were made or checked before.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Where a type's name is used: paths differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Module {
    /// In an operation's module.
    Operation,
    /// In the module of the shared types.
    Shared,
    /// In the service's module, for types of the operation whose module is named elsewhere.
    Service,
}

/// The path of a declared type.
pub(super) fn path(path: &Path, module: Module) -> TokenStream {
    let name = ident(&path.name);
    match (path.shared, module) {
        (true, Module::Operation) => quote!(super::types::#name),
        (true, Module::Service) => quote!(types::#name),
        _ => quote!(#name),
    }
}

/// A type, without `Option` and `Box`.
pub(super) fn bare(ty: &Type, module: Module) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Integer => quote!(i64),
        Type::Number => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Json => quote!(rt::Json),
        Type::File => quote!(rt::FilePart),
        Type::Enum(name) | Type::IntegerEnum(name) | Type::Object(name) | Type::OneOf(name) => {
            path(name, module)
        }
        Type::List(element) => {
            let element = bare(element, module);
            quote!(Vec<#element>)
        }
        Type::Map(value) => {
            let value = bare(value, module);
            quote!(rt::Map<#value>)
        }
    }
}

/// The type of a model's field.
pub(super) fn field(field: &Field<'_>, module: Module) -> TokenStream {
    let mut ty = bare(&field.ty, module);
    if field.boxed {
        ty = quote!(Box<#ty>);
    }
    if field.required {
        ty
    } else {
        quote!(Option<#ty>)
    }
}
