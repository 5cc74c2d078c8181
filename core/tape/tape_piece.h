// Pieces of input as bytes, and back.
#pragma once
#include <string>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/recording/tape.h"

namespace rw {

/// Adds a record for the piece, one of many.
void savePiece(StateWriter& out, const TapePiece& piece);

/// The pieces of a payload, which must outlive them, without their rows.
struct SavedPiece {
    TapePiece piece;
    StateReader rows;  ///< for loadRows()
};
Result<std::vector<SavedPiece>> loadPieces(std::string_view payload);
/// The rows of one; any thread.
Status loadRows(const StateReader& piece, ParsedChunk& out);

}  // namespace rw
