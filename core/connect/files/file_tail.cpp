#include "core/connect/files/file_tail.h"

#include <algorithm>
#include <array>

namespace rw {

Result<FileTail> readTail(InputFile& file, std::uint64_t offset) {
    const std::uint64_t before = std::min<std::uint64_t>(offset, FileTail::kBytes);
    std::array<char, FileTail::kBytes> bytes{};
    std::size_t read = 0;
    while (read < before) {
        const auto into = std::span(bytes).subspan(read, static_cast<std::size_t>(before) - read);
        RW_TRY_ASSIGN(const std::size_t more, file.read(offset - before + read, into));
        if (more == 0) break;
        read += more;
    }
    FileTail tail;
    tail.add({bytes.data(), read});
    return tail;
}

}  // namespace rw
