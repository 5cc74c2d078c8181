// The version that two edited ones come from, as far as the local history tells.
#pragma once
#include "widgets/versions/version_entries.h"

namespace rw::ui {

/// Whether a version can be merged into what is in the window: one of the history, or of another file.
bool canBeMergedIn(const VersionEntry& entry);

struct MergeBase {
    enum class Found {
        No,
        Before,  ///< the version before one of the history
        Shared,  ///< both histories have it
        Nearest  ///< the one that differs least from what is merged in: a guess
    };
    Found found = Found::No;
    QString key{};  ///< of the entry; empty: none was found
};

/// Of `entries`, as the page has them (the newest first), the base for merging `theirs` into the first one.
/// Reads the history of the other file: any thread but the GUI's.
MergeBase guessedBase(const std::vector<VersionEntry>& entries, const VersionEntry& theirs);

}  // namespace rw::ui
