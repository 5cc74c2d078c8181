#include "core/nodes/column_defs.h"

#include "core/sql/functions/json_path.h"
#include "core/sql/parse/ast.h"

namespace rw {

ParamSpec columnsParam() {
    ParamSpec spec = makeParam(
        "columns", ParamKind::ColumnDefs, RW_TEXT("source", "Columns"),
        RW_TEXT("source",
                "Name and type of each column: “price DOUBLE”. Types: BOOLEAN, INT, BIGINT, DOUBLE, "
                "DECIMAL(p,s), STRING, DATE, TIMESTAMP(3)."));
    spec.required = true;
    return spec;
}

void wrongColumn(BindContext& context, std::size_t item, std::size_t position, std::size_t length,
                 Text message, Text fix) {
    Issue& issue = context.error("columns", std::move(message), std::move(fix));
    issue.item = static_cast<int>(item);
    issue.position = position;
    issue.length = std::max<std::size_t>(length, 1);
}

namespace {

/// Entry `item`, behind columns `before`; nothing when it is wrong, which was reported.
std::optional<ColumnDef> readColumnDef(BindContext& context, std::size_t item, const std::string& text,
                                       Schema& before) {
    const auto def = splitColumnDef(text);
    if (!def) {
        wrongColumn(context, item, 0, text.size(), RW_TEXT("source", "“%1” is not a column.").with(text),
                    RW_TEXT("source", "Write a name and a type: price DOUBLE."));
        return std::nullopt;
    }
    const Result<Type> type = parseType(def->type);
    if (!type.ok()) {
        wrongColumn(context, item, def->typeAt, def->type.size(), type.error().message, type.error().fix);
        return std::nullopt;
    }
    if (before.find(def->name)) {
        wrongColumn(context, item, 0, text.size(),
                    RW_TEXT("source", "There are two columns “%1”.").with(def->name),
                    RW_TEXT("source", "Rename one of them."));
        return std::nullopt;
    }
    before.fields.push_back({def->name, *type});
    return def;
}

}  // namespace

std::optional<Schema> bindColumns(BindContext& context) {
    const auto texts = context.list("columns");
    Schema schema;
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto def = readColumnDef(context, i, texts[i], schema);
        good = good && def;
        if (!def || def->from.empty()) continue;
        wrongColumn(context, i, def->fromAt, texts[i].size() - def->fromAt,
                    RW_TEXT("source", "Only a column that JSON holds has a path."),
                    RW_TEXT("source", "Leave FROM and the path out."));
        good = false;
    }
    if (!good) return std::nullopt;
    return schema;
}

std::optional<std::vector<JsonColumn>> bindJsonColumns(BindContext& context) {
    const auto texts = context.list("columns");
    Schema schema;
    std::vector<JsonColumn> columns;
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto def = readColumnDef(context, i, texts[i], schema);
        const bool path = def && (def->from.empty() || sql::JsonPath::parse(def->from));
        if (def && !path) {
            wrongColumn(context, i, def->fromAt, texts[i].size() - def->fromAt,
                        RW_TEXT("sql", "“%1” is not a JSON path.").with(def->from),
                        RW_TEXT("sql", "Write one as $.name, $.list[0] or $['a name']."));
        }
        good = good && path;
        if (good) columns.push_back({schema.fields.back(), def->from});
    }
    if (!good) return std::nullopt;
    return columns;
}

std::string writeColumnDef(const Field& field) {
    return sql::quoteIdentifier(field.name) + " " + toString(field.type);
}

}  // namespace rw
