#include "core/nodes/column_defs.h"

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

std::optional<Schema> bindColumns(BindContext& context) {
    const auto texts = context.list("columns");
    Schema schema;
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto def = splitColumnDef(texts[i]);
        if (!def) {
            wrongColumn(context, i, 0, texts[i].size(),
                        RW_TEXT("source", "“%1” is not a column.").with(texts[i]),
                        RW_TEXT("source", "Write a name and a type: price DOUBLE."));
            good = false;
            continue;
        }
        const Result<Type> type = parseType(def->type);
        if (!type.ok()) {
            wrongColumn(context, i, def->typeAt, def->type.size(), type.error().message, type.error().fix);
            good = false;
            continue;
        }
        if (schema.find(def->name)) {
            wrongColumn(context, i, 0, texts[i].size(),
                        RW_TEXT("source", "There are two columns “%1”.").with(def->name),
                        RW_TEXT("source", "Rename one of them."));
            good = false;
            continue;
        }
        schema.fields.push_back({def->name, *type});
    }
    if (!good) return std::nullopt;
    return schema;
}

std::string writeColumnDef(const Field& field) {
    return sql::quoteIdentifier(field.name) + " " + toString(field.type);
}

}  // namespace rw
