#include "core/data/cell_writer.h"

#include <algorithm>

namespace rw {

CellWriter::CellWriter(const Column& column)
    : m_values(column.raw()),
      m_validity(column.validity().allValid() ? nullptr : column.validity().words().data()),
      m_write(writeOf(column.type().id)) {
    if (column.type().is(TypeId::Decimal)) m_decimal = putDecimalOf(column.type().scale);
}

CellWriter::Write CellWriter::writeOf(TypeId id) {
    switch (id) {
        case TypeId::Boolean:
            return [](CellWriter& self, char* at, std::size_t row) {
                return putBoolean(at, self.value<std::uint8_t>(row) != 0);
            };
        case TypeId::Int:
            return [](CellWriter& self, char* at, std::size_t row) {
                return putInteger(at, self.value<std::int32_t>(row));
            };
        case TypeId::Bigint:
        case TypeId::IntervalMonth:
            return [](CellWriter& self, char* at, std::size_t row) {
                return putInteger(at, self.value<std::int64_t>(row));
            };
        case TypeId::Double:
            return [](CellWriter& self, char* at, std::size_t row) {
                return putDouble(at, self.value<double>(row));
            };
        case TypeId::Decimal:
            return [](CellWriter& self, char* at, std::size_t row) {
                return self.m_decimal(at, self.value<Int128>(row));
            };
        case TypeId::Date:
            return [](CellWriter& self, char* at, std::size_t row) {
                return self.m_dates.write(at, self.value<std::int32_t>(row));
            };
        case TypeId::Timestamp:
            return [](CellWriter& self, char* at, std::size_t row) {
                return self.m_times.write(at, self.value<std::int64_t>(row));
            };
        case TypeId::IntervalDay:
            return [](CellWriter& self, char* at, std::size_t row) {
                const std::string text = formatDuration(self.value<std::int64_t>(row));
                return std::copy(text.begin(), text.end(), at);
            };
        case TypeId::String:
        case TypeId::Null:
            break;
    }
    return nullptr;
}

}  // namespace rw
