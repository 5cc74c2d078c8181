// The layout of a tape on disk, shared by writer and reader, and by journals of messages, whose segments are
// made of the same blocks (core/connect/journal).
//
//     “RILLTAPE” · u32 version · u32 0 · block*
//
// A block is a header of 72 bytes and its payload: bytes as StateWriter gives them, compressed with
// Zstandard. The first block tells of the run (Head), those that follow hold pieces of one source each
// (Pieces), or are of one lookup each: rows of a table that it read, which together make the table
// (TableRows), and changes of a table (Table), such as that it is whole and which rows matched it; or of one
// node each that asks outside: the answers that let its rows go on (Answers). The last says how the run ended
// (End). A sum over header and payload says whether a block is whole; a tape is good up to its last whole
// block, and whole when that is its End. Little-endian.
//
// Versions: 2 has lookups, 3 has answers, 4 says by which columns their rows are named. A tape without
// answers is written as one of version 2, and without lookups as one of version 1, which had neither their
// blocks nor them in its Head, so that programs of that time read it. The offsets of rows (tape_offsets.h)
// came without a version: they are a field beside the pieces, which those programs pass over.
//
// A file of its own rather than an SQLite table: it is only ever added to, by one writer, in the order in
// which it is read; rows would be copied into pages and into a log before that. Zstandard rather than zlib:
// several times as fast at the same size, so that one thread keeps up with the sources of a run.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/base/time.h"

namespace rw::tape_layout {

inline constexpr std::string_view kMagic = "RILLTAPE";
inline constexpr std::uint32_t kVersion = 4, kVersionWithoutAnswers = 2, kVersionWithoutLookups = 1;
inline constexpr std::size_t kFileHeaderSize = 16, kBlockHeaderSize = 72;
inline constexpr std::uint16_t kNoSource = 0xFFFF;
/// Bytes of a payload, before it is compressed; a header with more is broken.
inline constexpr std::uint64_t kMostPayload = std::uint64_t{1} << 30;

/// Messages are in journals alone.
enum class BlockKind : std::uint8_t { Head = 1, Pieces, End, TableRows, Table, Answers, Messages };

struct BlockHeader {
    BlockKind kind = BlockKind::Pieces;
    /// Pieces: its place in TapeStart::sources. TableRows, Table: that in TapeStart::lookups.
    /// Answers: that in TapeStart::asking.
    std::uint16_t source = kNoSource;
    std::uint32_t stored = 0;  ///< bytes of the payload in the file
    std::uint32_t size = 0;    ///< … and not compressed
    std::uint32_t pieces = 0;
    /// Number of the first, among those of the source. TableRows, Table: TapeTable::number. Answers: of the
    /// first row, among those of the node. Messages: of the first message.
    std::uint64_t firstPiece = 0;
    std::uint64_t rows = 0;                ///< good and bad
    std::int64_t firstAt = 0, lastAt = 0;  ///< as TapePiece::at; never negative
    Instant watermark = kMinTimestamp;     ///< TapePiece::watermark of the last piece
};

std::string fileHeader(std::uint32_t version);
/// A whole block: header and compressed payload. An error where that is too large.
Result<std::string> block(BlockHeader header, std::string_view payload);

/// The header in `bytes`, kBlockHeaderSize of them; false: they are none.
bool readHeader(std::string_view bytes, BlockHeader& header);
/// Whether header and stored payload, as they are in the file, are undamaged.
bool isWhole(std::string_view header, std::string_view stored);
/// The payload of a whole block.
Result<std::string> unpacked(const BlockHeader& header, std::string_view stored);

}  // namespace rw::tape_layout
