#include "core/connect/avro/avro_writer.h"

#include <bit>

#include "core/connect/avro/avro_bytes.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

/// One value that is not NULL.
using AppendAvro = void (*)(std::string& out, const Column& column, std::size_t row);

AppendAvro appendAvroOf(Type type) {
    return visitType(
        type.id,
        Overloaded{[](types::Boolean) -> AppendAvro {
                       return [](std::string& out, const Column& column, std::size_t row) {
                           out += column.at<std::uint8_t>(row) != 0 ? '\1' : '\0';
                       };
                   },
                   [](AnyOf<types::Int, types::Date> auto) -> AppendAvro {
                       return [](std::string& out, const Column& column, std::size_t row) {
                           appendAvroLong(out, column.at<std::int32_t>(row));
                       };
                   },
                   [](AnyOf<types::Bigint, types::Timestamp> auto) -> AppendAvro {
                       return [](std::string& out, const Column& column, std::size_t row) {
                           appendAvroLong(out, column.at<std::int64_t>(row));
                       };
                   },
                   [](types::Double) -> AppendAvro {
                       return [](std::string& out, const Column& column, std::size_t row) {
                           const auto bits = std::bit_cast<std::uint64_t>(column.at<double>(row));
                           for (unsigned shift = 0; shift < 64; shift += 8)
                               out += static_cast<char>(bits >> shift);
                       };
                   },
                   [](types::Decimal) -> AppendAvro {
                       return [](std::string& out, const Column& column, std::size_t row) {
                           appendAvroUnscaled(out, column.at<Int128>(row));
                       };
                   },
                   [](types::String) -> AppendAvro {
                       return [](std::string& out, const Column& column, std::size_t row) {
                           appendAvroString(out, column.string(row));
                       };
                   },
                   // Never a stream's columns.
                   [](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) -> AppendAvro {
                       return [](std::string&, const Column&, std::size_t) {};
                   }});
}

}  // namespace

AvroWriter::AvroWriter(std::optional<std::uint32_t> schemaId) {
    if (!schemaId) return;
    m_head += '\0';
    for (unsigned place = 4; place > 0; --place) m_head += static_cast<char>(*schemaId >> (8 * (place - 1)));
}

void AvroWriter::append(std::string& out, std::vector<std::size_t>& ends, const Batch& batch) const {
    if (batch.rows == 0) return;                       // columns may be missing
    constexpr char kNullBranch = 0, kValueBranch = 2;  // 0 and 1, as they are written
    std::vector<AppendAvro> appends;
    for (const ColumnRef& column : batch.columns) appends.push_back(appendAvroOf(column->type()));
    for (std::size_t row = 0; row < batch.rows; ++row) {
        out += m_head;
        for (std::size_t i = 0; i < appends.size(); ++i) {
            const Column& column = *batch.columns[i];
            const bool null = column.isNull(row);
            out += null ? kNullBranch : kValueBranch;
            if (!null) appends[i](out, column, row);
        }
        ends.push_back(out.size());
    }
}

}  // namespace rw
