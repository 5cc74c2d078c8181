#include "core/connect/formats/debezium_decoder.h"

#include <algorithm>
#include <array>
#include <memory>

#include "core/connect/ndjson/column.h"

namespace rw {

namespace {

// The places of an event: first without the envelope of a schema, then within it.
constexpr std::size_t kOp = 0, kBefore = 1, kAfter = 2, kEventPlaces = 3;

constexpr std::size_t kPayload = 2 * kEventPlaces;  ///< the place of the whole payload
constexpr std::size_t kFirstColumn = kPayload + 1;
constexpr std::size_t kColumnPlaces = 4;  ///< before, after; the same within the envelope

/// Where the value of column `path` of a row is.
constexpr std::size_t placeOfColumn(std::size_t path, bool enveloped, bool after) {
    return kFirstColumn + path * kColumnPlaces + (enveloped ? 2U : 0U) + (after ? 1U : 0U);
}

}  // namespace

/// What an event does.
struct DebeziumDecoder::Event {
    bool enveloped = false;
    bool before = false, after = false;  ///< which rows it has
    RowKind kindBefore = RowKind::Delete, kindAfter = RowKind::Insert;
};

/// Rows of a batch in the making.
class DebeziumDecoder::Rows {
 public:
    Rows(const DebeziumDecoder& decoder, std::size_t messages) : m_decoder(decoder) {
        for (const std::size_t column : decoder.m_columns)
            m_columns.emplace_back(decoder.options().schema->fields[column].type, 2 * messages);
    }

    /// A row of the event of message `number`. Returns the fault in it; empty: it has none.
    Text append(const std::vector<NdjsonValue>& values, bool enveloped, bool after, RowKind kind,
                std::uint32_t number) {
        Text fault;
        for (std::size_t path = 0; path < m_columns.size(); ++path) {
            const NdjsonValue& value = values[placeOfColumn(path, enveloped, after)];
            if (m_columns[path].append(value) || !fault.empty()) continue;
            if (m_decoder.options().nullOnError) continue;
            fault = wrongValue(m_decoder.options().schema->fields[m_decoder.m_columns[path]], value.text);
        }
        m_kinds.push_back(kind);
        m_numbers.push_back(number);
        return fault;
    }
    std::size_t size() const { return m_kinds.size(); }
    /// Rows that are not kept are left out of the batch.
    void keep(std::uint32_t row) { m_good.push_back(row); }

    void addTo(ParsedChunk& out, const BytesRef& owner) {
        if (m_good.empty()) return;
        const DecoderOptions& options = m_decoder.options();
        Batch batch;
        batch.schema = options.schema;
        batch.rows = m_kinds.size();
        batch.columns.resize(options.schema->size());
        for (std::size_t path = 0; path < m_columns.size(); ++path) {
            const std::size_t column = m_decoder.m_columns[path];
            if (options.wants(column)) batch.columns[column] = m_columns[path].finish(owner);
        }
        batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(m_kinds));
        batch.positions.first = 0;
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(m_numbers));
        if (m_good.size() < batch.rows) batch = batch.select(m_good);
        const std::size_t most = options.batchRows;
        if (batch.rows <= most) return out.batches.push_back(std::move(batch));
        for (std::size_t at = 0; at < batch.rows; at += most)  // a batch has a single row
            out.batches.push_back(batch.slice(at, std::min(most, batch.rows - at)));
    }

 private:
    const DebeziumDecoder& m_decoder;
    std::vector<NdjsonColumn> m_columns{};
    std::vector<RowKind> m_kinds{};
    std::vector<std::uint32_t> m_numbers{};
    std::vector<std::uint32_t> m_good{};
};

DebeziumDecoder::DebeziumDecoder(JsonDecoderOptions options)
    : Decoder(options), m_fields(pathsOf(options.paths)) {
    for (std::size_t column = 0; column < options.schema->size(); ++column) {
        if (options.inMessage(column)) m_columns.push_back(column);
    }
}

std::vector<sql::JsonPath> DebeziumDecoder::pathsOf(const std::vector<sql::JsonPath>& columns) {
    std::vector<sql::JsonPath> paths;
    for (const char* const name : {"op", "before", "after"}) paths.push_back(sql::JsonPath::toField(name));
    for (std::size_t place = 0; place < kEventPlaces; ++place) paths.push_back(paths[place].under("payload"));
    paths.push_back(sql::JsonPath::toField("payload"));
    for (const sql::JsonPath& column : columns) {
        const std::array rows{column.under("before"), column.under("after")};
        for (const sql::JsonPath& row : rows) paths.push_back(row);
        for (const sql::JsonPath& row : rows) paths.push_back(row.under("payload"));
    }
    return paths;
}

/// What the event of a message does. Returns why it is none; empty: it is one.
Text DebeziumDecoder::readEvent(const std::vector<NdjsonValue>& values, Event& event) const {
    event.enveloped = values[kPayload].kind == NdjsonValue::Kind::Nested;
    const std::size_t first = event.enveloped ? kEventPlaces : 0;
    const NdjsonValue& op = values[first + kOp];
    const bool hasBefore = values[first + kBefore].kind == NdjsonValue::Kind::Nested;
    const bool hasAfter = values[first + kAfter].kind == NdjsonValue::Kind::Nested;
    if (op.kind != NdjsonValue::Kind::String)
        return RW_TEXT("formats", "The message is no change event of Debezium: it has no “op”.");
    const bool created = op.text == "c" || op.text == "r";
    const bool updated = op.text == "u";
    if (!created && !updated && op.text != "d")
        return RW_TEXT("formats", "Events of the kind “%1” change no rows that are known here.")
            .with(op.text);
    event.before = !created;
    event.after = created || updated;
    event.kindBefore = updated ? RowKind::UpdateBefore : RowKind::Delete;
    event.kindAfter = updated ? RowKind::UpdateAfter : RowKind::Insert;
    if (event.before && !hasBefore)
        return RW_TEXT(
            "formats",
            "The event does not say the row before the change. Let the database log whole rows: in "
            "PostgreSQL by ALTER TABLE … REPLICA IDENTITY FULL.");
    if (event.after && !hasAfter)
        return RW_TEXT("formats", "The event does not say the row after the change.");
    return {};
}

void DebeziumDecoder::read(const MessageBlock& block, ParsedChunk& out) const {
    const auto reader = m_readers.take();
    const std::size_t each = std::max<std::size_t>(options().batchRows / 2, 1);
    for (std::size_t from = 0; from < block.messages.size(); from += each) {
        const std::size_t to = std::min(from + each, block.messages.size());
        Rows rows(*this, to - from);
        for (std::size_t i = from; i < to; ++i) {
            const auto number = static_cast<std::uint32_t>(i);
            const std::string_view message = block.messages[i];
            Event event;
            Text fault = reader->read(message, m_fields);
            if (fault.empty()) fault = readEvent(reader->values(), event);
            const auto begin = static_cast<std::uint32_t>(rows.size());
            if (fault.empty() && event.before)
                fault = rows.append(reader->values(), event.enveloped, false, event.kindBefore, number);
            if (fault.empty() && event.after)
                fault = rows.append(reader->values(), event.enveloped, true, event.kindAfter, number);
            if (!fault.empty()) {
                out.reject(number, std::move(fault), message);
                continue;
            }
            for (auto row = begin; row < rows.size(); ++row) rows.keep(row);
        }
        rows.addTo(out, block.owner);
    }
}

}  // namespace rw
