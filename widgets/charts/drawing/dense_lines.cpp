#include "widgets/charts/drawing/dense_lines.h"

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace rw::ui {

namespace {

constexpr std::size_t kColumnsPerBlock = 16;  ///< columns whose pixels of a row are one line of the cache

/// What a line covers of each column of pixels. It is connected, so that is one stretch.
class Columns {
 public:
    Columns(int width, int height)
        : m_width(width),
          m_height(height),
          m_blocks((static_cast<std::size_t>(width) + kColumnsPerBlock - 1) / kColumnsPerBlock) {
        for (Block& block : m_blocks) block.from.fill(height);
    }

    void add(QPointF a, QPointF b) {
        if (!std::isfinite(a.y()) || !std::isfinite(b.y())) return;
        if (a.x() > b.x()) std::swap(a, b);
        const int first = static_cast<int>(std::clamp(std::floor(a.x()), 0.0, double(m_width)));
        const int last = static_cast<int>(std::clamp(std::floor(b.x()), -1.0, m_width - 1.0));
        const double slope = b.x() > a.x() ? (b.y() - a.y()) / (b.x() - a.x()) : 0;
        for (int column = first; column <= last; ++column) {
            const double left = column <= a.x() ? a.y() : a.y() + (column - a.x()) * slope;
            const double right = column + 1 >= b.x() ? b.y() : a.y() + (column + 1 - a.x()) * slope;
            cover(static_cast<std::size_t>(column), std::min(left, right), std::max(left, right));
        }
    }

    /// `picture` is as wide as all blocks.
    void fill(QImage& picture, QRgb color) const {
        for (std::size_t place = 0; place < m_blocks.size(); ++place) {
            const Block& block = m_blocks[place];
            const int top = *std::min_element(block.from.begin(), block.from.end());
            const int bottom = *std::max_element(block.to.begin(), block.to.end());
            for (int y = top; y < bottom; ++y) {
                auto* const row = reinterpret_cast<QRgb*>(picture.scanLine(y)) + place * kColumnsPerBlock;
                // Without branches: noise would mispredict them.
                for (std::size_t i = 0; i < kColumnsPerBlock; ++i)
                    row[i] = (int{y >= block.from[i]} & int{y < block.to[i]}) != 0 ? color : row[i];
            }
        }
    }

 private:
    struct Block {
        std::array<int, kColumnsPerBlock> from{}, to{};  ///< rows of pixels, `to` excluded
    };

    void cover(std::size_t column, double top, double bottom) {
        const double height = m_height;
        Block& block = m_blocks[column / kColumnsPerBlock];
        int& from = block.from[column % kColumnsPerBlock];
        int& to = block.to[column % kColumnsPerBlock];
        from = std::min(from, static_cast<int>(std::clamp(std::floor(top), 0.0, height)));
        to = std::max(to, static_cast<int>(std::clamp(std::floor(bottom) + 1, 0.0, height)));
    }

    int m_width, m_height;
    std::vector<Block> m_blocks;
};

}  // namespace

void paintDenseLines(QPainter& painter, const std::vector<DenseLine>& lines, const QRectF& area) {
    const QTransform toPixels = painter.deviceTransform();
    const QRect pixels = toPixels.mapRect(area).toAlignedRect();
    if (lines.empty() || pixels.isEmpty()) return;
    const auto wide = (static_cast<std::size_t>(pixels.width()) + kColumnsPerBlock - 1) / kColumnsPerBlock *
                      kColumnsPerBlock;
    QImage picture(static_cast<int>(wide), pixels.height(), QImage::Format_ARGB32_Premultiplied);
    if (picture.isNull()) return;
    picture.fill(Qt::transparent);
    for (const DenseLine& line : lines) {
        Columns columns(pixels.width(), pixels.height());
        QPointF before;
        for (qsizetype i = 0; i < line.points.size(); ++i) {
            const QPointF at = toPixels.map(line.points[i]) - pixels.topLeft();
            if (i > 0) columns.add(before, at);
            before = at;
        }
        columns.fill(picture, qPremultiply(line.color.rgba()));
    }
    const QRectF there = toPixels.inverted().mapRect(QRectF(pixels));
    painter.drawImage(there, picture, QRectF(0, 0, pixels.width(), pixels.height()));
}

}  // namespace rw::ui
