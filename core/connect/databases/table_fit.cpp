#include "core/connect/databases/table_fit.h"

#include <algorithm>

namespace rw {

namespace {

std::string listedNames(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

Status unfit(Text message, Text fix) {
    return {ErrorCode::Invalid, std::move(message), std::move(fix)};
}

Text mendColumns() {
    return RW_TEXT("databases",
                   "Give the rows those columns with a select before this node, or write to another table.");
}

Status isWritable(const DatabaseColumn& column, const Field& field, const TableTarget& target,
                  const TakesType& takes) {
    const std::string table = toString(target.table);
    if (column.isGenerated) {
        return unfit(RW_TEXT("databases", "Column “%1” of table “%2” is computed by the server.")
                         .with(column.name, table),
                     RW_TEXT("databases", "Leave the column out with a select before this node."));
    }
    // Digits that have no room would be rounded off without a word.
    const bool digits = field.type.is(TypeId::Decimal) && column.type.is(TypeId::Decimal) &&
                        field.type.scale > column.type.scale;
    if (takes(field.type, column) && !digits) return {};
    return unfit(
        RW_TEXT("databases", "Column “%1” of table “%2” is declared %3; the rows hold %4 there.")
            .with(column.name, table, column.declared, toString(field.type)),
        RW_TEXT("databases", "Convert the values with CAST before this node, or change the column."));
}

}  // namespace

std::vector<std::string> TableTarget::keyNames() const {
    std::vector<std::string> names;
    for (const int column : key) names.push_back(schema->fields[static_cast<std::size_t>(column)].name);
    return names;
}

Result<std::vector<std::size_t>> fittingColumns(const DatabaseTable& table, const TableTarget& target,
                                                const TakesType& takes) {
    std::vector<std::size_t> places;
    std::vector<std::string> missing, needed;
    for (const Field& field : target.schema->fields) {
        const DatabaseColumn* const column = table.find(field.name);
        if (column == nullptr) {
            missing.push_back(field.name);
            continue;
        }
        RW_TRY(isWritable(*column, field, target, takes));
        places.push_back(static_cast<std::size_t>(column - table.columns.data()));
    }
    if (!missing.empty()) {
        return unfit(RW_TEXT("databases", "Table “%1” lacks columns: %2.")
                         .with(toString(target.table), listedNames(missing)),
                     mendColumns());
    }
    for (const DatabaseColumn& column : table.columns) {
        const bool left = column.nullable || column.hasDefault || column.isGenerated;
        if (!left && !target.schema->find(column.name)) needed.push_back(column.name);
    }
    if (!needed.empty()) {
        return unfit(RW_TEXT("databases", "Table “%1” needs columns that the rows lack: %2.")
                         .with(toString(target.table), listedNames(needed)),
                     mendColumns());
    }
    const std::vector<std::string> key = target.keyNames();
    if (target.mode == TableTarget::Mode::Upsert && !key.empty() && !table.isUnique(key)) {
        return unfit(RW_TEXT("databases", "Table “%1” has no primary key or unique index on %2.")
                         .with(toString(target.table), listedNames(key)),
                     RW_TEXT("databases", "Choose another key or table, or have such an index made."));
    }
    return places;
}

std::string createStatement(const DatabaseClient& client, const TableTarget& target) {
    std::string columns, keys;
    for (const int column : target.key) {
        keys += keys.empty() ? "" : ", ";
        keys += client.quoted(target.schema->fields[static_cast<std::size_t>(column)].name);
    }
    for (std::size_t i = 0; i < target.schema->size(); ++i) {
        const Field& field = target.schema->fields[i];
        const bool inKey =
            std::find(target.key.begin(), target.key.end(), static_cast<int>(i)) != target.key.end();
        columns += i == 0 ? "" : ", ";
        columns += client.quoted(field.name) + ' ' + client.declaration(field.type, inKey);
        if (inKey) columns += " NOT NULL";
    }
    if (!keys.empty()) columns += ", PRIMARY KEY (" + keys + ")";
    return "CREATE TABLE IF NOT EXISTS " + client.quoted(target.table) + " (" + columns + ")";
}

}  // namespace rw
