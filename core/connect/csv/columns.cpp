#include "core/connect/csv/columns.h"

#include "core/connect/csv/values.h"
#include "core/connect/messages/decoder.h"
#include "core/data/base64.h"
#include "core/data/swar.h"
#include "core/data/text.h"
#include "core/data/trim.h"
#include "core/data/visit_type.h"

namespace rw {

namespace {

struct RawField {
    const char* begin;
    std::size_t size;
    bool quoted;

    bool isNull() const { return size == 0 && !quoted; }
    std::string_view text() const { return {begin, size}; }
};

/// The fields of one column; kQuoted: they may be quoted.
template <bool kQuoted>
class Fields {
 public:
    Fields(std::string_view bytes, const CsvIndex& index, char quote, std::size_t from, std::size_t field)
        : m_bytes(bytes.data()),
          m_ends(index.ends + from * index.stride + field),
          m_stride(index.stride),
          m_quote(quote),
          m_mayEndWithCr(index.mayEndWithCr && field + 1 == index.stride) {}

    // Once a cell: so many places use it that it would be called otherwise.
    [[gnu::always_inline]] RawField operator[](std::size_t row) const {
        const std::uint32_t* ends = m_ends + row * m_stride;
        const std::uint32_t begin = ends[0] + 1;
        std::uint32_t end = ends[1];
        if (m_mayEndWithCr && end > begin && m_bytes[end - 1] == '\r') --end;
        if (kQuoted && end > begin && m_bytes[begin] == m_quote) {
            return {m_bytes + begin + 1, std::size_t{end} - begin - 2, true};
        }
        return {m_bytes + begin, std::size_t{end} - begin, false};
    }

 private:
    const char* m_bytes;
    const std::uint32_t* m_ends;
    std::size_t m_stride;
    char m_quote;
    bool m_mayEndWithCr;
};

/// Shared by all kinds of columns: values, NULLs and errors.
struct Reading {
    const CsvColumn& column;
    std::size_t rows;
    RawBytes values;
    Validity validity{};
    sql::RowErrors& bad;

    Reading(const CsvColumn& what, std::size_t count, sql::RowErrors& complaints)
        : column(what),
          rows(count),
          values(what.wanted ? count * widthOf(what.type.id) : 0),
          bad(complaints) {}

