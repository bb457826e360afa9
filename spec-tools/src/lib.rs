//! The tools of those who write the description of DingTalk's open platform, on top of its generator.

pub mod diff;
pub mod document;
pub mod import;
pub mod merge;
pub mod openapi;
pub mod skeleton;

// The model of the description and what reports its mistakes are the generator's; the tools name them as their own.
use dingtalk_codegen::{
    check, docs, excerpt, load, names, parallel, resolve, schema, similar, sources, spanned, spec,
    validate,
};

/// The older names, which `import` and `merge` still use.
mod diagnostic {
    pub(crate) use dingtalk_codegen::diagnostic::quoted as shown;
    pub(crate) use dingtalk_codegen::diagnostic::*;
}
use dingtalk_codegen::spanned as marked;
