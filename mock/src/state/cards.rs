//! Interactive cards.

use super::{Call, Outcome, Table, update};

pub(super) fn answer(cards: &mut Table, call: &Call<'_>) -> Outcome {
    let id = call.text("outTrackId");
    match call.known.operation.action() {
        "CreateCard" | "CreateAndDeliver" => {
            // Creating it again changes nothing: the id makes the call idempotent.
            if cards.get(&id).is_none() {
                cards.add(id, call.fields());
            }
            None
        }
        "UpdateCard" | "StreamingUpdate" | "DeliverCard" if cards.is_used() => {
            match cards.get_mut(&id) {
                Some(card) => {
                    update(card, call.fields());
                    None
                }
                None if call.is("StreamingUpdate") => {
                    call.refuse(["param.stream.outTrackId", ""], "card is not exist")
                }
                None => call.refuse(["param.cardNotExist", ""], "param.cardNotExist"),
            }
        }
        _ => None,
    }
}
