// How well a text matches the words that a user types: for every search field of the program.
#pragma once
#include <QString>

namespace rw::ui {

/// 0: not at all. Counts most for a start (100), then for the start of a word, a run anywhere, and letters
/// that only stand in that order. Case does not matter.
int textScore(const QString& typed, const QString& text);

}  // namespace rw::ui
