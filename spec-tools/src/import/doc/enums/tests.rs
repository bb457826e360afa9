use super::*;

fn ask(raw: &str, integer: bool, examples: &[&str]) -> Found {
    let examples: Vec<String> = examples.iter().map(|e| (*e).to_owned()).collect();
    find(&Ask {
        raw,
        integer,
        examples: &examples,
        is_field: &|word| matches!(word, "minTime" | "maxTime" | "owner"),
    })
}

fn texts(raw: &str) -> Vec<String> {
    ask(raw, false, &[])
        .values
        .into_iter()
        .map(|value| value.text)
        .collect()
}

fn numbers(raw: &str) -> Vec<String> {
    ask(raw, true, &[])
        .values
        .into_iter()
        .map(|value| value.text)
        .collect()
}

#[test]
fn items_of_a_list_begin_with_the_value() {
    let cases = [
        "颜色，取值：   - **red**：红 - **dark\\_blue**：蓝",
        "颜色:取值: - red:红 - dark_blue:蓝",
        "颜色。   - **red** : 红 - **dark\\_blue**（默认）：蓝",
        "颜色。   - **red** - **dark_blue**   之后再说",
        "颜色：   - `red`：红 - `dark_blue`：蓝    更多的话",
        "颜色，可选值：\n- red：红\n- dark_blue：蓝",
        "Color, valid values: - red: like blood - dark_blue: like the sea",
        "颜色，取值：\nred：红\ndark_blue：蓝",
        "颜色：   - **red：红** - **dark_blue：蓝**",
        "颜色，取值：   - red，红 - dark_blue，蓝",
    ];
    for raw in cases {
        assert_eq!(texts(raw), ["red", "dark_blue"], "{raw}");
    }
    assert_eq!(numbers("级别。   - **1**：低 - **-2**：高"), ["1", "-2"]);
    assert_eq!(numbers("级别。 - 1-低 - 2-高"), ["1", "2"]);
}

#[test]
fn sentences_list_values_too() {
    let cases = [
        "颜色，可取值包括：red、dark_blue。 默认值为“red”。",
        "颜色，可选值：为'red'-红、'dark_blue'-蓝。其他的话",
        "颜色：red | dark_blue",
        "颜色，取值为red或dark_blue。",
        "颜色，枚举值：red（红），dark_blue（蓝）",
        "颜色，取值：red：红；dark_blue：蓝",
        "Color. One of: red, dark_blue",
        "颜色（取值：red/dark_blue）",
        "颜色，取值：**red**：红 **dark\\_blue**：蓝",
        "颜色，取值：red：红 dark_blue：蓝",
        "颜色，取值：<br>- red：红<br/>- dark_blue：蓝",
        "颜色，取值： - **red** 表示红 - **dark_blue** 代表蓝",
    ];
    for raw in cases {
        assert_eq!(texts(raw), ["red", "dark_blue"], "{raw}");
    }
    assert_eq!(numbers("级别，1：低，2：高。"), ["1", "2"]);
    assert_eq!(numbers("级别 0-低 1-高"), ["0", "1"]);
    assert_eq!(numbers("级别，取值：**0**：低 **1**：高"), ["0", "1"]);
    assert_eq!(
        texts("进度，取值： - **In progress**：进行中 - **Done**：完成"),
        ["In progress", "Done"]
    );
    assert_eq!(numbers("级别（0：低，1：高）"), ["0", "1"]);
}

#[test]
fn a_row_of_values_goes_on_behind_the_meaning_of_one() {
    for raw in [
        "级别，取值：0 低 1 高",
        "级别，取值：0：低。1：高。",
        "级别，取值：0：低，很低，1：高",
        "级别，0低，1高",
        "级别，0:low,1:high",
        "级别 - 0、低 - 1、高",
        "级别，取值范围：0、1",
        "级别<ul><li>0：低</li><li>1：高</li></ul>",
    ] {
        assert_eq!(numbers(raw), ["0", "1"], "{raw}");
    }
    for raw in [
        "颜色，取值：red红，blue蓝",
        "颜色，取值：red：红，很红，blue：蓝",
        "颜色，取值：   1. **red**：红 2. **blue**：蓝",
    ] {
        assert_eq!(texts(raw), ["red", "blue"], "{raw}");
    }
    assert_eq!(
        texts("范围，取值：   - **book:read**：读 - **book:write**：写"),
        ["book:read", "book:write"]
    );
    assert_eq!(
        texts("比较，取值：   - **>**：大 - **<=**：不大"),
        [">", "<="]
    );
}

#[test]
fn the_example_speaks_for_values() {
    for raw in [
        "颜色，支持red、blue。",
        "颜色，包括：red、blue",
        "颜色：red/blue",
        "颜色，只能是red或者blue",
    ] {
        let found = ask(raw, false, &["red"]);
        assert_eq!(found.values.len(), 2, "{raw}");
        assert_eq!(ask(raw, false, &["green light"]), Found::default(), "{raw}");
    }
    // A list of values of what has a few is one, whatever the example shows.
    let found = ask("状态：   - **NEW**：新 - **OLD**：旧", false, &["abc"]);
    assert_eq!(found.values.len(), 2);
}

