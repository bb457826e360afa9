//! A service's module: its handle with one method an operation, and its shared types.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::error::Errors;
use super::types::{self, Module, ident};
use super::{Home, docs, example, operation, paging};
use crate::resolve::{Operation, Reply, Service, Type};

/// `mod.rs`; in a user's own crate it holds the modules of the operations too.
pub(super) fn generate(service: &Service<'_>, home: Home) -> TokenStream {
    let about = service.summary.map(docs::sentence).unwrap_or_default();
    let title = docs::title(service.title);
    let mut module_doc = vec![format!("`{}`: {about}", service.name), title.clone()];
    module_doc.extend(contents(service, home));
    let module_doc = docs::comment(module_doc);
    let module_doc = operation::inner(&module_doc);
    let module = |name: Ident, items: &dyn Fn() -> TokenStream| match home {
        Home::Api => quote!(pub mod #name;),
        Home::Own => {
            let items = items();
            quote!(pub mod #name { #items })
        }
    };
    let errors = Errors::of(service);
    let modules = service.operations.iter().map(|op| {
        module(ident(&op.method), &|| {
            operation::generate(service, op, &errors)
        })
    });
    let operations = service.operations.iter().map(|op| ident(&op.method));
    let shared =
        (!service.types.is_empty()).then(|| module(ident("types"), &|| shared_types(service)));
    let handle = ident(&service.handle);
    let handle_doc = docs::comment([
        format!("The operations of `{}`. {about}", service.name),
        title,
    ]);
    let methods = service
        .operations
        .iter()
        .map(|op| method(service, op, home));
    quote! {
        #module_doc
        use ::dingtalk_runtime::generated as rt;

        #(#modules)*
        #shared

        #handle_doc
        #[derive(Debug, Clone, Copy)]
        pub struct #handle<'c> {
            client: &'c rt::Client,
        }

        impl<'c> #handle<'c> {
            #[doc(hidden)]
            #[inline]
            pub fn new(client: &'c impl AsRef<rt::Client>) -> Self {
                Self {
                    client: client.as_ref(),
                }
            }

            #(#methods)*
        }

        /// The service's operations as data.
        #[inline]
        pub const fn operations() -> &'static [&'static rt::Operation] {
            const { &[#(#operations::operation()),*] }
        }
    }
}

/// The operations by group, one line each.
fn contents(service: &Service<'_>, home: Home) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for operation in &service.operations {
        let method = &operation.method;
        let summary = docs::sentence(&operation.spec.summary);
        // The path of a user's own module is unknown here.
        let link = match home {
            Home::Api => format!("[`{method}`]({}::{method})", service.handle),
            Home::Own => docs::code(method),
        };
        let group = operation.group.as_deref().unwrap_or_default();
        let lines = groups.entry(group).or_default();
        lines.push(format!("- {link}: {summary}"));
    }
    let others = groups.remove("").map(|lines| ("Others", lines));
    let alone = groups.is_empty();
    let groups = groups.into_iter().chain(others);
    groups
        .flat_map(|(group, lines)| {
            let heading = (!alone).then(|| format!("# {}", docs::text(group)));
            heading.into_iter().chain([lines.join("\n")])
        })
        .collect()
}

/// `types.rs`.
pub(super) fn shared_types(service: &Service<'_>) -> TokenStream {
    let doc = format!("Types that several operations of `{}` share.", service.name);
    let doc = operation::inner(&docs::comment([doc]));
    let types = service
        .types
        .iter()
        .map(|def| operation::type_def(def, Module::Shared, service.name));
    quote! {
        #doc
        use ::dingtalk_runtime::generated as rt;

        #(#types)*
    }
}

fn method(service: &Service<'_>, operation: &Operation<'_>, home: Home) -> TokenStream {
    let module = ident(&operation.method);
    let doc = docs::comment(describe(service, operation, home));
    let alias = docs::alias(operation.spec.title.as_deref());
    let names: Vec<_> = operation
        .path_args
        .iter()
        .map(|arg| ident(&arg.ident))
        .collect();
    let (types, values): (Vec<_>, Vec<_>) = operation
        .path_args
        .iter()
        .zip(&names)
        .map(|(arg, name)| match &arg.ty {
            Type::String => (quote!(impl Into<String>), quote!(#name.into())),
            // Numbers, booleans and enums: a path holds nothing else but text.
            ty => (in_module(ty, operation), quote!(#name.to_string())),
        })
        .unzip();
    let (request_arg, request) = match &operation.request {
        Some(def) => {
            let name = ident(&def.name);
            (quote!(request: #module::#name), quote!(Some(&request)))
        }
        None => (quote!(), quote!(None)),
    };
    let reply = match &operation.reply {
        Reply::Nothing => quote!(()),
        Reply::Object(def) => {
            let name = ident(&def.name);
            quote!(#module::#name)
        }
        Reply::Bare(ty) => in_module(ty, operation),
    };
    let error = ident(&operation.errors.name);
    let error = quote!(#module::#error);
    let (call, make, take) = operation.paging.as_ref().map_or_else(
        || (quote!(rt::Call<#reply, #error>), quote!(new), quote!()),
        |pages| {
            let (item, take) = (in_module(&pages.item, operation), paging::take(pages));
            let call = quote!(rt::PagedCall<#reply, #error, #item>);
            (call, quote!(paged), quote!(, #take))
        },
    );
    quote! {
        #doc
        #alias
        #[inline]
        pub fn #module(&self, #(#names: #types,)* #request_arg) -> #call {
            rt::Call::#make(self.client, #module::operation(), vec![#(#values),*], #request #take)
        }
    }
}

/// A type of the operation's module, seen from the service's.
fn in_module(ty: &Type, operation: &Operation<'_>) -> TokenStream {
    let module = ident(&operation.method);
    match ty {
        Type::Enum(path) | Type::IntegerEnum(path) | Type::Object(path) | Type::OneOf(path)
            if !path.shared =>
        {
            let name = ident(&path.name);
            quote!(#module::#name)
        }
        Type::List(element) => {
            let element = in_module(element, operation);
            quote!(Vec<#element>)
        }
        Type::Map(value) => {
            let value = in_module(value, operation);
            quote!(rt::Map<#value>)
        }
        _ => types::bare(ty, Module::Service),
    }
}

fn describe(service: &Service<'_>, operation: &Operation<'_>, home: Home) -> Vec<String> {
    let spec = operation.spec;
    let mut paragraphs = vec![
        docs::sentence(&spec.summary),
        docs::title(spec.title.as_deref()),
        format!(
            "`{}`: `{} {}`",
            spec.operation,
            spec.method.as_str(),
            spec.path
        ),
    ];
    paragraphs.extend(spec.doc.as_deref().map(docs::sentence));
    let mut facts = Vec::new();
    for arg in &operation.path_args {
        let text = docs::field(arg.spec);
        let text = if text.is_empty() {
            text
        } else {
            format!(": {text}")
        };
        facts.push(format!(
            "- `{}` (`{}` in the path){text}",
            arg.ident, arg.wire
        ));
    }
    if let Some(permission) = &spec.permission {
        facts.push(format!("- Permission: `{permission}`"));
    }
    if let Some(token) = &spec.token {
        facts.push(format!("- Token: {}", token.words()));
    }
    facts.extend(docs::sending(spec));
    if !spec.app_types.is_empty() {
        let kinds: Vec<_> = spec.app_types.iter().map(|kind| kind.words()).collect();
        facts.push(format!("- Applications: {}", kinds.join(", ")));
    }
    if let (Some(paging), Some(_)) = (&spec.paging, &operation.paging) {
        facts.push(paging::describe(paging));
    }
    let fallible = spec.fallible();
    if !fallible.is_empty() {
        facts.push(format!(
            "- Elements of {} can fail in a successful call: the reply's `.failed()` lists them",
            docs::codes(&fallible)
        ));
    }
    if let Some(source) = &spec.source {
        facts.push(format!("- Documentation: <{source}>"));
    }
    paragraphs.push(facts.join("\n"));
    let errors = &operation.errors;
    if !errors.rows.is_empty() {
        paragraphs.push("# Errors".to_owned());
        paragraphs.push(format!(
            "[`{module}::{name}`] for the operation's own errors.",
            module = operation.method,
            name = errors.name,
        ));
    }
    if let Some(example) = example::generate(service, operation, home) {
        paragraphs.push("# Example".to_owned());
        paragraphs.push(example);
    }
    paragraphs
}
