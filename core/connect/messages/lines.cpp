#include "core/connect/messages/lines.h"

#include "core/data/utf8.h"

namespace rw {

Text unsoundReason(std::string_view row) {
    if (row.find('\0') != std::string_view::npos) return RW_TEXT("files", "The row holds a NUL byte.");
    const std::size_t valid = validUtf8Prefix(row);
    if (valid == row.size()) return {};
    return RW_TEXT("files", "The row is not UTF-8 from byte %1 on.").with(valid + 1);
}

}  // namespace rw
