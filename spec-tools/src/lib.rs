//! The tools of those who write the description of DingTalk's open platform, on top of its generator.

pub mod diff;
pub mod document;
pub mod import;
pub mod merge;
pub mod openapi;
pub mod skeleton;

// The model of the description and what reports its mistakes are the generator's; the tools name them as their own.
use dingtalk_codegen::{
    check, diagnostic, docs, excerpt, load, names, parallel, report, resolve, schema, similar,
    sources, spanned, spec, validate,
};
