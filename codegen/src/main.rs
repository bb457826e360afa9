//! The command-line program.
fn main() {
    match dingtalk_codegen::generate(
        std::path::Path::new("spec"),
        std::path::Path::new("generated"),
    ) {
        Ok(o) => println!("{o}"),
        Err(e) => println!("{e}"),
    }
}
