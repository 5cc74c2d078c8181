// Files that appear when they are whole.
#pragma once
#include <QSaveFile>
#include <string>

#include "core/base/status.h"

namespace rw::ui {

/// Puts the new content in place. False, see errorString(): the disk did not take all of it, and the old
/// content stays. By itself commit() does not notice that of bytes still in its buffer.
inline bool commitWhole(QSaveFile& file) {
    return file.flush() && file.commit();
}

/// Why an export to that file came to nothing.
Status notWritten(const QSaveFile& file);

/// Writes an export; the old file stays when that fails. Blocking.
Status writeWhole(const QString& path, const std::string& text);

}  // namespace rw::ui
