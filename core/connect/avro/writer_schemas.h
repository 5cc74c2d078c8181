// The schemas that messages were written with, by their ids in a registry.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/base/text.h"
#include "core/connect/avro/avro_schema.h"

namespace rw {

/// Any thread. Ids are never given to another schema, so that nothing is ever forgotten.
class WriterSchemas {
 public:
    struct Known {
        std::shared_ptr<const AvroSchema> schema{};  ///< null: there is none
        Text reason{};                               ///< why there is none
    };
    /// Nothing: not asked for yet.
    std::optional<Known> find(std::uint32_t id) const;
    void add(std::uint32_t id, Known known);

 private:
    mutable std::mutex m_mutex{};
    std::map<std::uint32_t, Known> m_known{};
};

/// Bytes before the record in a message of a registry.
inline constexpr std::size_t kRegistryHead = 5;
/// The id in such a head; nothing: the message has none.
std::optional<std::uint32_t> schemaIdOf(std::string_view message);

}  // namespace rw
