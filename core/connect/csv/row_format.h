// CSV as files have it: where a file's header says that columns stand, and rows by that. Framing and decoding
// share one pass over the bytes here, for where a row ends is known only when its fields are.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "core/connect/csv/parser.h"
#include "core/connect/csv/rows.h"
#include "core/connect/files/row_format.h"

namespace rw {

class CsvRowFormat final : public RowFormat {
 public:
    explicit CsvRowFormat(CsvParserOptions options);

    const Framing& framing() const override { return m_rows; }
    Status takeHead(FilePiece& piece, const std::string& file) override;
    bool awaitsHead() const override { return m_needsHeader; }
    std::string head() const override { return m_header; }
    Status resume(const std::string& head, const std::string& file) override;
    RowStart rowStart(std::string_view bytes, bool atEnd) const override;
    std::unique_ptr<RowsChunk> chunk() const override;
    std::optional<Instant> eventTimeOf(std::string_view row) const override;
    ParsedChunk parse(const RowsChunk& chunk) const override;

 private:
    struct CsvChunk;
    Status readHeader(std::string_view row, const std::string& file);

    CsvParserOptions m_options;
    CsvFraming m_rows;
    CsvParser m_parser;
    std::shared_ptr<const CsvLayout> m_layout;
    std::string m_header;  ///< of the newest file, as it is there
    bool m_needsHeader = false;
};

}  // namespace rw
