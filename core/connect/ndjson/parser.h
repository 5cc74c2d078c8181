// Parsing of rows of JSON into batches. Immutable: one parser serves all threads.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "core/connect/files/row_format.h"
#include "core/connect/files/workspace_pool.h"
#include "core/connect/ndjson/fields.h"
#include "core/connect/ndjson/row_reader.h"

namespace rw {

struct NdjsonParserOptions : RowFormatOptions {
    std::vector<sql::JsonPath> paths{};  ///< of all columns of the schema but `arrival`
};

class NdjsonParser {
 public:
    explicit NdjsonParser(NdjsonParserOptions options);

    /// `bytes` are complete rows, behind which kReadAhead bytes can be read; `owner` keeps them alive in
    /// string columns. Lines of nothing but blanks are no rows.
    ParsedChunk parse(std::string_view bytes, Instant arrived, const BytesRef& owner) const;
    /// What stands in the column by whose times rows are replayed, where it is a time.
    std::optional<Instant> eventTimeOf(std::string_view row) const;

 private:
    struct Rows;
    void readBatch(const Rows& rows, NdjsonRowReader& reader, ParsedChunk& out) const;

    const NdjsonParserOptions m_options;
    std::vector<std::size_t> m_columns;  ///< of the schema, for each path
    const NdjsonFields m_fields;
    mutable WorkspacePool<NdjsonRowReader> m_readers;
};

}  // namespace rw
