// The fields of a record as their bytes, to copy those that stay as they are: StateReader and StateWriter
// know fields by names and types alone.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/data/state_writer.h"

namespace rw {

struct RawField {
    StateType type = StateType::Bytes;
    int group = 0;  ///< of a keyed record
    std::string_view name{}, payload{};
    std::string_view all{};  ///< its bytes from the type on
};

/// Fields as StateWriter::takeFields() gives them. Their bytes outlive them.
Result<std::vector<RawField>> rawFields(std::string_view bytes);
/// A record whose bytes outlive it.
struct RawRecord {
    std::uint32_t version = 0;
    std::vector<RawField> fields{};
};
/// Without a seal: what StateReader::unsealed() takes.
Result<RawRecord> rawRecord(std::string_view bytes);

/// Puts a record together.
class RawRecordWriter {
 public:
    explicit RawRecordWriter(std::uint32_t version);

    void copy(const RawField& field) { m_bytes += field.all; }
    /// Fields as they stand in a record.
    void append(std::string_view fields) { m_bytes += fields; }
    /// As `like`, with another payload.
    void field(const RawField& like, std::string_view payload);

    const std::string& bytes() const { return m_bytes; }
    /// The outermost record with its seal, as StateWriter::finish() gives it.
    std::string sealed() const;

 private:
    std::string m_bytes{};
};

}  // namespace rw
