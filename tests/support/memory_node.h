// The common part of files in memory, whatever their kind.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "core/base/output_files.h"

namespace rw::test {

/// A file, under any names.
struct MemoryNode {
    std::string content{};
    std::uint64_t inode = 0;

    FileState state() const { return {FileState::Kind::Regular, 1, inode, content.size(), 0}; }
    /// How many bytes from `offset` on went into `into`; 0 at the end.
    std::size_t read(std::uint64_t offset, std::span<char> into) const {
        if (offset >= content.size()) return 0;
        return content.copy(into.data(), into.size(), static_cast<std::size_t>(offset));
    }
};

/// Without other writers.
class MemoryClaim final : public OutputClaim {
 public:
    explicit MemoryClaim(bool unguarded = false) : m_unguarded(unguarded) {}
    bool unguarded() const override { return m_unguarded; }

 private:
    const bool m_unguarded;
};

inline Status notInMemory(const std::string& path) {
    return {ErrorCode::NotFound, RW_TEXT("test", "“%1” is not there.").with(path)};
}

}  // namespace rw::test
