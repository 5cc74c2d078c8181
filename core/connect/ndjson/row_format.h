// JSON as sources read it, an object a line.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "core/connect/files/lines.h"
#include "core/connect/ndjson/parser.h"

namespace rw {

class NdjsonRowFormat final : public RowFormat {
 public:
    explicit NdjsonRowFormat(NdjsonParserOptions options, std::size_t longestRow = kLongestRow)
        : m_rows(longestRow), m_parser(std::move(options)) {}

    const RowSplitter& splitter() const override { return m_rows; }
    std::optional<Instant> eventTimeOf(std::string_view row) const override {
        return m_parser.eventTimeOf(row);
    }
    ParsedChunk parse(const RowsChunk& chunk) const override {
        const BytesRef bytes(chunk.piece.buffer, chunk.piece.buffer->capacity());
        return m_parser.parse(chunk.piece.view(), chunk.arrived, bytes);
    }

 private:
    LineRows m_rows;
    NdjsonParser m_parser;
};

}  // namespace rw
