// Members of JSON that another program wrote: one that is missing, or of another type, counts as empty.
#pragma once
#include <cstdint>
#include <string>

#include "core/pipeline/pipeline.h"

namespace rw {

/// Null when there is none.
inline const Json& memberOf(const Json& json, const char* name) {
    static const Json kNone;
    const auto found = json.is_object() ? json.find(name) : json.end();
    return found == json.end() ? kNone : *found;
}

inline std::string textIn(const Json& json, const char* name) {
    const Json& member = memberOf(json, name);
    return member.is_string() ? member.get<std::string>() : std::string();
}

/// Whole numbers keep all their digits.
inline std::int64_t integerIn(const Json& json, const char* name, std::int64_t otherwise = 0) {
    const Json& member = memberOf(json, name);
    return member.is_number_integer() ? member.get<std::int64_t>() : otherwise;
}

}  // namespace rw
