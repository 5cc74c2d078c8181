#include "core/deploy/python_text.h"

#include <fmt/format.h>

namespace rw {

std::string pyCharacter(char c) {
    if (c == '\\' || c == '"') return std::string{'\\', c};
    if (c == '\n') return "\\n";
    if (c == '\r') return "\\r";
    const auto code = static_cast<unsigned char>(c);
    // Always two digits: “\0” and a digit behind it would be one character.
    return code < 0x20 || code == 0x7f ? fmt::format("\\x{:02x}", code) : std::string{c};
}

std::string pyText(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) out += pyCharacter(c);
    return out + "\"";
}

}  // namespace rw
