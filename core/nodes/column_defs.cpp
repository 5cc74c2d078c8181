#include "core/nodes/column_defs.h"

#include <algorithm>
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

/// Where the value of a column is in JSON; nothing when that is no path (reported).
std::optional<sql::JsonPath> bindPath(BindContext& context, std::size_t item, const std::string& text,
                                      const ColumnDef& def) {
    auto path = def.path ? sql::JsonPath::parse(*def.path) : sql::JsonPath::toField(def.name);
    if (path) return path;
    wrongColumn(context, item, def.pathAt, text.size() - def.pathAt,
                RW_TEXT("source", "What follows FROM is no path in quotes."),
                RW_TEXT("source", "Write fields and numbers of elements: FROM '$.orders[0].id'."));
    return std::nullopt;
}

/// The types that a part of a message may have; empty: any.
std::vector<TypeId> typesOfPart(MessagePart::Kind kind) {
    switch (kind) {
        case MessagePart::Kind::Timestamp:
            return {TypeId::Timestamp};
        case MessagePart::Kind::Partition:
            return {TypeId::Int, TypeId::Bigint};
        case MessagePart::Kind::Offset:
            return {TypeId::Bigint};
        case MessagePart::Kind::Topic:
            return {TypeId::String};
        case MessagePart::Kind::InValue:
        case MessagePart::Kind::Key:
        case MessagePart::Kind::Header:
            break;
    }
    return {};
}

MessagePart::Kind partNamed(std::string_view word) {
    using Kind = MessagePart::Kind;
    if (word == "KEY") return Kind::Key;
    if (word == "HEADER") return Kind::Header;
    if (word == "TIMESTAMP") return Kind::Timestamp;
    if (word == "PARTITION") return Kind::Partition;
    return word == "OFFSET" ? Kind::Offset : Kind::Topic;
}

/// The part of a message that a definition with one says; nothing when it is wrong (reported).
std::optional<MessagePart> bindPart(BindContext& context, std::size_t item, const std::string& text,
                                    const ColumnDef& def, Type type) {
    const auto wrong = [&](Text message, Text fix) {
        wrongColumn(context, item, def.pathAt, text.size() - def.pathAt, std::move(message), std::move(fix));
        return std::nullopt;
    };
    MessagePart part;
    part.kind = partNamed(def.part);
    if (part.kind == MessagePart::Kind::Header) {
        if (!def.path || def.path->empty())
            return wrong(RW_TEXT("source", "FROM HEADER does not say the name of a header."),
                         RW_TEXT("source", "Write it in quotes: FROM HEADER 'trace'."));
        part.header = *def.path;
    } else if (part.kind == MessagePart::Kind::Key && def.path) {
        part.path = sql::JsonPath::parse(*def.path);
        if (!part.path)
            return wrong(RW_TEXT("source", "What follows FROM KEY is no path in quotes."),
                         RW_TEXT("source",
                                 "Write FROM KEY for the whole key, or a path into a key of JSON: FROM "
                                 "KEY '$.id'."));
    } else if (def.path) {
        return wrong(RW_TEXT("source", "Nothing can follow FROM %1.").with(def.part),
                     RW_TEXT("source", "Write: FROM %1").with(def.part));
    }
    const std::vector<TypeId> types = typesOfPart(part.kind);
    if (types.empty() || std::find(types.begin(), types.end(), type.id) != types.end()) return part;
    const std::string wanted = toString(Type::of(types.back()));
    wrongColumn(
        context, item, def.typeAt, def.type.size(),
        RW_TEXT("source", "FROM %1 is a %2, and the column is %3.").with(def.part, wanted, toString(type)),
        RW_TEXT("source", "Declare the column as %1.").with(wanted));
    return std::nullopt;
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
        if (def && def->from()) {
            wrongColumn(context, i, def->pathAt, texts[i].size() - def->pathAt,
                        RW_TEXT("source", "“FROM” is for columns that are read from JSON."),
                        RW_TEXT("source", "Write a name and a type: price DOUBLE."));
        }
        good = good && def && !def->from();
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
        if (def && !def->part.empty()) {
            wrongColumn(context, i, def->pathAt, texts[i].size() - def->pathAt,
                        RW_TEXT("source", "“FROM %1” is for columns of messages.").with(def->part),
                        RW_TEXT("source", "Write fields and numbers of elements: FROM '$.orders[0].id'."));
            good = false;
            continue;
        }
        auto path = def ? bindPath(context, i, texts[i], *def) : std::nullopt;
        good = good && path;
        if (!path) continue;
        columns.paths.push_back(*std::move(path));
        columns.named.push_back(def->path.has_value());
    }
    if (!good) return std::nullopt;
    return columns;
}

ParamSpec messageColumnsParam() {
    ParamSpec spec = columnsParam();
    spec.help = RW_TEXT(
        "source",
        "Name and type of each column that you need: `price DOUBLE`. Columns of JSON and Avro are found by "
        "the names of fields, or by the path after `FROM`: `city STRING FROM '$.address.city'`; those of CSV "
        "by position; text is one STRING or BYTES. `k STRING FROM KEY`, `FROM HEADER 'trace'`, `FROM "
        "TIMESTAMP`, `FROM PARTITION`, `FROM OFFSET` and `FROM TOPIC` read what is beside the message's "
        "value.");
    return spec;
}

std::optional<MessageColumns> bindMessageColumns(BindContext& context, bool byPath) {
    const auto texts = context.list("columns");
    MessageColumns columns;
    Names names;
    bool good = true;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto def = bindColumnDef(context, i, texts[i], columns.schema, names);
        if (def && !def->part.empty()) {
            auto part = bindPart(context, i, texts[i], *def, columns.schema.fields.back().type);
            good = good && part;
            if (part) columns.parts.push_back(*std::move(part));
            continue;
        }
        if (def && def->path && !byPath) {
            wrongColumn(context, i, def->pathAt, texts[i].size() - def->pathAt,
                        RW_TEXT("source", "A path is for columns that are read from JSON or Avro."),
                        RW_TEXT("source", "Write a name and a type: price DOUBLE."));
            good = false;
            continue;
        }
        auto path = def ? bindPath(context, i, texts[i], *def) : std::nullopt;
        good = good && path;
        if (!path) continue;
        columns.parts.emplace_back();
        columns.paths.push_back(*std::move(path));
    }
    if (!good) return std::nullopt;
    return columns;
}

std::string writeColumnDef(const Field& field) {
    return sql::quoteIdentifier(field.name) + " " + toString(field.type);
}

}  // namespace rw
