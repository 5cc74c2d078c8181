// One row of JSON: whether it is an object, and what stands where columns want it.
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

/// What stands at a place of a row.
struct NdjsonValue {
    enum class Kind : std::uint8_t {
        None,  ///< nothing, or null
        Boolean,
        Number,
        String,
        Nested  ///< an object or an array
    };
    Kind kind = Kind::None;
    bool decoded = false;     ///< a string with escapes: lies in the reader, not in the row
    std::string_view text{};  ///< strings without quotes and escapes, all else as it stands there
};

/// Checks the whole row, fields that nobody wants, too; of two fields of one name the last counts, as for
/// Flink. Single-threaded.
class NdjsonRowReader {
 public:
    NdjsonRowReader();
    ~NdjsonRowReader();
    NdjsonRowReader(const NdjsonRowReader&) = delete;
    NdjsonRowReader& operator=(const NdjsonRowReader&) = delete;

    /// Reads a row, without its line end, behind which kReadAhead bytes can be read. What is wrong with it;
    /// empty: nothing.
    Text read(std::string_view row, const NdjsonFields& fields);
    /// After a read() in which nothing was wrong, until the next: what stands where the columns want it.
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
