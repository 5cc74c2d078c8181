#include "core/connect/journald/log_source.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/data/value.h"

namespace rw {

namespace {

template <class T>
Value valueOf(const std::optional<T>& given) {
    return given ? Value{*given} : Value{};
}

std::vector<Value> valuesOf(const LogEntry& entry) {
    return {Value{entry.time},  valueOf(entry.unit), valueOf(entry.priority), valueOf(entry.identifier),
            valueOf(entry.pid), valueOf(entry.host), valueOf(entry.message)};
}

}  // namespace

LogSource::LogSource(const MakeContext& context, LogSourceOptions options)
    : BlockingSource(context),
      m_options(std::move(options)),
      m_clock(context.clock),
      m_batchRows(context.batchRows) {}

Status LogSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const std::vector<LogEntry>& entries = static_cast<const LogChunk&>(chunk).entries;
    const Schema& schema = *m_options.schema;
    for (std::size_t first = 0; first < entries.size(); first += m_batchRows) {
        Batch batch;
        batch.schema = m_options.schema;
        batch.rows = std::min(m_batchRows, entries.size() - first);
        batch.positions.first = static_cast<std::int64_t>(first);
        std::vector<ColumnBuilder> builders;
        for (const Field& field : schema.fields) builders.emplace_back(field.type);
        for (std::size_t row = first; row < first + batch.rows; ++row) {
            const std::vector<Value> values = valuesOf(entries[row]);
            for (std::size_t column = 0; column < builders.size(); ++column) {
                const bool arrival = static_cast<int>(column) == m_options.arrival;
                appendValue(builders[column], arrival ? Value{chunk.arrived} : values[column]);
            }
        }
        for (ColumnBuilder& builder : builders) batch.columns.push_back(builder.finish());
        out.batches.push_back(std::move(batch));
    }
    out.rowsRead = static_cast<std::uint32_t>(entries.size());
    return {};
}

Status LogSource::snapshot(StateWriter& out) const {
    out.bytes("cursor", m_cursor);
    return {};
}

Status LogSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_cursor, state.bytes("cursor"));
    return {};
}

Result<std::shared_ptr<SourceReader>> LogSource::makeReader() {
    return std::shared_ptr<SourceReader>(std::make_shared<LogReader>(m_options.reading, m_cursor, m_clock));
}

void LogSource::given(const Chunk& chunk, int) {
    m_cursor = static_cast<const LogChunk&>(chunk).behind;
}

}  // namespace rw
