#include "core/nodes/table_key.h"

#include <algorithm>
#include <string>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/json/json_layout.h"

namespace rw {

namespace {

QuickFix useUpsert(const BindContext& context) {
    QuickFix fix = replaceParam(context, "mode", -1, "upsert");
    fix.label = RW_TEXT("sqlite_sink", "Use upsert");
    return fix;
}

/// Rows that change and that no key names: no mode can take one of them back. True when that was reported.
bool refuseNameless(BindContext& context) {
    if (!context.input().multiset) return false;
    Issue& issue = context.error(
        {},
        RW_TEXT("sqlite_sink",
                "“%1” sends changing rows that no key names: which row of the table changes can't be told.")
            .with(context.producer().title),
        RW_TEXT("sqlite_sink",
                "Put a node between them whose rows have a key: a group aggregate has its keys, a top N the "
                "rank."));
    issue.port = context.portName(0);
    return true;
}

QuickFix useOwnKey(const BindContext& context, Json columns) {
    QuickFix fix;
    fix.label = RW_TEXT("sqlite_sink", "Use the key of the rows");
    fix.node = context.node().id;
    fix.param = "key";
    fix.value = std::move(columns);
    return fix;
}

/// The columns of `key`, or of the stream's own key where it is left empty.
std::vector<int> keyOfRows(BindContext& context) {
    std::vector<int> key;
    const StreamType& input = context.input();
    const auto names = context.list("key");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column = requireColumn(context, "key", *input.schema, names[i], static_cast<int>(i));
        if (column >= 0) key.push_back(column);
    }
    if (names.empty()) key = input.key;
    if (key.empty() && !input.updating && !context.failed()) {
        context.error("key", RW_TEXT("sqlite_sink", "Upsert needs the columns that name a row."),
                      RW_TEXT("sqlite_sink", "Choose the key columns, or set the mode to append."));
    }
    if (!input.updating || names.empty() || context.failed()) return key;
    std::vector<int> given = key, own = input.key;
    std::sort(given.begin(), given.end());
    std::sort(own.begin(), own.end());
    if (given == own) return key;
    Json columns = Json::array();
    for (const int column : input.key)
        columns.push_back(input.schema->fields[static_cast<std::size_t>(column)].name);
    Text message = own.empty() ? RW_TEXT("sqlite_sink", "“%1” sends one row at most, which has no key.")
                                     .with(context.producer().title)
                               : RW_TEXT("sqlite_sink", "The rows of “%1” change by another key: %2.")
                                     .with(context.producer().title, onOneLine(columns));
    Text fix = own.empty() ? RW_TEXT("sqlite_sink", "Leave the key empty.")
                           : RW_TEXT("sqlite_sink", "Use that key, or leave it empty.");
    Issue& issue = context.error("key", std::move(message), std::move(fix));
    issue.quickFixes.push_back(useOwnKey(context, std::move(columns)));
    return key;
}

}  // namespace

std::vector<int> bindTableKey(BindContext& context) {
    const bool nameless = refuseNameless(context);
    const bool upserts = context.text("mode") == "upsert";
    if (context.input().updating && !nameless && !upserts) {
        Issue& issue = context.error(
            "mode",
            RW_TEXT("sqlite_sink", "“%1” sends changing rows; “%2” is set to “%3”.")
                .with(context.producer().title, context.node().shownTitle(), context.choice("mode")),
            RW_TEXT("sqlite_sink", "Use upsert, which puts changed rows in place of the old ones."));
        issue.quickFixes.push_back(useUpsert(context));
    }
    return upserts && !nameless ? keyOfRows(context) : std::vector<int>();
}

}  // namespace rw
