#include "core/data/cell_writer.h"

#include <algorithm>

#include "core/data/base64.h"
#include "core/data/visit_type.h"

namespace rw {

CellWriter::CellWriter(const Column& column)
    : m_values(column.raw()),
      m_validity(column.validity().allValid() ? nullptr : column.validity().words().data()),
      m_write(writeOf(column.type().id)) {
    if (column.type().is(TypeId::Decimal)) m_decimal = putDecimalOf(column.type().scale);
}

CellWriter::Write CellWriter::writeOf(TypeId id) {
    return visitType(
        id, Overloaded{[](types::Boolean) -> Write {
                           return [](CellWriter& self, char* at, std::size_t row) {
                               return putBoolean(at, self.value<std::uint8_t>(row) != 0);
                           };
                       },
                       [](types::Double) -> Write {
                           return [](CellWriter& self, char* at, std::size_t row) {
                               return putDouble(at, self.value<double>(row));
                           };
                       },
                       [](types::Decimal) -> Write {
                           return [](CellWriter& self, char* at, std::size_t row) {
                               return self.m_decimal(at, self.value<Int128>(row));
                           };
                       },
                       [](types::Date) -> Write {
                           return [](CellWriter& self, char* at, std::size_t row) {
                               return self.m_dates.write(at, self.value<std::int32_t>(row));
                           };
                       },
                       [](types::Timestamp) -> Write {
                           return [](CellWriter& self, char* at, std::size_t row) {
                               return self.m_times.write(at, self.value<std::int64_t>(row));
                           };
                       },
                       [](types::IntervalDay) -> Write {
                           return [](CellWriter& self, char* at, std::size_t row) {
                               const std::string text = formatDuration(self.value<std::int64_t>(row));
                               return std::copy(text.begin(), text.end(), at);
                           };
                       },
                       [](types::Int) -> Write { return &CellWriter::writeInteger<std::int32_t>; },
                       [](AnyOf<types::Bigint, types::IntervalMonth> auto) -> Write {
                           return &CellWriter::writeInteger<std::int64_t>;
                       },
                       [](AnyOf<types::String, types::Bytes, types::Null> auto) -> Write {
                           return nullptr;
                       }});
}

ColumnRef base64Texts(ColumnRef column) {
    if (!column->type().is(TypeId::Bytes)) return column;
    ColumnBuilder texts(Type::of(TypeId::String));
    texts.reserve(column->size());
    std::string text;
    for (std::size_t row = 0; row < column->size(); ++row) {
        if (column->isNull(row)) {
            texts.appendNull();
            continue;
        }
        text.clear();
        appendBase64(text, column->string(row));
        texts.appendString(text);
    }
    return texts.finish();
}

}  // namespace rw
