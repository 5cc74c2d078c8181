// A segment of a journal: a file to whose end blocks of messages are added.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/output_files.h"
#include "core/connect/files/tape_layout.h"

namespace rw {

struct JournalSegment {
    std::uint64_t number = 0;  ///< among the segments; they are named by it
    std::uint64_t first = 0;   ///< number of its first message
    std::uint64_t end = 0;     ///< number of the message behind its last
    std::uint64_t bytes = 0;   ///< that are whole
};

/// The bytes before the first block.
std::string segmentHead();

/// Reads the blocks of a segment, one behind another.
class JournalSegmentReader {
 public:
    JournalSegmentReader(std::unique_ptr<InputFile> file, std::uint64_t number)
        : m_file(std::move(file)), m_number(number) {}

    struct Block {
        std::uint64_t first = 0, count = 0;  ///< of its messages; count 0: there is no whole block any more
        std::string payload{};
    };
    /// The next block; one that is not whole is as none. An error only where the disk has one.
    Result<Block> next();
    /// Behind the whole blocks so far; 0: the file does not even begin as a segment does.
    std::uint64_t offset() const { return m_offset; }
    std::uint64_t number() const { return m_number; }

 private:
    /// So many bytes, or fewer where the file ends.
    Result<std::string> bytesAt(std::uint64_t offset, std::size_t count);

    const std::unique_ptr<InputFile> m_file;
    const std::uint64_t m_number;
    std::uint64_t m_offset = 0;
};

/// What is whole of a segment; its `first` and `end` are `first` where no block is. `onlyBegin`: `end` and
/// `bytes` are not looked for: it is not the last.
Result<JournalSegment> scanSegment(const OutputFiles& files, const std::string& path, std::uint64_t number,
                                   std::uint64_t first, bool onlyBegin);

}  // namespace rw
