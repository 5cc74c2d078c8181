// A format of files and streams: where its rows end, what its head tells of them, and how they are read. Most
// are a framing and a decoder (framed_format.h).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/connect/files/row_cutter.h"
#include "core/connect/messages/decoder.h"

namespace rw {

/// Part of an input as it was read.
struct RowsChunk : Chunk {
    FilePiece piece;
};

/// Where a row begins in bytes from the middle of an input.
struct RowStart {
    enum class Kind {
        Found,   ///< at `at`, for certain
        More,    ///< these bytes do not decide it: more may
        Unknown  ///< nor would more
    } kind = Kind::Unknown;
    std::size_t at = 0;
};

/// Used by one thread at a time, but for parse().
class RowFormat {
 public:
    virtual ~RowFormat() = default;
    virtual const Framing& framing() const = 0;

    // A format with a head (a header) remembers that of the newest file.
    /// `piece` is the next of `file`: takes off its front the part that belongs to the head, perhaps all.
    virtual Status takeHead(FilePiece& /*piece*/, const std::string& /*file*/) { return {}; }
    /// The head of the file that was begun has not been seen yet.
    virtual bool awaitsHead() const { return false; }
    /// The head as it was in the file, without its line end.
    virtual std::string head() const { return {}; }
    /// As if `head` had just been taken off `file`.
    virtual Status resume(const std::string& /*head*/, const std::string& /*file*/) { return {}; }

    /// The first row that begins in `bytes`, which may begin within one; `atEnd`: nothing follows them. A
    /// format in which that can't be told says Unknown.
    virtual RowStart rowStart(std::string_view /*bytes*/, bool /*atEnd*/) const { return {}; }

    /// A chunk that knows the head above its rows.
    virtual std::unique_ptr<RowsChunk> chunk() const { return std::make_unique<RowsChunk>(); }
    /// When the row happened, as far as that can be read.
    virtual std::optional<Instant> eventTimeOf(std::string_view row) const = 0;
    /// The rows of a chunk that is not overlong. From any thread.
    virtual ParsedChunk parse(const RowsChunk& chunk) const = 0;
};

/// The next chunk of `piece`, up to byte `end` of its buffer.
std::unique_ptr<Chunk> takeChunk(const RowFormat& format, FilePiece& piece, std::size_t end, Instant arrived);
/// The rows of any chunk that takeChunk() gave. From any thread.
ParsedChunk parseChunk(const RowFormat& format, const Chunk& chunk);

}  // namespace rw
