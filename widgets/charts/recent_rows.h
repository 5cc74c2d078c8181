// The last rows of a stream or a table as text: the thumbnail of a sink.
#pragma once
#include <QPainter>
#include <QString>
#include <vector>

#include "core/data/batch.h"

namespace rw {
class TableView;
}

namespace rw::ui {

struct RecentRows {
    std::vector<QString> columns;
    std::vector<bool> numeric;               ///< as columns: set flush right
    std::vector<std::vector<QString>> rows;  ///< oldest first
    bool operator==(const RecentRows&) const = default;
};

/// The columns that say most in little room: the first time stamp,
/// then columns that are no time stamps, in the order of the stream. Places in `types`.
std::vector<std::size_t> informativeColumns(const std::vector<Type>& types, std::size_t atMost);

RecentRows recentRows(const std::vector<Batch>& batches, std::size_t rows, std::size_t columns);
/// The same by informativeColumns(), times without their date. Of changing rows those that are still there.
RecentRows thumbnailRows(const std::vector<Batch>& batches);
RecentRows thumbnailRows(const TableView& view);

/// A head line and up to three rows, the newest at the top.
void paintRows(QPainter& painter, const QRectF& rect, const RecentRows& rows);

}  // namespace rw::ui
