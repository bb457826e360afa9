//! An open enum: the known values, and a place for those that come later.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::types::ident;
use crate::resolve::{EnumDef, Value};

/// The enum and how the runtime reads and writes it. `role` says what it belongs to.
pub(super) fn generate(def: &EnumDef<'_>, role: &str) -> TokenStream {
    let name = ident(&def.name);
    let doc = docs::comment([
        def.doc.map(docs::sentence).unwrap_or_default(),
        role.to_owned(),
    ]);
    let names: Vec<_> = def
        .variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let variant_docs = def.variants.iter().map(|variant| {
        let wire = match variant.value {
            Value::Text(text) => format!("Wire value: {}.", docs::code(text)),
            Value::Integer(number) => format!("Wire value: `{number}`."),
        };
        docs::comment([variant.doc.map(docs::sentence).unwrap_or_default(), wire])
    });
    let values: Vec<_> = def
        .variants
        .iter()
        .map(|variant| match variant.value {
            Value::Text(text) => Literal::string(text),
            Value::Integer(number) => Literal::i64_unsuffixed(number),
        })
        .collect();
    let unknown_doc = docs::comment(["A value that is not listed here, kept as it is."]);
    let (unknown, access) = if def.integer {
        (quote!(UnknownInteger), integer(&name, &names, &values))
    } else {
        (quote!(UnknownValue), string(&name, &names, &values))
    };
    quote! {
        #doc
        #[non_exhaustive]
        #[derive(Debug, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variant_docs #names,)*
            #unknown_doc
            Unknown(rt::#unknown),
        }

        #access
    }
}

fn string(
    name: &proc_macro2::Ident,
    names: &[proc_macro2::Ident],
    values: &[Literal],
) -> TokenStream {
    // A match on texts would cost the compiler a comparison an arm.
    let places = (0..names.len()).map(Literal::usize_unsuffixed);
    quote! {
        impl #name {
            /// The value on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl rt::StringEnum for #name {
            #[inline]
            fn known() -> &'static [&'static str] {
                &[#(#values),*]
            }

            #[inline]
            fn read(value: rt::EnumText<'_>) -> Self {
                match value.place(Self::known()) {
                    #(#places => Self::#names,)*
                    _ => Self::Unknown(value.unknown()),
                }
            }
        }

        rt::string_enum!(#name);
    }
}

fn integer(
    name: &proc_macro2::Ident,
    names: &[proc_macro2::Ident],
    values: &[Literal],
) -> TokenStream {
    quote! {
        impl #name {
            /// The value on the wire.
            #[inline]
            pub fn value(&self) -> i64 {
                match self {
                    #(Self::#names => #values,)*
                    Self::Unknown(value) => value.value(),
                }
            }
        }

        impl rt::IntegerEnum for #name {
            #[inline]
            fn known() -> &'static [i64] {
                &[#(#values),*]
            }

            #[inline]
            fn read(value: rt::EnumNumber) -> Self {
                match value.value() {
                    #(#values => Self::#names,)*
                    _ => Self::Unknown(value.unknown()),
                }
            }
        }

        rt::integer_enum!(#name);
    }
}
