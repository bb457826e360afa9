//! An operation's module: its data, models, enums and errors.

use dingtalk_catalogue_format::TokenKind;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::model::Role;
use super::types::{Module, ident};
use super::{catalogue, docs, enumeration, error, model, one_of, paging, types};
use crate::resolve::{Field, Operation, Reply, Service, Type, TypeDef};
use crate::spec::{self, AppType, BodyEncoding};

/// The module's items.
pub(super) fn generate(
    service: &Service<'_>,
    operation: &Operation<'_>,
    errors: &error::Errors<'_>,
) -> TokenStream {
    let spec = operation.spec;
    let module_doc = docs::comment([
        format!("`{}`: {}", spec.operation, docs::sentence(&spec.summary)),
        docs::title(spec.title.as_deref()),
        format!("`{} {}`", spec.method.as_str(), spec.path),
    ]);
    // Inner attributes are written as such by hand: `quote!` has no form for a list of them.
    let module_doc = inner(&module_doc);
    let data = data(service, operation);
    let request = operation
        .request
        .as_ref()
        .map(|def| model::generate(def, Module::Operation, Role::Request(&spec.operation)));
    let reply = match &operation.reply {
        Reply::Object(def) => {
            let model = model::generate(def, Module::Operation, Role::Reply(&spec.operation));
            let failed = failed(&def.name, &spec.fallible());
            Some(quote!(#model #failed))
        }
        _ => None,
    };
    let types = operation
        .types
        .iter()
        .map(|def| type_def(def, Module::Operation, &spec.operation));
    let errors = errors.generate(operation);
    quote! {
        #module_doc
        use ::dingtalk_runtime::generated as rt;
        #data
        #request
        #reply
        #(#types)*
        #errors
    }
}

/// The method that gives the elements that failed, if the reply has such.
fn failed(reply: &str, places: &[String]) -> Option<TokenStream> {
    let name = ident(reply);
    let doc = docs::comment([
        "The elements that failed although the call succeeded.".to_owned(),
        format!("They are in {}.", docs::codes(places)),
    ]);
    (!places.is_empty()).then(|| {
        quote! {
            impl #name {
                #doc
                #[inline]
                pub fn failed(&self) -> Vec<rt::FailedElement> {
                    rt::failed(self)
                }
            }
        }
    })
}

/// A declared type.
pub(super) fn type_def(def: &TypeDef<'_>, module: Module, owner: &str) -> TokenStream {
    match def {
        TypeDef::Struct(def) => model::generate(def, module, Role::Part(owner)),
        TypeDef::Enum(def) => enumeration::generate(def, &format!("Part of `{owner}`.")),
        TypeDef::OneOf(def) => one_of::generate(def, &format!("Part of `{owner}`.")),
    }
}

/// `operation()`: what the runtime needs to make the call.
///
/// A function is compiled where it is called; a static or a constant would pull the code of all models, whose kinds it
/// names, into every build.
fn data(service: &Service<'_>, operation: &Operation<'_>) -> TokenStream {
    let doc = docs::comment([format!("`{}` as data.", operation.spec.operation)]);
    let value = value(service, operation, true);
    quote! {
        #doc
        #[inline]
        pub const fn operation() -> &'static rt::Operation {
            &#value
        }
    }
}

