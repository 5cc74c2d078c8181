#include "core/connect/messages/decoder.h"

#include "core/data/utf8.h"

namespace rw {

namespace {

/// The values of `column` at the messages of a batch's rows.
ColumnRef valuesOf(const Batch& batch, const ColumnRef& column) {
    if (!batch.positions.offsets && batch.rows == column->size()) return column;
    std::vector<std::uint32_t> messages(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row)
        messages[row] = static_cast<std::uint32_t>(batch.positions.at(row));
    return column->select(messages);
}

}  // namespace

void DecoderOptions::addOutsideColumns(ParsedChunk& rows, const MessageBlock& block) const {
    for (Batch& batch : rows.batches) {
        if (arrival >= 0 && wants(static_cast<std::size_t>(arrival))) {
            ColumnBuilder builder(schema->fields[static_cast<std::size_t>(arrival)].type);
            builder.append(block.arrived);
            batch.columns[static_cast<std::size_t>(arrival)] = builder.finish()->repeat(0, batch.rows);
        }
        for (const TransportColumn& given : block.transport) {
            if (wants(given.column)) batch.columns[given.column] = valuesOf(batch, given.values);
        }
    }
}

Text wrongValue(const Field& column, std::string_view value) {
    constexpr std::size_t kShown = 60;
    return RW_TEXT("files", "Column “%1”: “%2” is not of type %3.")
        .with(column.name, excerpt(value, kShown), toString(column.type));
}

// All sources begin such a reason in one of these ways.
std::string unreadColumn(const Text& reason) {
    const std::string_view words(reason.key);
    const bool ofColumn = words.starts_with("Column “%1”: ") || words.starts_with("“%1”: ");
    return ofColumn && !reason.args.empty() ? reason.args.front().literal() : std::string();
}

void renumber(ParsedChunk& rows, const std::vector<std::uint32_t>& numbers) {
    for (Batch& batch : rows.batches) {
        std::vector<std::uint32_t> messages(batch.rows);
        for (std::size_t row = 0; row < batch.rows; ++row)
            messages[row] = numbers[static_cast<std::size_t>(batch.positions.at(row))];
        batch.positions.first = 0;
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(messages));
    }
    for (BadRow& bad : rows.bad) bad.index = numbers[bad.index];
}

ParsedChunk Decoder::decode(const MessageBlock& block) const {
    ParsedChunk out;
    out.rowsRead = static_cast<std::uint32_t>(block.messages.size());
    read(block, out);
    m_options.addOutsideColumns(out, block);
    return out;
}

}  // namespace rw
