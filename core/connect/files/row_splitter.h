// Where rows end in a run of bytes: what reading a file in blocks must know of its format.
#pragma once
#include <cstddef>
#include <string_view>

namespace rw {

/// Bytes of a row, beyond which it is rejected whatever its format.
inline constexpr std::size_t kLongestRow = std::size_t{16} << 20;

/// Pure functions of the bytes; safe from any thread. Given bytes begin at a row's start; `atEnd` says that
/// nothing follows them, otherwise what is not decided by these bytes alone is left open.
class RowSplitter {
 public:
    virtual ~RowSplitter() = default;
    /// Bytes up to and including the end of the last complete row; 0: not even the first row is complete.
    virtual std::size_t completeRows(std::string_view bytes, bool atEnd) const = 0;
    /// Bytes of the first row, its line end included; 0: it is not complete.
    virtual std::size_t firstRow(std::string_view bytes, bool atEnd) const = 0;
    /// A row is rejected, and never held in memory, beyond this.
    virtual std::size_t longestRow() const = 0;
};

}  // namespace rw