    void complain(std::size_t row, std::string_view text) {
        bad.push_back({static_cast<std::uint32_t>(row), wrongValue({column.name, column.type}, text)});
    }
};

/// `read` gives a field's value, or nothing when it is not of the type. Values of a column that is not wanted
/// are dropped, and the code that computes them is compiled away.
template <class T, bool kQuoted, class Read>
void readValues(const Fields<kQuoted>& fields, Reading& out, Read read) {
    if (!out.column.wanted) {
        for (std::size_t row = 0; row < out.rows; ++row) {
            const RawField field = fields[row];
            T value{};
            if (!field.isNull() && !read(field, value)) out.complain(row, field.text());
        }
        return;
    }
    auto* values = reinterpret_cast<T*>(out.values.data());
    for (std::size_t row = 0; row < out.rows; ++row) {
        const RawField field = fields[row];
        if (field.isNull() || !read(field, values[row])) {
            values[row] = T{};
            out.validity.setNull(row, out.rows);
            if (!field.isNull()) out.complain(row, field.text());
        }
    }
}

template <class T>
bool store(const std::optional<T>& from, T& to) {
    if (!from) return false;
    to = *from;
    return true;
}

constexpr auto readInt = [](const RawField& field, std::int32_t& value) __attribute__((always_inline)) {
    std::int64_t wide = 0;
    if (!readInteger(field.begin, field.size, wide)) return store(parseInt(field.text()), value);
    value = static_cast<std::int32_t>(wide);
    return value == wide;
};

constexpr auto readBigint = [](const RawField& field, std::int64_t& value) __attribute__((always_inline)) {
    return readInteger(field.begin, field.size, value) || store(parseBigint(field.text()), value);
};

constexpr auto readBoolean = [](const RawField& field, std::uint8_t& value) __attribute__((always_inline)) {
    const std::optional<bool> read = parseBoolean(field.text());
    if (read) value = *read ? 1 : 0;
    return read.has_value();
};

/// The strings of quoted fields without their quotes; doubled quotes become single ones in bytes of their
/// own.
template <bool kQuoted>
void readStrings(const Fields<kQuoted>& fields, char quote, Reading& out, std::vector<BytesRef>& heaps) {
    auto* values = reinterpret_cast<StringRef*>(out.values.data());
    StringArena own;
    std::string text;
    for (std::size_t row = 0; row < out.rows; ++row) {
        const RawField field = fields[row];
        if (field.isNull()) {
            values[row] = StringRef();
            out.validity.setNull(row, out.rows);
        } else if (kQuoted && field.quoted && field.text().find(quote) != std::string_view::npos) {
            text.clear();
            for (std::size_t i = 0; i < field.size; ++i) {
                text += field.begin[i];
                if (field.begin[i] == quote) ++i;
            }
            values[row] = own.add(text);
        } else {
            values[row] = StringRef::fromPadded(field.begin, field.size);
        }
    }
    for (BytesRef& block : own.takeBlocks()) heaps.push_back(std::move(block));
}

/// Of Base64.
template <bool kQuoted>
void readBytes(const Fields<kQuoted>& fields, Reading& out, std::vector<BytesRef>& heaps) {
    StringArena own;
    std::string bytes;
    readValues<StringRef>(fields, out, [&own, &bytes](const RawField& field, StringRef& value) {
        bytes.clear();
        if (!appendFromBase64(bytes, trimmed(field.text()))) return false;
        value = own.add(bytes);
        return true;
    });
    for (BytesRef& block : own.takeBlocks()) heaps.push_back(std::move(block));
}

template <bool kQuoted>
ColumnRef readColumn(const Fields<kQuoted>& fields, const CsvFormat& format, Reading out,
                     const BytesRef& owner) {
    if (!isOfColumns(out.column.type.id)) return Column::nulls(out.column.type, out.rows);
    std::vector<BytesRef> heaps;
    visitType(
        out.column.type.id,
        Overloaded{
            [&](types::Int) { readValues<std::int32_t>(fields, out, readInt); },
            [&](types::Bigint) { readValues<std::int64_t>(fields, out, readBigint); },
            [&](types::Boolean) { readValues<std::uint8_t>(fields, out, readBoolean); },
            [&](types::Double) {
                if (format.decimal != CsvFormat::Decimal::Point) {
                    return readValues<double>(fields, out, [&format](const RawField& field, double& value) {
                        return store(csvDouble(field.text(), format.decimal), value);
                    });
                }
                readValues<double>(fields, out, [](const RawField& field, double& value) {
                    return store(parseDouble(field.text()), value);
                });
            },
            [&](types::Decimal) {
                readValues<Int128>(fields, out,
                                   [&format, type = out.column.type](const RawField& field, Int128& value) {
                                       return store(csvDecimal(field.text(), type, format.decimal), value);
                                   });
            },
            [&](types::Date) {
                readValues<std::int32_t>(fields, out, [](const RawField& field, std::int32_t& value) {
                    return store(parseDate(field.text()), value);
                });
            },
            [&](types::Timestamp) {
                readValues<Instant>(
                    fields, out,
                    [&format, reader = TimestampReader()](const RawField& field, Instant& value) mutable {
                        return reader.read(field.begin, field.size, value) ||
                               store(csvTimestamp(field.text(), format), value);
                    });
            },
            [&](types::String) {
                heaps.push_back(owner);
                readStrings(fields, format.quote, out, heaps);
            },
            [&](types::Bytes) { readBytes(fields, out, heaps); },
            [](AnyOf<types::Null, types::IntervalDay, types::IntervalMonth> auto) {}});
    if (!out.column.wanted) return nullptr;
    return std::make_shared<Column>(out.column.type, out.rows, std::move(out.values), std::move(out.validity),
                                    std::move(heaps));
}

}  // namespace

ColumnRef readCsvColumn(std::string_view bytes, const CsvIndex& index, const CsvFormat& format,
                        CsvRange range, const CsvColumn& column, const BytesRef& owner, sql::RowErrors& bad) {
    Reading reading(column, range.count, bad);
    if (index.quoted) {
        const Fields<true> fields(bytes, index, format.quote, range.from, column.field);
        return readColumn(fields, format, std::move(reading), owner);
    }
    const Fields<false> fields(bytes, index, format.quote, range.from, column.field);
    return readColumn(fields, format, std::move(reading), owner);
}

}  // namespace rw
