// The part of a message that a column takes its value from: "city STRING FROM '$.address.city'" is in the
// value, "k STRING FROM KEY" and “FROM OFFSET” are beside it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/sql/functions/json_path.h"

namespace rw {

struct MessagePart {
    enum class Kind : std::uint8_t {
        InValue,    ///< the format reads it from the message's bytes
        Key,        ///< the key, text or BYTES, or the scalar at `path` of a key of JSON
        Header,     ///< the last header named `header`, text or BYTES
        Timestamp,  ///< TIMESTAMP
        Partition,  ///< INT or BIGINT
        Offset,     ///< BIGINT
        Topic       ///< STRING
    } kind = Kind::InValue;
    std::string header{};                 ///< Header: its name
    std::optional<sql::JsonPath> path{};  ///< Key: none: the whole key
};

}  // namespace rw
