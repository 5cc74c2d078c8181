// What is kept of live sources on this computer, in words.
#pragma once
#include <QString>

#include "core/listen/heard_store.h"

namespace rw::ui {

/// “312 rows”
QString rowsText(std::uint64_t rows);
/// “Lines”, as the pipeline calls the source; of one whose file can't be read that it can't be.
QString keptTitle(const KeptSource& source);
/// “Lines: 312 rows heard 12:04, 12 KiB”
QString keptText(const KeptSource& source);
/// A folder as people write it: “~/.local/share/rillwright/heard”.
QString folderText(const std::string& folder);

}  // namespace rw::ui
