// The schemas that messages were written with, by their ids in a registry.
#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/base/text.h"
#include "core/connect/avro/avro_schema.h"

namespace rw {

/// Any thread. Ids are never given to another schema, so that no schema is ever forgotten. Bytes that are no
/// message of a registry have ids, too, another one each: those that the registry lacks are forgotten again,
/// and not all are asked for.
class WriterSchemas {
 public:
    struct Known {
        std::shared_ptr<const AvroSchema> schema{};  ///< null: there is none
        Text reason{};                               ///< why there is none
    };
    /// Nothing: it is not known.
    std::optional<Known> find(std::uint32_t id) const;
    void add(std::uint32_t id, Known known);
    /// The registry has none of that id at `now` (steady milliseconds).
    void miss(std::uint32_t id, Text reason, std::int64_t now);
    /// Whether the registry is to be asked for it.
    bool mayAsk(std::uint32_t id, std::int64_t now);

    static constexpr std::size_t kMostSchemas = 10'000, kMostMissing = 1'000;
    /// A registry counts its ids: one that is not far above those that it has is asked for in any case. Of
    /// the others so many may be missing in a while.
    static constexpr std::uint32_t kNearIds = 1'000;
    static constexpr int kMostFarMisses = 100;
    static constexpr std::int64_t kForgottenAfter = 60'000;  ///< milliseconds

 private:
    struct Missing {
        Text reason{};
        std::int64_t at = 0;
    };
    bool isFar(std::uint32_t id) const { return id > m_largest && id - m_largest > kNearIds; }

    mutable std::mutex m_mutex{};  ///< guards the members below
    std::map<std::uint32_t, Known> m_known{};
    std::uint32_t m_largest = 0;  ///< of those
    std::map<std::uint32_t, Missing> m_missing{};
    std::deque<std::uint32_t> m_order{};  ///< of the missing ones, the oldest first
    std::int64_t m_countedFrom = 0;
    int m_farMisses = 0;  ///< since then
};

/// Bytes before the record in a message of a registry.
inline constexpr std::size_t kRegistryHead = 5;
/// The id in such a head; nothing: the message has none.
std::optional<std::uint32_t> schemaIdOf(std::string_view message);

}  // namespace rw
