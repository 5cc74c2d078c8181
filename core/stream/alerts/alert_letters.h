// Letters that were not delivered yet, in checkpoints and in files.
#pragma once
#include "core/data/state_reader.h"
#include "core/stream/alerts/alert_board.h"

namespace rw {

inline constexpr std::uint32_t kLetterVersion = 1;

/// All but the rule.
void writeLetter(const AlertLetter& letter, StateWriter& out);
/// The record of such a letter, which may be anybody's bytes; it is of `rule`.
Result<AlertLetter> readLetter(const StateReader& record, const AlertRule& rule);

}  // namespace rw
