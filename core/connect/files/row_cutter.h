// Bytes of an input, cut into pieces at the ends of rows.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/connect/files/byte_buffer.h"
#include "core/connect/files/file_tail.h"
#include "core/connect/messages/framing.h"

namespace rw {

/// Rows as they are in an input: complete ones, each with its line end (the last of an input is given one).
/// A row longer than a block is alone.
struct FilePiece {
    BufferRef buffer;
    std::size_t begin = 0, end = 0;
    bool firstOfFile = false;
    /// The piece is the beginning of one row that is longer than the framing allows; the rest was skipped.
    bool overlong = false;
    std::uint64_t origin = 0;  ///< the byte of the input that byte 0 of the buffer is
    std::string_view view() const { return buffer->view(begin, end); }
};

/// Single-threaded. Where a piece ends depends on the blocks that were held, the rows do not.
class RowCutter {
 public:
    /// `framing` must outlive it.
    RowCutter(const Framing& framing, std::size_t blockSize);

    /// Nothing is held. The next bytes are at byte `offset` of the input, behind `tail`; `skipping`: within a
    /// row that is too long.
    void begin(std::uint64_t offset = 0, const FileTail& tail = {}, bool skipping = false);
    /// Where the next block is to be written.
    std::span<char> room();
    /// So many bytes of room() were.
    void hold(std::size_t bytes);
    /// Gives up the bytes held.
    void drop() { m_begin = m_end; }
    /// Whether the bytes held contain a piece; `atEnd`: nothing follows them.
    bool cut(bool atEnd, FilePiece& piece);

    std::string_view held() const;
    /// Bytes of the input up to the end of those held.
    std::uint64_t offset() const { return m_offset; }
    /// The last of them.
    FileTail taken() const;
    /// A place between two rows.
    struct Place {
        std::uint64_t offset = 0;    ///< bytes before it
        std::uint64_t checksum = 0;  ///< of the last FileTail::kBytes of them
        bool skipping = false;       ///< it is within a row that is too long
    };
    /// The place behind the pieces cut, `rest` of the newest taken as not cut.
    Place placeBefore(const FilePiece& rest) const;

 private:
    void makeRoom(std::size_t more);
    /// The first bytes held were handed out, or dropped.
    void consume(std::size_t bytes);
    bool skipLine();
    bool cutOverlong(FilePiece& piece);
    /// Bytes of the rows that go into the next piece, of those held; 0: none is complete.
    std::size_t rowsOfPiece(bool atEnd) const;

    const Framing& m_framing;
    const std::size_t m_blockSize;
    std::shared_ptr<BufferPool> m_pool = BufferPool::make();
    BufferRef m_buffer;
    std::size_t m_begin = 0, m_end = 0;  ///< the bytes held, in m_buffer
    std::uint64_t m_offset = 0;          ///< in the input, behind the bytes held
    bool m_fileStart = true;             ///< nothing of the input was handed out yet
    bool m_skipping = false;             ///< inside the rest of an overlong row
    FileTail m_tail;                     ///< of the bytes before those held
    FileTail m_pieceTail;                ///< and before the newest piece
    std::uint64_t m_pieceOffset = 0;     ///< where that begins
};

}  // namespace rw
