// One row of JSON: whether it is an object, and the values at the paths of the columns.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text.h"
#include "core/connect/ndjson/fields.h"

namespace rw {

/// The value at a path of a row.
struct NdjsonValue {
    enum class Kind : std::uint8_t {
        None,  ///< nothing, or null
        Boolean,
        Number,
        String,
        Nested  ///< an object or an array
    };
    Kind kind = Kind::None;
    bool decoded = false;     ///< a string with escapes: its bytes are the reader's, not the row's
    std::string_view text{};  ///< strings without quotes and escapes, all else as it is there
};

/// Checks the whole row, also fields that no column reads; of two fields of one name the last counts, as for
/// Flink. Single-threaded.
class NdjsonRowReader {
 public:
    NdjsonRowReader();
    ~NdjsonRowReader();
    NdjsonRowReader(const NdjsonRowReader&) = delete;
    NdjsonRowReader& operator=(const NdjsonRowReader&) = delete;

    /// Reads a row, without its line end, behind which kReadAhead bytes can be read. Returns the fault in it;
    /// empty: it has none.
    Text read(std::string_view row, const NdjsonFields& fields);
    /// After a read() without a fault, until the next: the values at the paths of the columns.
    const std::vector<NdjsonValue>& values() const;

    /// The same, told of each field of the object instead, in the order of the row.
    using Visit = std::function<void(std::string_view name, const NdjsonValue& value)>;
    Text readFields(std::string_view row, const Visit& visit);

 private:
    struct Walk;
    const std::unique_ptr<Walk> m_walk;
};

/// The version of simdjson, which reads the rows.
std::string simdjsonVersion();

}  // namespace rw
