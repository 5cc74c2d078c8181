// Rows as records of Avro.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/data/batch.h"

namespace rw {

/// Records of the schema that avroSchemaOf() gives for the columns. Immutable; any thread.
class AvroWriter {
 public:
    /// `schemaId`: that of the schema in a registry, which stands before each record; nothing: none does.
    explicit AvroWriter(std::optional<std::uint32_t> schemaId = {});

    /// Appends the rows of a batch, one behind another, and the end of each to `ends`.
    void append(std::string& out, std::vector<std::size_t>& ends, const Batch& batch) const;

 private:
    std::string m_head{};
};

}  // namespace rw
