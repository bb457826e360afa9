//! A one-of: an enum of the structs that its kinds are, and a place for kinds that come later.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::types::ident;
use crate::resolve::OneOfDef;

/// The enum and how the runtime reads and writes it. `role` says what it belongs to.
pub(super) fn generate(def: &OneOfDef<'_>, role: &str) -> TokenStream {
    let (name, tag) = (ident(&def.name), &def.spec.tag);
    let content = def.spec.content.as_deref().map_or_else(
        || "the field that has its value as its name".to_owned(),
        docs::code,
    );
    let doc = docs::comment([
        def.doc.map(docs::sentence).unwrap_or_default(),
        role.to_owned(),
        format!(
            "On the wire, {} says which kind it is, and {content} has the content.",
            docs::code(tag)
        ),
    ]);
    let variant_docs = def.kinds.iter().map(|kind| {
        let wire = format!("Wire value: {}.", docs::code(kind.tag));
        docs::comment([kind.doc.map(docs::sentence).unwrap_or_default(), wire])
    });
    let unknown_doc = docs::comment(["A kind that is not listed here, kept as it is."]);
    let names: Vec<_> = def.kinds.iter().map(|kind| ident(&kind.ident)).collect();
    let tags = def.kinds.iter().map(|kind| kind.tag);
    let contents = def.kinds.iter().map(|kind| kind.content);
    let marks = def.kinds.iter().map(|kind| {
        let required = kind.required.then(|| quote!(| rt::REQUIRED));
        let text = def.spec.is_json_string().then(|| quote!(| rt::JSON_STRING));
        quote!(rt::BODY #required #text)
    });
    quote! {
        #doc
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #names(#names),)*
            #unknown_doc
            Unknown(rt::UnknownKind),
        }

        rt::one_of!(#name, #tag, #(#names(#tags, #contents, #marks)),*);
    }
}
