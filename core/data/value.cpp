#include "core/data/value.h"

namespace rw {

Value valueAt(const Column& column, std::size_t row) {
    if (column.isNull(row)) return {};
    switch (column.type().id) {
        case TypeId::Boolean:
            return column.at<std::uint8_t>(row) != 0;
        case TypeId::Int:
        case TypeId::Date:
            return column.at<std::int32_t>(row);
        case TypeId::Bigint:
        case TypeId::Timestamp:
        case TypeId::IntervalDay:
        case TypeId::IntervalMonth:
            return column.at<std::int64_t>(row);
        case TypeId::Double:
            return column.at<double>(row);
        case TypeId::Decimal:
            return column.at<Int128>(row);
        case TypeId::String:
            return std::string(column.string(row));
        case TypeId::Null:
            break;
    }
    return {};
}

void appendValue(ColumnBuilder& builder, const Value& value) {
    switch (value.index()) {
        case 0:
            return builder.appendNull();
        case 1:
            return builder.append<std::uint8_t>(std::get<bool>(value) ? 1 : 0);
        case 2:
            return builder.append(std::get<std::int32_t>(value));
        case 3:
            return builder.append(std::get<std::int64_t>(value));
        case 4:
            return builder.append(std::get<double>(value));
        case 5:
            return builder.append(std::get<Int128>(value));
        default:
            return builder.appendString(std::get<std::string>(value));
    }
}

}  // namespace rw
