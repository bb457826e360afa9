//! The spec's example of a call, as an example that compiles.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;

use super::Home;
use super::types::ident;
use crate::resolve::{Field, Operation, Path, Reply, Service, StructDef, Type, TypeDef, Value};
use crate::spec::{Encoding, ExampleRequest, Location, Ordered};

/// The example as a code block; `None` if the spec has none or it does not fit.
pub(super) fn generate(
    service: &Service<'_>,
    operation: &Operation<'_>,
    home: Home,
) -> Option<String> {
    let request = &operation.spec.example.as_ref()?.request;
    let mut writer = Writer {
        service,
        operation,
        home,
        used: BTreeSet::new(),
    };
    let mut args = Vec::new();
    for arg in &operation.path_args {
        args.push(writer.argument(&arg.ty, request.path.get(arg.wire)?)?);
    }
    if let Some(def) = &operation.request {
        let body = request.body.as_ref();
        let beside = |name: &str| body.and_then(|body| body.get(name));
        let given = |field: &Field<'_>| given(request, field);
        args.push(writer.object(&Path::own(&def.name), def, given, &beside)?);
    }
    let (name, method) = (ident(service.name), ident(&operation.method));
    let call = quote!(client.#name().#method(#(#args),*).send().await?);
    let statement = if matches!(operation.reply, Reply::Nothing) {
        quote!(#call;)
    } else {
        quote! {
            let reply = #call;
            println!("{reply:?}");
        }
    };
    let file = syn::parse2(quote!(fn example() { #statement })).ok()?;
    let code = prettyplease::unparse(&file);
    let body: Vec<_> = code
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    let body = body.strip_suffix(&["}"])?.join("\n");
    let imports = writer.imports();
    if home == Home::Own {
        // Where the module is and what the crate is called is not known here.
        return Some(format!("```ignore\n{imports}\n{body}\n```"));
    }
    Some(format!(
        "```no_run\n{imports}\n# async fn example(client: dingtalk_api::Client) -> Result<(), \
         Box<dyn std::error::Error>> {{\n{body}\n# Ok(())\n# }}\n```"
    ))
}

/// The value that the example gives a field of the request.
fn given<'e>(request: &'e ExampleRequest, field: &Field<'_>) -> Option<&'e Json> {
    match field.location() {
        Location::Query => request.query.get(field.wire),
        Location::Header => request.headers.get(field.wire),
        // A body that is no object with fields of its own is the one field `body`.
        Location::Body => match request.body.as_ref() {
            Some(Json::Object(fields)) => fields.get(field.wire).or(request
                .body
                .as_ref()
                .filter(|_| field.wire == "body" && !matches!(field.ty, Type::String))),
            other => other,
        },
    }
}

struct Writer<'a> {
    service: &'a Service<'a>,
    operation: &'a Operation<'a>,
    home: Home,
    used: BTreeSet<Path>,
}

impl<'a> Writer<'a> {
    /// A value where text may be given as a literal.
    fn argument(&mut self, ty: &Type, value: &Json) -> Option<TokenStream> {
        match (ty, value) {
            (Type::String, Json::String(text)) => Some(quote!(#text)),
            (Type::OneOf(path), value) => self.content(path, &|name| value.get(name)),
            _ => self.value(ty, value),
        }
    }

    fn value(&mut self, ty: &Type, value: &Json) -> Option<TokenStream> {
        Some(match ty {
            Type::String => {
                let text = value.as_str()?;
                quote!(#text.to_owned())
            }
            Type::Integer => {
                let number = proc_macro2::Literal::i64_unsuffixed(value.as_i64()?);
                quote!(#number)
            }
            Type::Number => {
                let number = proc_macro2::Literal::f64_unsuffixed(value.as_f64()?);
                quote!(#number)
            }
            Type::Boolean => {
                let flag = value.as_bool()?;
                quote!(#flag)
            }
            Type::File => {
                let name = value.as_str()?;
                match self.home {
                    Home::Api => quote!(dingtalk_api::FilePart::path(#name)),
                    Home::Own => quote!(dingtalk_runtime::FilePart::path(#name)),
                }
            }
            Type::Json => {
                let json: TokenStream = value.to_string().parse().ok()?;
                match self.home {
                    Home::Api => quote!(dingtalk_api::json!(#json)),
                    Home::Own => quote!(dingtalk_runtime::json!(#json)),
                }
            }
            Type::Enum(path) | Type::IntegerEnum(path) => self.variant(path, value)?,
            Type::Object(path) => {
                let def = self.find(path)?.as_struct()?;
                let fields: Ordered<String, Json> = serde_json::from_value(value.clone()).ok()?;
                let given = |name: &str| fields.get(name);
                self.object(path, def, |field| given(field.wire), &given)?
            }
            Type::OneOf(path) => {
                let content = self.content(path, &|name| value.get(name))?;
                quote!(#content.into())
            }
            Type::List(element) => {
                let elements = value
                    .as_array()?
                    .iter()
                    .map(|value| self.value(element, value));
                let elements = elements.collect::<Option<Vec<_>>>()?;
                quote!(vec![#(#elements),*])
            }
            Type::Map(inner) => {
                let entries = value.as_object()?.iter().map(|(key, value)| {
                    let value = self.value(inner, value)?;
                    Some(quote!((#key.to_owned(), #value)))
                });
                let entries = entries.collect::<Option<Vec<_>>>()?;
                quote!([#(#entries),*].into())
            }
        })
    }

    fn object<'e>(
        &mut self,
        path: &Path,
        def: &StructDef<'_>,
        given: impl Fn(&Field<'_>) -> Option<&'e Json>,
        beside: &dyn Fn(&str) -> Option<&'e Json>,
    ) -> Option<TokenStream> {
        self.used.insert(path.clone());
        let name = ident(&path.name);
        let mut required = Vec::new();
        let mut setters = Vec::new();
        for field in &def.fields {
            let value = match &field.ty {
                Type::OneOf(path) if field.spec.flatten => match self.content(path, beside) {
                    Some(value) => value,
                    None => continue,
                },
                ty => {
                    let Some(value) = given(field) else { continue };
                    // What is JSON in a string on the wire is a value in Rust.
                    let parsed = match (field.encoding(), value) {
                        (Some(Encoding::JsonString), Json::String(text)) => {
                            serde_json::from_str(text).ok()
                        }
                        _ => None,
                    };
                    self.argument(ty, parsed.as_ref().unwrap_or(value))?
                }
            };
            if field.required {
                required.push(value);
            } else {
                let setter = ident(&field.ident);
                setters.push(quote!(.#setter(#value)));
            }
        }
        if required.len() < def.fields.iter().filter(|field| field.required).count() {
            return None;
        }
        Some(quote!(#name::new(#(#required),*)#(#setters)*))
    }

    /// The content of a one-of, which becomes one where it is used.
    fn content<'e>(
        &mut self,
        path: &Path,
        given: &dyn Fn(&str) -> Option<&'e Json>,
    ) -> Option<TokenStream> {
        let TypeDef::OneOf(def) = self.find(path)? else {
            return None;
        };
        let tag = given(&def.spec.tag)?.as_str()?;
        let kind = def.kinds.iter().find(|kind| kind.tag == tag)?;
        let parsed = match given(kind.content) {
            Some(Json::String(text)) if def.spec.is_json_string() => {
                serde_json::from_str(text).ok()?
            }
            content => content.cloned().unwrap_or_default(),
        };
        let path = Path {
            name: kind.ident.clone(),
            shared: path.shared,
        };
        let def = self.find(&path)?.as_struct()?;
        let fields: Ordered<String, Json> = match parsed {
            Json::Null => Ordered::default(),
            parsed => serde_json::from_value(parsed).ok()?,
        };
        let given = |name: &str| fields.get(name);
        self.object(&path, def, |field| given(field.wire), &given)
    }

    fn variant(&mut self, path: &Path, value: &Json) -> Option<TokenStream> {
        let TypeDef::Enum(def) = self.find(path)? else {
            return None;
        };
        let name = ident(&path.name);
        let known = def.variants.iter().find(|variant| match variant.value {
            Value::Text(text) => value.as_str() == Some(text),
            Value::Integer(number) => value.as_i64() == Some(number),
        });
        let variant = ident(&known?.ident);
        self.used.insert(path.clone());
        Some(quote!(#name::#variant))
    }

    fn find(&self, path: &Path) -> Option<&'a TypeDef<'a>> {
        let types = if path.shared {
            &self.service.types
        } else {
            &self.operation.types
        };
        types.iter().find(|def| def.name() == path.name)
    }

    fn imports(&self) -> String {
        let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in &self.used {
            let module = if path.shared {
                "types"
            } else {
                &self.operation.method
            };
            modules.entry(module).or_default().push(&path.name);
        }
        let service = match self.home {
            Home::Api => format!("dingtalk_api::{}", self.service.name),
            Home::Own => self.service.name.to_owned(),
        };
        let import = |(module, names): (&&str, &Vec<&str>)| match names.as_slice() {
            [name] => format!("use {service}::{module}::{name};\n"),
            names => format!("use {service}::{module}::{{{}}};\n", names.join(", ")),
        };
        modules.iter().map(import).collect()
    }
}
