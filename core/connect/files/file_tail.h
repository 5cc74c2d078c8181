// The last bytes that were read of a file, by which it is known again.
#pragma once
#include <xxhash.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/files.h"

namespace rw {

/// The last kBytes bytes before a place in a file, fewer near its start.
class FileTail {
 public:
    static constexpr std::size_t kBytes = 4096;

    void clear() { m_bytes.clear(); }
    /// Appends bytes behind those so far.
    void add(std::string_view bytes) {
        if (bytes.size() >= kBytes) {
            m_bytes.assign(bytes.substr(bytes.size() - kBytes));
            return;
        }
        m_bytes.append(bytes);
        if (m_bytes.size() > kBytes) m_bytes.erase(0, m_bytes.size() - kBytes);
    }
    std::string_view bytes() const { return m_bytes; }
    std::uint64_t checksum() const { return XXH3_64bits(m_bytes.data(), m_bytes.size()); }

 private:
    std::string m_bytes;
};

/// The bytes before byte `offset` of a file; fewer where the file ends before.
Result<FileTail> readTail(InputFile& file, std::uint64_t offset);

}  // namespace rw
