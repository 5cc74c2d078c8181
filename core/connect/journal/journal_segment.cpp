#include "core/connect/journal/journal_segment.h"

#include <cstring>
#include <span>
#include <utility>

#include "core/connect/files/tape_layout.h"

namespace rw {

namespace {

constexpr std::string_view kSegmentMagic = "RILLJRNL";
constexpr std::uint32_t kSegmentVersion = 1;
constexpr std::uint64_t kSegmentHeadSize = kSegmentMagic.size() + 2 * sizeof(std::uint32_t);

}  // namespace

std::string segmentHead() {
    std::string out(kSegmentMagic);
    const std::uint32_t words[] = {kSegmentVersion, 0};
    out.append(reinterpret_cast<const char*>(words), sizeof words);
    return out;
}

Result<std::string> JournalSegmentReader::bytesAt(std::uint64_t offset, std::size_t count) {
    std::string bytes;
    constexpr std::size_t kStep = std::size_t{1} << 20;  // the count comes from the file
    while (bytes.size() < count) {
        const std::size_t have = bytes.size();
        bytes.resize(have + std::min(kStep, count - have));
        RW_TRY_ASSIGN(const std::size_t read, m_file->read(offset + have, std::span(bytes).subspan(have)));
        bytes.resize(have + read);
        if (read == 0) break;
    }
    return bytes;
}

Result<JournalSegmentReader::Block> JournalSegmentReader::next() {
    if (m_offset == 0) {
        RW_TRY_ASSIGN(const std::string head, bytesAt(0, kSegmentHeadSize));
        if (head != segmentHead()) return Block{};
        m_offset = kSegmentHeadSize;
    }
    RW_TRY_ASSIGN(const std::string head, bytesAt(m_offset, tape_layout::kBlockHeaderSize));
    tape_layout::BlockHeader header;
    if (!tape_layout::readHeader(head, header) || header.kind != tape_layout::BlockKind::Messages)
        return Block{};
    RW_TRY_ASSIGN(const std::string stored, bytesAt(m_offset + head.size(), header.stored));
    if (stored.size() < header.stored || !tape_layout::isWhole(head, stored)) return Block{};
    Block block;
    block.first = header.firstPiece;
    block.count = header.pieces;
    RW_TRY_ASSIGN(block.payload, tape_layout::unpacked(header, stored));
    m_offset += head.size() + stored.size();
    return block;
}

Result<JournalSegment> scanSegment(const OutputFiles& files, const std::string& path, std::uint64_t number,
                                   std::uint64_t first, bool onlyBegin) {
    RW_TRY_ASSIGN(std::unique_ptr<InputFile> file, files.reading(path));
    RW_TRY_ASSIGN(const FileState state, file->state());
    JournalSegmentReader reader(std::move(file), number);
    JournalSegment found{number, first, first, 0};
    for (bool begun = false;; begun = true) {
        RW_TRY_ASSIGN(const JournalSegmentReader::Block block, reader.next());
        if (block.count == 0 || (begun && block.first != found.end)) break;
        if (!begun) found.first = block.first;
        found.end = block.first + block.count;
        found.bytes = reader.offset();
        if (onlyBegin) break;
    }
    if (onlyBegin) found.bytes = state.size;
    if (found.bytes == 0) found.bytes = reader.offset();
    return found;
}

}  // namespace rw
