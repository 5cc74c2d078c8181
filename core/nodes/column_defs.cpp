#include "core/nodes/column_defs.h"

#include <unordered_set>

#include "core/base/figures.h"
#include "core/sql/parse/ast.h"

namespace rw {

namespace {

using Names = std::unordered_set<std::string>;

/// Entry `item`, added to `schema` and its `names`; nothing when it is wrong (reported).
std::optional<ColumnDef> bindColumnDef(BindContext& context, std::size_t item, const std::string& text,
                                       Schema& schema, Names& names) {
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
    if (!names.insert(def->name).second) {
        wrongColumn(context, item, 0, text.size(),
                    RW_TEXT("source", "There are two columns “%1”.").with(def->name),
                    RW_TEXT("source", "Rename one of them."));
        return std::nullopt;
    }
    schema.fields.push_back({def->name, *type});
    return def;
}

}  // namespace

ParamSpec columnsParam() {
    ParamSpec spec =
        makeParam("columns", ParamKind::ColumnDefs, RW_TEXT("source", "Columns"),
                  RW_TEXT("source",
                          "Name and type of each column: `price DOUBLE`. The types are BOOLEAN, "
                          "INT, BIGINT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP(3) and BYTES."));
    spec.required = true;
    return spec;
}

ParamSpec jsonColumnsParam() {
    ParamSpec spec = columnsParam();
    spec.help =
        RW_TEXT("source",
                "Name and type of each column that you need: `price DOUBLE`. A column reads the field of its "
                "name, or the value at the path after `FROM`: `city STRING FROM '$.address.city'`. The types "
                "are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP(3) and BYTES.");
    return spec;
}

Text columnCount(std::size_t columns) {
    return figures::counted(columns, RW_TEXT("source", "1 column"), RW_TEXT("source", "%1 columns"));
}

void wrongColumn(BindContext& context, std::size_t item, std::size_t position, std::size_t length,
                 Text message, Text fix) {
    Issue& issue = context.error("columns", std::move(message), std::move(fix));
    issue.item = static_cast<int>(item);
    issue.position = position;
    issue.length = std::max<std::size_t>(length, 1);
}

std::optional<Schema> bindColumns(BindContext& context) {
    const auto texts = context.list("columns");
    Schema schema;
    Names names;
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto def = bindColumnDef(context, i, texts[i], schema, names);
        if (def && def->path) {
            wrongColumn(context, i, def->pathAt, texts[i].size() - def->pathAt,
                        RW_TEXT("source", "“FROM” is for columns that are read from JSON."),
                        RW_TEXT("source", "Write a name and a type: price DOUBLE."));
        }
        good = good && def && !def->path;
    }
    if (!good) return std::nullopt;
    return schema;
}

std::optional<JsonColumns> bindJsonColumns(BindContext& context) {
    const auto texts = context.list("columns");
    JsonColumns columns;
    Names names;
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto def = bindColumnDef(context, i, texts[i], columns.schema, names);
        if (!def) {
            good = false;
            continue;
        }
        auto path = def->path ? sql::JsonPath::parse(*def->path) : sql::JsonPath::toField(def->name);
        if (path) {
            columns.paths.push_back(*std::move(path));
            columns.named.push_back(def->path.has_value());
            continue;
        }
        wrongColumn(context, i, def->pathAt, texts[i].size() - def->pathAt,
                    RW_TEXT("source", "What follows FROM is no path in quotes."),
                    RW_TEXT("source", "Write fields and numbers of elements: FROM '$.orders[0].id'."));
        good = false;
    }
    if (!good) return std::nullopt;
    return columns;
}

std::string writeColumnDef(const Field& field) {
    return sql::quoteIdentifier(field.name) + " " + toString(field.type);
}

}  // namespace rw
