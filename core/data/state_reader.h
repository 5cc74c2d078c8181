// Reads the bytes of a StateWriter. Broken bytes are an error, never a crash, whatever their content.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/data/state_writer.h"

namespace rw {

/// The error of bytes that contradict themselves; `what` names the contradiction, for a developer.
Status brokenState(std::string_view what);

/// One record: a view of bytes that must outlive it. Fields are looked for by name; where two have one name
/// the first counts, but for records. A field of another type than is asked for is an error. Copied freely;
/// any thread.
class StateReader {
 public:
    /// Checks the seal of the bytes that StateWriter::finish() gave.
    static Result<StateReader> open(std::string_view bytes);
    /// The outermost record without its seal, for bytes that were checked elsewhere.
    static Result<StateReader> unsealed(std::string_view record);

    std::uint32_t version() const { return m_version; }
    bool has(std::string_view name) const { return find(name) != nullptr; }

    // An error when there is no such field.
    Result<std::int64_t> i64(std::string_view name) const;
    Result<std::uint64_t> u64(std::string_view name) const;
    Result<double> f64(std::string_view name) const;
    Result<std::string_view> bytes(std::string_view name) const;  ///< within the bytes that were opened
    Result<StateReader> record(std::string_view name) const;
    /// Its strings are copied.
    Result<ColumnRef> column(std::string_view name) const;
    /// Control is None.
    Result<Batch> batch(std::string_view name) const;

    // `otherwise` when there is none.
    Result<std::int64_t> i64(std::string_view name, std::int64_t otherwise) const;
    Result<std::uint64_t> u64(std::string_view name, std::uint64_t otherwise) const;
    Result<double> f64(std::string_view name, double otherwise) const;
    Result<std::string_view> bytes(std::string_view name, std::string_view otherwise) const;

    /// All records of a name, in the order in which they were written.
    Result<std::vector<StateReader>> records(std::string_view name) const;
    /// All keyed records of a name, each with its key group.
    Result<std::vector<std::pair<int, StateReader>>> keyed(std::string_view name) const;
    /// What it says of files (StateWriter::file()), each with its name; of all names.
    Result<std::vector<std::pair<std::string_view, StateReader>>> files() const;

 private:
    struct Field {
        StateType type;
        std::uint8_t group;
        std::string_view name, payload;
    };
    const Field* find(std::string_view name) const;
    Result<std::string_view> payload(std::string_view name, StateType type) const;
    template <class T>
    Result<T> number(std::string_view name, StateType type) const;

    std::uint32_t m_version = 0;
    std::vector<Field> m_fields;
};

}  // namespace rw
