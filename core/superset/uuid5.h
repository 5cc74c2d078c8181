// Names that are the same whenever they are made of the same words (RFC 4122, version 5).
#pragma once
#include <string>
#include <string_view>

namespace rw {

/// The namespace of URLs and URNs.
inline constexpr std::string_view kUrlNamespace = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";

/// `space`: a UUID as text, in small letters. The result is one, too.
std::string uuid5(std::string_view space, std::string_view name);

}  // namespace rw
