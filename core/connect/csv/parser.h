// Parsing of a piece of CSV into batches. Immutable: one parser serves all threads.
#pragma once
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/connect/csv/columns.h"
#include "core/connect/csv/format.h"
#include "core/connect/messages/decoder.h"

namespace rw {

/// The places of a schema's columns in the rows of one file.
struct CsvLayout {
    std::size_t fields = 0;             ///< fields of a row
    std::vector<std::size_t> places{};  ///< per column read from the file
};

struct CsvParserOptions : DecoderOptions {
    CsvFormat format{};
    CsvLimits limits{};
};

class CsvParser {
 public:
    explicit CsvParser(CsvParserOptions options) : m_options(std::move(options)) {}

    /// `bytes` are complete rows, as indexCsv wants them; `owner` keeps them alive in string columns. Columns
    /// that are not in them stay null.
    ParsedChunk parse(std::string_view bytes, const CsvLayout& layout, const BytesRef& owner) const;

 private:
    struct Piece;
    void readBatch(const Piece& piece, CsvRange range, ParsedChunk& out) const;

    CsvParserOptions m_options;
    mutable CsvIndexPool m_indexes;
};

}  // namespace rw
