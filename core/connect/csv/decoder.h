// Messages of CSV, a row each, without a header: columns are in their order.
#pragma once
#include <optional>
#include <string_view>

#include "core/connect/csv/parser.h"
#include "core/connect/csv/rows.h"

namespace rw {

class CsvDecoder final : public Decoder {
 public:
    explicit CsvDecoder(CsvParserOptions options);

    std::optional<Instant> eventTimeOf(std::string_view message) const override;
    /// An empty line, unless it is the NULL of a single column.
    bool isNoMessage(std::string_view line) const override { return line.empty() && m_layout.fields > 1; }

 protected:
    void read(const MessageBlock& block, ParsedChunk& out) const override;

 private:
    Text reasonNotARow(std::string_view row) const;

    const CsvFraming m_rows;
    const CsvLayout m_layout;
    const CsvParser m_parser;
};

}  // namespace rw
