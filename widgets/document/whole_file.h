// Files that appear when they are whole.
#pragma once
#include <QSaveFile>

namespace rw::ui {

/// Puts what was written into its place. False, see errorString(): the disk did not take all of it, and what
/// was there before stays. By itself commit() does not notice that of what is still in its buffer.
inline bool commitWhole(QSaveFile& file) {
    return file.flush() && file.commit();
}

}  // namespace rw::ui
