// Rows that an export has written, and that no CSV source would read back.
#pragma once
#include <QtGlobal>
#include <cstdint>

#include "core/sql/eval/evaluate.h"

class QWidget;

namespace rw::ui {

struct UnreadRows {
    std::uint64_t rows = 0;   ///< written in all
    std::uint64_t count = 0;  ///< of them not to be read back
    std::uint64_t first = 0;  ///< the number of the first such row, counted from 1
    Text reason;              ///< why not that one

    /// Adds `written` rows and what the writer said of them.
    void add(const sql::RowErrors& errors, std::size_t written);
};

/// Says in a box how many rows of the file can't be read back, which is the first, and why; nothing where all
/// can.
void showUnreadRows(QWidget* parent, const UnreadRows& unread);

}  // namespace rw::ui
