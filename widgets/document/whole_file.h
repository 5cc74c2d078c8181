// Files that appear when they are whole.
#pragma once
#include <QSaveFile>
#include <string>

#include "core/base/status.h"

namespace rw::ui {

/// Puts what was written into its place. False, see errorString(): the disk did not take all of it, and what
/// was there before stays. By itself commit() does not notice that of what is still in its buffer.
inline bool commitWhole(QSaveFile& file) {
    return file.flush() && file.commit();
}

/// Why an export to that file came to nothing.
Status notWritten(const QSaveFile& file);

/// Writes an export; what was there before stays when that fails. Blocking.
Status writeWhole(const QString& path, const std::string& text);

}  // namespace rw::ui
