//! Mistakes in `paging`.

use crate::common::check;
use crate::{DELETE, FIND, SET, changed};

#[test]
fn a_token_inside_an_object_of_the_body_and_a_total_beside_it_are_good() {
    let option = "body: { option: { object: { nextToken: { type: string } } } }\nresponse:\n";
    let files = changed(&[
        (FIND, "method: GET", "method: POST"),
        (FIND, "response:\n", option),
        (FIND, "token: nextToken,", "token: option.nextToken,"),
        (FIND, "more: result.more", "total: result.total"),
    ]);
    if let Err(report) = check(&files) {
        panic!("{report}");
    }
}

// Pages.
cases! {
    paging_without_a_style: FIND "token: nextToken, next: result.next, " => "";
    paging_by_an_offset_and_a_token: FIND "token: nextToken, " => "token: nextToken, offset: index, ";
    paging_by_an_offset_without_a_size: FIND "token: nextToken, next: result.next, " => "offset: index, ", FIND "size: maxResults, " => "";
    paging_by_a_token_with_limits: FIND "nextToken: { type: string" => "nextToken: { type: string, max_length: 5";
    paging_of_both_styles: FIND "token: nextToken," => "token: nextToken, page: index,";
    paging_by_a_token_that_no_reply_gives: FIND "next: result.next, " => "";
    paging_with_keys_of_the_other_style: FIND "token: nextToken, next: result.next" => "page: index, next: result.next", FIND "more: result.more" => "more: result.more, total: result.total, first: 0";
    paging_with_a_total_beside_a_token: FIND "more: result.more" => "total: result.total, first: 0";
    paging_inside_the_query: FIND "token: nextToken," => "token: nextToken.value,";
    paging_inside_an_object_without_the_field: FIND "method: GET" => "method: POST", FIND "response:\n" => "body: { option: { object: { nextToken: { type: string }, kinds: { list: string } } } }\nresponse:\n", FIND "token: nextToken," => "token: option.nextTokn,", FIND "size: maxResults" => "size: option.kinds";
    paging_without_items: FIND "items: result.list, " => "";
    paging_with_an_unknown_key: FIND "more: result.more" => "hasMore: result.more";
    paging_by_a_field_that_is_not_sent: FIND "token: nextToken," => "token: nextTokn,", FIND "size: maxResults" => "size: pages";
    paging_by_a_header: FIND "token: nextToken," => "token: x-token-of-page,";
    paging_by_a_list: FIND "token: nextToken," => "token: kinds,", FIND "size: maxResults" => "size: notify";
    paging_by_a_field_of_the_path: FIND "token: nextToken," => "token: roomId,";
    paging_to_a_field_that_does_not_come: FIND "next: result.next" => "next: nextToken", FIND "items: result.list" => "items: result.lst", FIND "more: result.more" => "more: reslt.more";
    paging_through_a_list: FIND "items: result.list" => "items: result.list.name";
    paging_through_json_in_a_string: FIND "items: result.list" => "items: packed.list";
    paging_to_fields_of_the_wrong_type: FIND "next: result.next" => "next: result.more", FIND "items: result.list" => "items: result", FIND "more: result.more" => "more: result.next";
    paging_of_a_reply_that_is_nothing: DELETE "body: {}" => "query: { page: { type: integer } }\npaging: { page: page, items: list }";
    paging_of_a_reply_that_is_no_list: SET "response_type: { type: boolean }" => "query: { page: { type: integer } }\nresponse_type: { type: boolean }\npaging: { page: page }";
}
