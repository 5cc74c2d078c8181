// From the rows of a database to batches.
#pragma once
#include <utility>

#include "core/connect/messages/decoder.h"
#include "core/connect/tables/sql_rows.h"
#include "core/stream/source.h"

namespace rw {

/// The cells of the rows are the columns of the schema, in their order, but for that of arrival, which is the
/// last. Any number of threads may be in its calls.
class SqlRowDecoder {
 public:
    explicit SqlRowDecoder(DecoderOptions options) : m_options(std::move(options)) {}

    /// Rows whose values are not of their types are set aside, with all of their change.
    ParsedChunk decode(const SqlRows& rows, Instant arrived) const;
    const DecoderOptions& options() const { return m_options; }

 private:
    const DecoderOptions m_options;
};

}  // namespace rw
