// The small live pictures on sink cards, painted from copies of what core/views holds.
#pragma once
#include <QPainter>
#include <QString>
#include <memory>
#include <vector>

#include "core/data/batch.h"
#include "core/stream/live_view.h"

namespace rw::ui {

/// Paints the view's newest state into `rect`; false when there is nothing to show yet.
bool paintThumbnail(QPainter& painter, const QRectF& rect, const LiveView& view);

/// The last rows of a stream, as text: what the thumbnail of a file or table shows.
struct RecentRows {
    std::vector<QString> columns;
    std::vector<std::vector<QString>> rows;  ///< oldest first
    std::uint64_t count = 0;
};
RecentRows recentRows(const std::vector<Batch>& batches, std::size_t rows, std::size_t columns);
void paintRows(QPainter& painter, const QRectF& rect, const RecentRows& rows);

/// Axes in dim and one line of words: nothing to show yet.
void paintEmptyThumbnail(QPainter& painter, const QRectF& rect, const QString& words);

}  // namespace rw::ui
