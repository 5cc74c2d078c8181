#include "core/connect/ndjson/parser.h"

#include <algorithm>
#include <span>

#include "core/connect/files/lines.h"
#include "core/connect/ndjson/column.h"
#include "core/data/text.h"

namespace rw {

namespace {

/// The rows of `bytes`, without their line ends.
std::vector<std::string_view> ndjsonRows(std::string_view bytes) {
    std::vector<std::string_view> rows;
    while (!bytes.empty()) {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
        const std::string_view row = withoutLineEnd(bytes.substr(0, end));
        if (row.find_first_not_of(" \t\r") != std::string_view::npos) rows.push_back(row);
        bytes.remove_prefix(end);
    }
    return rows;
}

}  // namespace

/// Some of the rows of what parse() was given.
struct NdjsonParser::Rows {
    std::span<const std::string_view> rows;
    std::uint32_t first;  ///< number of the first
    Instant arrived;
    const BytesRef& owner;
};

NdjsonParser::NdjsonParser(NdjsonParserOptions options)
    : m_options(std::move(options)), m_fields(m_options.paths) {
    for (std::size_t column = 0; column < m_options.schema->size(); ++column) {
        if (static_cast<int>(column) != m_options.arrival) m_columns.push_back(column);
    }
}

ParsedChunk NdjsonParser::parse(std::string_view bytes, Instant arrived, const BytesRef& owner) const {
    ParsedChunk out;
    const std::vector<std::string_view> rows = ndjsonRows(bytes);
    const auto reader = m_readers.take();
    const std::size_t batches = (rows.size() + m_options.batchRows - 1) / m_options.batchRows;
    for (std::size_t batch = 0, from = 0; batch < batches; ++batch) {
        const std::size_t to = rows.size() * (batch + 1) / batches;  // of one size, but for a row
        readBatch(
            {std::span(rows).subspan(from, to - from), static_cast<std::uint32_t>(from), arrived, owner},
            *reader, out);
        from = to;
    }
    out.rowsRead = static_cast<std::uint32_t>(rows.size());
    return out;
}

void NdjsonParser::readBatch(const Rows& rows, NdjsonRowReader& reader, ParsedChunk& out) const {
    const auto field = [this](std::size_t path) -> const Field& {
        return m_options.schema->fields[m_columns[path]];
    };
    struct Reading {
        std::size_t path;
        NdjsonColumn column;
    };
    std::vector<Reading> readings;
    for (std::size_t path = 0; path < m_columns.size(); ++path) {
        const Type type = field(path).type;
        if (!m_options.wants(m_columns[path]) && type.is(TypeId::String)) continue;  // anything is a string
        readings.push_back({path, NdjsonColumn(type, rows.rows.size())});
    }
    std::vector<std::uint32_t> good;  // numbers of the rows in the batch
    sql::RowErrors bad;
    for (std::uint32_t i = 0; i < rows.rows.size(); ++i) {
        if (Text reason = reader.read(rows.rows[i], m_fields); !reason.empty()) {
            out.reject(rows.first + i, std::move(reason), rows.rows[i]);
            continue;
        }
        for (Reading& reading : readings) {
            const NdjsonValue& value = reader.values()[reading.path];
            if (reading.column.append(value)) continue;
            bad.push_back(
                {static_cast<std::uint32_t>(good.size()), wrongValue(field(reading.path), value.text)});
        }
        good.push_back(rows.first + i);
    }
    Batch batch;
    batch.schema = m_options.schema;
    batch.rows = good.size();
    batch.columns.resize(m_options.schema->size());
    for (Reading& reading : readings) {
        const std::size_t column = m_columns[reading.path];
        if (m_options.wants(column)) batch.columns[column] = reading.column.finish(rows.owner);
    }
    if (const int arrival = m_options.arrival;
        arrival >= 0 && m_options.wants(static_cast<std::size_t>(arrival)))
        batch.columns[static_cast<std::size_t>(arrival)] = m_options.arrivalColumn(rows.arrived, batch.rows);
    batch.positions.first = rows.first;
    if (good.size() < rows.rows.size()) {
        batch.positions.first = 0;
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(good);
    }
    if (m_options.nullOnError) bad.clear();
    out.add(std::move(batch), bad,
            [&](std::uint32_t row) { return std::string(rows.rows[good[row] - rows.first]); });
}

std::optional<Instant> NdjsonParser::eventTimeOf(std::string_view row) const {
    const auto reader = m_readers.take();
    if (!reader->read(withoutLineEnd(row), m_fields).empty()) return std::nullopt;
    const auto column =
        std::find(m_columns.begin(), m_columns.end(), static_cast<std::size_t>(m_options.eventTime));
    if (column == m_columns.end()) return std::nullopt;
    const NdjsonValue& value = reader->values()[static_cast<std::size_t>(column - m_columns.begin())];
    return value.kind == NdjsonValue::Kind::String ? parseTimestamp(value.text) : std::nullopt;
}

}  // namespace rw