/// The operation as an expression; `typed` if its models are at hand.
pub(super) fn value(service: &Service<'_>, operation: &Operation<'_>, typed: bool) -> TokenStream {
    let api = option(service.api);
    let service = service.name;
    let spec = operation.spec;
    let (action, method, path) = (&spec.operation, spec.method.as_str(), &spec.path);
    let summary = &spec.summary;
    let path_params = operation.path_args.iter().map(|arg| path_param(arg, typed));
    let body = match (&spec.body, &spec.body_type, spec.encoding) {
        (_, Some(_), _) => quote!(Bare),
        (Some(_), None, None) => quote!(Fields),
        (Some(_), None, Some(BodyEncoding::Form)) => quote!(Form),
        (Some(_), None, Some(BodyEncoding::Multipart)) => quote!(Multipart),
        (None, None, _) => quote!(None),
    };
    let reply = match (&operation.reply, &spec.response_field) {
        (Reply::Nothing, _) => quote!(Nothing),
        (Reply::Object(_) | Reply::Bare(_), None) => quote!(Json),
        (Reply::Object(_) | Reply::Bare(_), Some(field)) => quote!(Field(#field)),
    };
    let token = token(spec);
    let sending = sending(spec);
    let idempotent = spec.is_idempotent();
    let app_types = spec.app_types.iter().map(|kind| app_type(*kind));
    let permission = spec.permission.as_deref().unwrap_or_default();
    let errors = error::rows(&operation.errors);
    let type_of = |ty: TokenStream| quote!(Some(rt::TypeOf::Rust(<#ty as rt::Element>::type_of)));
    let request = operation
        .request
        .as_ref()
        .filter(|_| typed)
        .map_or(quote!(None), |def| {
            let name = ident(&def.name);
            type_of(quote!(#name))
        });
    let response = match &operation.reply {
        Reply::Object(def) if typed => {
            let name = ident(&def.name);
            type_of(quote!(#name))
        }
        Reply::Bare(ty) if typed => type_of(types::bare(ty, Module::Operation)),
        _ => quote!(None),
    };
    let paging = if typed {
        paging::data(operation)
    } else {
        quote!(None)
    };
    quote! {
        rt::Operation {
            service: #service,
            api: #api,
            action: #action,
            summary: #summary,
            method: #method,
            path: #path,
            path_params: &[#(#path_params),*],
            request: #request,
            body: rt::Body::#body,
            reply: rt::ReplyKind::#reply,
            reply_type: #response,
            token: #token,
            sending: #sending,
            idempotent: #idempotent,
            app_types: &[#(rt::AppType::#app_types),*],
            permission: #permission,
            paging: #paging,
            errors: &[#(#errors),*],
        }
    }
}

fn token(spec: &spec::Operation) -> TokenStream {
    let Some(kinds) = catalogue::token_kinds(spec) else {
        return quote!(None);
    };
    let kinds = kinds.into_iter().map(|kind| match kind {
        TokenKind::Application => quote!(Application),
        TokenKind::User => quote!(User),
        TokenKind::Suite => quote!(Suite),
    });
    quote!(Some(&[#(rt::TokenKind::#kinds),*]))
}

/// What only a few operations require of a request.
fn sending(spec: &spec::Operation) -> TokenStream {
    if spec.webhook.is_none() && spec.signature.is_none() && spec.max_bytes.is_none() {
        return quote!(None);
    }
    let webhook = option(spec.webhook.as_deref());
    let signature = option(spec.signature.as_deref());
    let max_bytes = option(spec.max_bytes);
    quote! {
        Some(&rt::Sending {
            webhook: #webhook,
            signature: #signature,
            max_bytes: #max_bytes,
        })
    }
}

/// A value that may be absent.
pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}

fn path_param(arg: &Field<'_>, typed: bool) -> TokenStream {
    let (name, secret) = (arg.wire, arg.spec.secret.then(|| quote!(| rt::SECRET)));
    let ty = match &arg.ty {
        Type::Enum(_) if !typed => quote!(String),
        ty => types::bare(ty, Module::Operation),
    };
    quote! {
        rt::PathParam(
            rt::FieldInfo(#name, rt::PATH | rt::REQUIRED #secret),
            rt::TypeOf::Rust(<#ty as rt::Element>::type_of),
        )
    }
}

fn app_type(kind: AppType) -> TokenStream {
    match kind {
        AppType::Internal => quote!(Internal),
        AppType::Delegated => quote!(Delegated),
        AppType::ThirdParty => quote!(ThirdParty),
        AppType::ThirdPartyPersonal => quote!(ThirdPartyPersonal),
    }
}

/// Inner doc comments, on the enclosing item.
pub(super) fn inner(outer: &TokenStream) -> TokenStream {
    use proc_macro2::{Punct, Spacing, TokenTree};
    let mut out = TokenStream::new();
    for token in outer.clone() {
        let hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        out.extend([token]);
        if hash {
            out.extend([TokenTree::Punct(Punct::new('!', Spacing::Alone))]);
        }
    }
    out
}