#[test]
fn a_single_value_is_one_where_the_page_says_so() {
    assert_eq!(texts("固定值填写为Standard。"), ["Standard"]);
    assert_eq!(texts("目前仅支持取值为**1**，表示一。"), ["1"]);
    assert_eq!(texts("日历，统一为**primary**，表示主日历。"), ["primary"]);
    let found = ask("授权类型：client\\_key", false, &["client_key"]);
    assert_eq!(found.values.len(), 1);
    assert_eq!(ask("授权类型：client_key", false, &["x"]), Found::default());
}

#[test]
fn what_is_no_value_is_not_taken() {
    let cases = [
        "时间，格式：yyyy-MM-dd。",
        "时间。   - 全天必须有值 - 非全天必须留空",
        "标识，取值范围：1-100",
        "默认值为100，最大值100。",
        "可调用接口获取，例如：a,b。",
        "当**kind**取值为**daily**时，表示间隔。",
        "访问凭证，通过以下获取： - 内部应用，调用接口获取。 - 第三方应用，调用接口获取。",
        "格式为 `{\"key\":\"value\"}`。   - **key**：编号 - **value**：名称",
        "发送。   - **owner**不用填写。 - **minTime**填写编号。",
        "   - **minTime**：开始 - **maxTime**：结束",
        "类型。   **[!NOTE]**    单聊：   - **a**：一 - **b**：二",
        "数字格式。   | 名称 | 形式 | | --- | --- | | a | b |",
        "链接，参数值格式如下： ``` { \"a\": [\"left\", \"right\"] } ```",
        "下载地址。 - iOS：苹果 - Android：安卓",
        "扩展信息，JSON格式：   - **title**：标题 - **text**：内容",
        "默认取值为abc。",
        "编号，取值为owner。",
        "编号，取值：ownerId列表，用逗号分隔",
        "取值为null。",
        "地址，仅支持https。",
        "The id must be unique.",
        "语言，例如：zh_CN、en_US。",
    ];
    for raw in cases {
        let examples = ["https://example.com".to_owned()];
        let found = find(&Ask {
            raw,
            integer: false,
            examples: &examples,
            is_field: &|word| matches!(word, "minTime" | "maxTime" | "owner"),
        });
        assert_eq!(found.values, [], "{raw}");
    }
    assert_eq!(
        numbers("间隔。例如： - 当**type**取值为**daily**时表示间隔N天。"),
        [""; 0]
    );
    assert_eq!(
        numbers("间隔。例如： - **daily**：天 - **weekly**：周"),
        [""; 0]
    );
    for raw in [
        "默认取值为10。",
        "最大取值为100。",
        "取值范围：1，100",
        "取值：1到7",
        "取值：1~7",
        "共3级，1级最高，5级最低",
        "年份，2020年、2021年",
        "时间，如09:00、18:00",
    ] {
        assert_eq!(numbers(raw), [""; 0], "{raw}");
    }
}

#[test]
fn truth_values_are_no_enum() {
    for raw in [
        "是否。   - **true**：是 - **false**（默认）：否",
        "是否，取值：true、false",
        "true：是，false：否",
    ] {
        let found = ask(raw, false, &["true"]);
        assert_eq!(found.values, [], "{raw}");
        assert_eq!(found.notes, [Note::Truth], "{raw}");
    }
}

#[test]
fn what_looks_like_values_is_told() {
    let both = || Note::NotTaken(vec!["red".to_owned(), "blue".to_owned()]);
    for raw in [
        "颜色，red：红，blue：蓝",
        "颜色，包括：red、blue",
        "颜色。 **[!NOTE]** 取值： - **red**：红 - **blue**：蓝",
    ] {
        let found = ask(raw, false, &[]);
        assert_eq!(found.values, [], "{raw}");
        assert_eq!(found.notes, [both()], "{raw}");
    }
    assert_eq!(
        ask("颜色，red：红，blue：蓝", false, &["red"]).values.len(),
        2
    );
    assert_eq!(texts("颜色类型，red：红，blue：蓝"), ["red", "blue"]);
    assert_eq!(texts("颜色类型，包括：red、blue"), ["red", "blue"]);
    assert_eq!(texts("颜色类型值：red/blue"), ["red", "blue"]);
    assert_eq!(
        texts("Color. One of the following: red, blue"),
        ["red", "blue"]
    );
    let found = ask(
        "编号，参见[其他](https://example.com/a/b)或https://c.example.com/d。",
        false,
        &[],
    );
    assert_eq!(found, Found::default());

    let found = ask("颜色，取值： - a：一 - a：二 - 其他", false, &[]);
    assert_eq!(found.notes, [Note::Others(1), Note::Twice("a".to_owned())]);
}

#[test]
fn a_table_inside_a_description_is_told_and_none_of_its_cells_is_a_value() {
    for raw in [
        "颜色。   | 名称 | 值 | 说明 | | --- | --- | --- | | 红 | \"red\" | | | 蓝 | `dark_blue` | 深 |",
        "颜色。   | 名称 | 形式 | | --- | --- | | a | b |",
        "颜色。   | 值 | 说明 | | --- | --- | | 红的 颜色 | 一 | | blue | 二 |",
    ] {
        let found = ask(raw, false, &[]);
        assert_eq!(found.values, [], "{raw}");
        assert_eq!(found.notes, [Note::Table], "{raw}");
    }
}

#[test]
fn meanings_are_kept_for_those_who_want_them() {
    let found = ask(
        "颜色：   - **red**：红[色](x.md) - **blue**: 蓝",
        false,
        &[],
    );
    assert_eq!(found.values[0].meaning, "红色");
    assert_eq!(found.values[1].meaning, "蓝");
}
