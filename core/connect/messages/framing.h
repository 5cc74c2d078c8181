// How messages are separated in a run of bytes: where the rows of a file or of a stream end. A Decoder reads
// the content of the messages.
#pragma once
#include <cstddef>
#include <string_view>

namespace rw {

/// Bytes of a row, beyond which it is rejected whatever its format.
inline constexpr std::size_t kLongestRow = std::size_t{16} << 20;

/// Bytes that may be read (not used) behind a piece of input, so that it can be loaded in large words.
inline constexpr std::size_t kReadAhead = 64;

/// Pure functions of the bytes; safe from any thread. Given bytes begin at a row's start; `atEnd` says that
/// nothing follows them. Else a border that these bytes alone don't decide is left open.
class Framing {
 public:
    virtual ~Framing() = default;
    /// Bytes up to and including the end of the last complete row; 0: not even the first row is complete.
    virtual std::size_t completeRows(std::string_view bytes, bool atEnd) const = 0;
    /// Bytes of the first row, its line end included; 0: it is not complete.
    virtual std::size_t firstRow(std::string_view bytes, bool atEnd) const = 0;
    /// The message of a row that ends with its line end or other framing.
    virtual std::string_view messageOf(std::string_view row) const = 0;
    /// A row is rejected, and never held in memory, beyond this.
    virtual std::size_t longestRow() const = 0;
};

}  // namespace rw
