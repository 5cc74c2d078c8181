#include "core/deploy/csv_values.h"

#include <algorithm>

#include "core/sql/parse/ast.h"

namespace rw {

namespace {

template <class IsMeant>
const Field* firstColumn(const Schema& columns, IsMeant isMeant) {
    const auto found = std::find_if(columns.fields.begin(), columns.fields.end(),
                                    [&](const Field& field) { return isMeant(field.type); });
    return found == columns.fields.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Text> commaMend(const CsvFormat& format, const Schema& columns) {
    const Field* column =
        firstColumn(columns, [](Type type) { return type.is(TypeId::Double) || type.is(TypeId::Decimal); });
    if (format.decimal == CsvFormat::Decimal::Point || column == nullptr) return std::nullopt;
    const std::string name = sql::quoteIdentifier(column->name);
    return RW_TEXT("deploy", "Declare these columns as STRING, and convert them in a select node: %1")
        .with(fmt::format("CAST(REPLACE({0}, ',', '.') AS {1}) AS {0}", name, toString(column->type)));
}

std::optional<Text> epochMend(const CsvFormat& format, const Schema& columns) {
    const Field* column = firstColumn(columns, [](Type type) { return type.is(TypeId::Timestamp); });
    if (format.epoch == CsvFormat::Epoch::None || column == nullptr) return std::nullopt;
    const char* unit = format.epoch == CsvFormat::Epoch::Seconds ? "SECOND" : "MILLISECOND";
    return RW_TEXT("deploy", "Declare the column as BIGINT, and convert it in a select node: %1")
        .with(fmt::format("TIMESTAMPADD({1}, {0}, TIMESTAMP '1970-01-01 00:00:00') AS {0}",
                          sql::quoteIdentifier(column->name), unit));
}

}  // namespace rw
