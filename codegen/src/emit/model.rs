//! A model: a struct, its setters, and the table through which the runtime reaches its fields.
//!
//! The form was chosen by measuring compile time (see `benches/model_shapes`): few and tiny
//! bodies, all `#[inline]`, so that nothing is compiled until a user calls it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::types::{self, Module, ident};
use crate::resolve::{Field, StructDef, Type, Usage};
use crate::spec::{self, Encoding, Limit, Location};

/// What a model is, and the operation, service or event that it belongs to.
#[derive(Clone, Copy)]
pub(super) enum Role<'a> {
    /// The request of an operation.
    Request(&'a str),
    /// The reply of an operation.
    Reply(&'a str),
    /// The payload of an event, with its documentation.
    Event(&'a str),
    /// The answer to a callback.
    Answer(&'a str),
    /// An object inside.
    Part(&'a str),
}

impl Role<'_> {
    /// The description of the model after the spec's own, if any.
    fn words(self) -> String {
        match self {
            Self::Request(owner) => format!("The request of `{owner}`."),
            Self::Reply(owner) => format!("The reply of `{owner}`."),
            Self::Event(words) => words.to_owned(),
            Self::Answer(owner) => format!("The answer to `{owner}`."),
            Self::Part(owner) => format!("Part of `{owner}`."),
        }
    }

    /// What `false` in a success flag means.
    fn failure(self) -> &'static str {
        match self {
            Self::Part(_) => {
                " `false` means failure: of the call, or of this element, which `failed()` lists."
            }
            _ => " A reply with `false` is returned as an error.",
        }
    }
}

/// The struct and all that belongs to it.
pub(super) fn generate(def: &StructDef<'_>, module: Module, role: Role<'_>) -> TokenStream {
    let name = ident(&def.name);
    let doc = docs::comment([
        def.doc.map(docs::sentence).unwrap_or_default(),
        role.words(),
    ]);
    let fields = def.fields.iter().map(|field| {
        let (doc, name) = (describe(field, def.usage, role), ident(&field.ident));
        let ty = types::field(field, module);
        quote!(#doc pub #name: #ty)
    });
    // Only tests build replies, with `Default` and by setting fields: that two thirds of the models have no setters saves a
    // seventh of the crate's compile time.
    let builder = def.usage.requested.then(|| builder(def, module));
    let table = table(def);
    let default = def
        .fields
        .iter()
        .all(|field| !field.required)
        .then(|| quote!(, Default));
    quote! {
        #doc
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        #builder

        #table

        rt::model!(#name #default);
    }
}

fn describe(field: &Field<'_>, usage: Usage, role: Role<'_>) -> TokenStream {
    let place = match field.location {
        None => "",
        Some(Location::Query) => ", in the query",
        Some(Location::Header) => ", a header",
        Some(Location::Body) => ", in the body",
    };
    // In Rust it is optional all the same, since a server may leave anything out.
    let presence = match (field.spec.required && !field.required, usage.requested) {
        (false, _) => "",
        (true, true) => " Requests need it.",
        (true, false) => " Documented as always present.",
    };
    let secret = if field.spec.secret {
        " Never printed."
    } else {
        ""
    };
    let key = if field.spec.idempotency_key {
        " A request with it may be retried."
    } else if field.spec.success_flag {
        role.failure()
    } else {
        ""
    };
    let also = if field.spec.aliases.is_empty() {
        String::new()
    } else {
        format!(", or {}", docs::codes(&field.spec.aliases))
    };
    let name = if field.spec.flatten {
        format!("On the wire, its fields are beside the others{place}.")
    } else {
        format!("Wire name: {}{also}{place}.", docs::code(field.wire))
    };
    docs::comment([
        docs::field(field.spec),
        format!("{name}{presence}{secret}{key}"),
    ])
}

/// `new` and the setters.
fn builder(def: &StructDef<'_>, module: Module) -> TokenStream {
    let name = ident(&def.name);
    let constructor = constructor(def, module);
    let setters = def
        .fields
        .iter()
        .filter(|field| !field.required)
        .map(|field| setter(field, module));
    quote! {
        impl #name {
            #constructor
            #(#setters)*
        }
    }
}

fn constructor(def: &StructDef<'_>, module: Module) -> TokenStream {
    let required: Vec<_> = def.fields.iter().filter(|field| field.required).collect();
    if required.is_empty() {
        return quote! {
            /// With no field set.
            #[inline]
            pub fn new() -> Self {
                rt::Model::empty()
            }
        };
    }
    let names: Vec<_> = required.iter().map(|field| ident(&field.ident)).collect();
    let (types, values): (Vec<_>, Vec<_>) = required
        .iter()
        .zip(&names)
        .map(|(field, name)| {
            let (ty, value) = argument(field, &quote!(#name), module);
            let converted = matches!(field.ty, Type::String | Type::Json | Type::OneOf(_));
            let value = if converted {
                quote!(#name: #value)
            } else {
                quote!(#name)
            };
            (ty, value)
        })
        .unzip();
    let rest = (required.len() < def.fields.len()).then(|| quote!(..rt::Model::empty()));
    quote! {
        /// With the required fields.
        #[inline]
        pub fn new(#(#names: #types),*) -> Self {
            Self { #(#values,)* #rest }
        }
    }
}

fn setter(field: &Field<'_>, module: Module) -> TokenStream {
    let name = ident(&field.ident);
    let doc = docs::comment([format!("Sets {}.", docs::code(field.wire))]);
    let (ty, value) = argument(field, &quote!(value), module);
    quote! {
        #doc
        #[inline]
        pub fn #name(mut self, value: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

/// The type of an argument for a field, and the argument as the field holds it.
fn argument(field: &Field<'_>, name: &TokenStream, module: Module) -> (TokenStream, TokenStream) {
    let ty = types::bare(&field.ty, module);
    match (&field.ty, field.boxed) {
        (Type::String | Type::Json, _) | (Type::OneOf(_), false) => {
            (quote!(impl Into<#ty>), quote!(#name.into()))
        }
        (Type::OneOf(_), true) => (quote!(impl Into<#ty>), quote!(Box::new(#name.into()))),
        (_, true) => (ty, quote!(Box::new(#name))),
        (_, false) => (ty, name.clone()),
    }
}

/// The table: what the fields are, and how they are reached by index.
fn table(def: &StructDef<'_>) -> TokenStream {
    let (name, text) = (ident(&def.name), &def.name);
    let infos = def.fields.iter().map(|field| {
        let wire = field.wire;
        let marks = marks(field);
        quote!(rt::FieldInfo(#wire, #marks))
    });
    let names: Vec<_> = def.fields.iter().map(|field| ident(&field.ident)).collect();
    let access = (!names.is_empty()).then(|| {
        // The last one covers all other indexes, so no arm can panic.
        let last = names.len() - 1;
        let patterns = (0..last).map(|at| {
            let at = Literal::usize_unsuffixed(at);
            quote!(#at)
        });
        let patterns: Vec<_> = patterns.chain([quote!(_)]).collect();
        quote! {
            #[inline]
            fn get(&self, index: usize) -> &dyn rt::Field {
                match index { #(#patterns => &self.#names,)* }
            }

            #[inline]
            fn get_mut(&mut self, index: usize) -> &mut dyn rt::Field {
                match index { #(#patterns => &mut self.#names,)* }
            }
        }
    });
    let limits: Vec<_> = def
        .fields
        .iter()
        .enumerate()
        .flat_map(|(at, field)| limits(at, field.spec))
        .collect();
    let limits = (!limits.is_empty()).then(|| {
        quote! {
            #[inline]
            fn limits(&self) -> rt::FieldLimits {
                &[#(#limits),*]
            }
        }
    });
    let fields = def.fields.iter().enumerate();
    let aliases: Vec<_> = fields
        .flat_map(|(at, field)| {
            let at = Literal::usize_unsuffixed(at);
            let aliases = field.spec.aliases.iter();
            aliases.map(move |alias| quote!((#at, #alias)))
        })
        .collect();
    let aliases = (!aliases.is_empty()).then(|| {
        quote! {
            #[inline]
            fn aliases(&self) -> rt::FieldAliases {
                &[#(#aliases),*]
            }
        }
    });
    let blanks = def.fields.iter().map(|field| {
        let name = ident(&field.ident);
        if field.required {
            quote!(#name: rt::blank())
        } else {
            quote!(#name: None)
        }
    });
    quote! {
        #[doc(hidden)]
        impl rt::Model for #name {
            #[inline]
            fn info(&self) -> &'static rt::ModelInfo {
                &rt::ModelInfo(#text, &[#(#infos),*])
            }

            #limits

            #aliases

            #access

            #[inline]
            fn empty() -> Self {
                Self { #(#blanks,)* }
            }
        }
    }
}

/// The limits of the field at a place of the table.
fn limits(at: usize, field: &spec::Field) -> Vec<TokenStream> {
    let at = Literal::usize_unsuffixed(at);
    let limits = field.limits().into_iter();
    limits
        .map(|limit| {
            let limit = value_limit(&limit);
            quote!((#at, #limit))
        })
        .collect()
}

fn value_limit(limit: &Limit<'_>) -> TokenStream {
    let bounded = |name: &str, bound: Literal| {
        let name = ident(name);
        quote!(#name(#bound))
    };
    let limit = match limit {
        Limit::MaxLength(most) => bounded("MaxLength", Literal::u64_unsuffixed(*most)),
        Limit::MaxBytes(most) => bounded("MaxBytes", Literal::u64_unsuffixed(*most)),
        Limit::Min(min) => bounded("Min", Literal::f64_unsuffixed(*min)),
        Limit::Max(max) => bounded("Max", Literal::f64_unsuffixed(*max)),
        Limit::MaxItems(most) => bounded("MaxItems", Literal::u64_unsuffixed(*most)),
        Limit::Extensions(names) => quote!(Extensions(&[#(#names),*])),
        Limit::Where(field, value, limit) => {
            let limit = value_limit(limit);
            quote!(Where(#field, #value, &#limit))
        }
    };
    quote!(rt::ValueLimit::#limit)
}

fn marks(field: &Field<'_>) -> TokenStream {
    let mut marks = vec![match field.location() {
        Location::Query => quote!(rt::QUERY),
        Location::Header => quote!(rt::HEADER),
        Location::Body => quote!(rt::BODY),
    }];
    if field.required {
        marks.push(quote!(rt::REQUIRED));
    }
    if field.spec.secret {
        marks.push(quote!(rt::SECRET));
    }
    if field.spec.idempotency_key {
        marks.push(quote!(rt::IDEMPOTENCY_KEY));
    }
    if field.spec.success_flag {
        marks.push(quote!(rt::SUCCESS_FLAG));
    }
    if field.spec.flatten {
        marks.push(quote!(rt::FLATTENED));
    }
    marks.extend(field.encoding().map(|encoding| match encoding {
        Encoding::JsonString => quote!(rt::JSON_STRING),
        Encoding::Comma => quote!(rt::COMMA),
        Encoding::Indexed => quote!(rt::INDEXED),
    }));
    quote!(#(#marks)|*)
}
