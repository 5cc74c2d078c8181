// The offsets of the rows of a block of a tape, as bytes, and back.
//
// They are one field beside the pieces of the block, which programs pass over that know nothing of it: so
// tapes with offsets have no version of their own, and one without them is read as ever. One field for a
// block and not one for a piece: a piece of a quiet topic is one row, and its offset follows that of the
// piece before.
//
// The field has, for each partition with rows in the block, in the order in which these begin, numbers of 7
// bits a byte, the lowest first, until all its rows are named:
//
//     2 × n        n rows, n > 0, whose offsets follow those before; at the beginning the first offset is 0
//     2 × gap + 1  one row, gap > 0 offsets further than that
//     1, offset    one row with that offset, for offsets that go back: its topic was dropped and made again
//     0            in place of all of these: the offsets of the partition are not known
//
// A topic without gaps takes some bytes a block; one with a gap in front of each row, as short transactions
// leave it, a byte a row, the same each time, of which the compression leaves nothing; where rows were
// compacted away it takes about half a byte a row, compressed.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/tape/tape_piece.h"

namespace rw {

/// The offsets of the rows of one block of one source.
class TapeOffsets {
 public:
    /// Those of the next piece that is written into the block.
    void add(const TapePiece& piece);
    /// Into the block that its pieces are in; nothing where none is known.
    void save(StateWriter& block) const;
    /// Those of a block: its payload, and all pieces of it. A tape of before has none.
    static Result<TapeOffsets> load(std::string_view payload, const std::vector<SavedPiece>& pieces);

    /// Of a row of a partition, counted from its first in the block; nothing: it is not known.
    std::optional<std::int64_t> at(const std::string& partition, std::uint64_t row) const;

 private:
    struct Part {
        std::uint64_t rows = 0;
        RowOffsets offsets{};
        /// Pieces whose offsets are not known would shift all behind them.
        bool isKnown() const { return offsets.rows() == rows; }
    };
    Part& partOf(const std::string& partition);

    std::vector<Part> m_parts{};  ///< in the order in which their rows begin
    std::map<std::string, std::size_t> m_places{};
};

}  // namespace rw
