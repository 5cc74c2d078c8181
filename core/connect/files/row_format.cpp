#include "core/connect/files/row_format.h"

#include <algorithm>

namespace rw {

std::unique_ptr<Chunk> takeChunk(const RowFormat& format, FilePiece& piece, std::size_t end,
                                 Instant arrived) {
    std::unique_ptr<RowsChunk> chunk = format.chunk();
    chunk->arrived = arrived;
    chunk->piece = piece;
    chunk->piece.end = end;
    piece.begin = end;
    return chunk;
}

ParsedChunk parseChunk(const RowFormat& format, const Chunk& chunk) {
    const auto& rows = static_cast<const RowsChunk&>(chunk);
    if (!rows.piece.overlong) return format.parse(rows);
    ParsedChunk out;
    const std::size_t mebibytes = std::max<std::size_t>(format.framing().longestRow() >> 20, 1);
    out.reject(0, RW_TEXT("files", "The row is longer than %1 MiB.").with(mebibytes), rows.piece.view());
    out.rowsRead = 1;
    return out;
}

}  // namespace rw
