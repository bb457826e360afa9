//! `move-members FROM TO`, with the numbers of two departments.

use std::env;
use std::error::Error;

use dingtalk_api::Client;
use testing::move_members;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let departments: Vec<i64> = env::args()
        .skip(1)
        .map(|number| number.parse())
        .collect::<Result<_, _>>()?;
    let [from, to] = departments[..] else {
        return Err("usage: move-members FROM TO".into());
    };
    let builder = Client::builder().app(
        env::var("DINGTALK_APP_KEY")?,
        env::var("DINGTALK_APP_SECRET")?,
    );
    let builder = match env::var("DINGTALK_BASE_URL") {
        Ok(url) => builder.base_url_of("api", &*url).base_url_of("oapi", url),
        Err(_) => builder.server("mainland"),
    };
    for member in move_members(&builder.build()?, from, to).await? {
        println!("{member}");
    }
    Ok(())
}
