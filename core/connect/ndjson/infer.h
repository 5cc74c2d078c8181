// Names and types of the columns of a file of JSON, guessed from its beginning.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/status.h"
#include "core/connect/files/first_rows.h"
#include "core/connect/ndjson/row_reader.h"
#include "core/data/column_index.h"
#include "core/data/schema.h"

namespace rw {

/// The columns of some objects: their fields in the order in which they turn up, each of the type that
/// inferNdjsonSchema() tells of. Single-threaded.
class JsonColumnsGuess {
 public:
    /// `declared` must outlive it.
    explicit JsonColumnsGuess(const Schema& declared) : m_declared(declared), m_places(declared) {}

    /// An object, behind which kReadAhead bytes can be read. Returns the fault in it; empty: it has none, and
    /// counts.
    Text see(std::string_view object);
    bool empty() const { return m_guesses.empty(); }
    Schema schema() const;

 private:
    void seeField(std::string_view name, const NdjsonValue& value);

    const Schema& m_declared;
    const ColumnIndex m_places;
    NdjsonRowReader m_reader{};
    std::vector<std::string> m_names{};
    std::vector<ColumnGuess> m_guesses{};
    std::unordered_map<std::string, std::size_t> m_known{};
};

/// Looks at the first 1 000 rows of the first file at `path` (as inputFiles() takes it). Columns are the
/// fields of their objects in the order in which they turn up, each of the narrowest type that all its values
/// are of: a number INT, BIGINT or DOUBLE (STRING with more digits than a BIGINT has), a string DATE,
/// TIMESTAMP(3) or STRING, an object or an array STRING, as a field that is always null.
/// Columns of `declared` keep their types as ColumnGuess says.
Result<Schema> inferNdjsonSchema(const std::string& path, const Schema& declared = {});

}  // namespace rw
