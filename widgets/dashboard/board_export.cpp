#include "widgets/dashboard/board_export.h"

#include <QBuffer>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>

#include "widgets/charts/chart_export.h"
#include "widgets/dashboard/card_grid.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kPixelsPerInch = 96, kDotsPerInch = 1200;
constexpr double kPointsPerPixel = 72.0 / kPixelsPerInch;

int headOf(const CardGrid& cards) {
    return Theme::of(&cards).lineHeight(TextStyle::Title) + 2 * metrics::kGrid;
}

QSize sizeOf(const CardGrid& cards) {
    return cards.covered() + QSize(0, headOf(cards));
}

void paintBoard(QPainter& painter, CardGrid& cards, const QString& title) {
    const Theme& theme = Theme::of(&cards);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRect(QPoint(), sizeOf(cards)), theme.tokens().bg);
    painter.setFont(theme.font(TextStyle::Title));
    painter.setPen(theme.tokens().text);
    const QRect head(metrics::kPanelPadding, 0, cards.width() - 2 * metrics::kPanelPadding, headOf(cards));
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(title, Qt::ElideRight, head.width()));
    painter.translate(0, headOf(cards));
    cards.paintCards(painter);
}

}  // namespace

Status exportBoardPng(CardGrid& cards, const QString& title, const QString& path, double scale) {
    QImage image((QSizeF(sizeOf(cards)) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull()) {
        return {ErrorCode::Invalid, RW_TEXT("chart", "A picture of this size does not fit into memory."),
                RW_TEXT("chart", "Choose a smaller size.")};
    }
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paintBoard(painter, cards, title);
    painter.end();
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    image.save(&bytes, "PNG");
    return savePicture(path, bytes.data());
}

Status exportBoardPdf(CardGrid& cards, const QString& title, const QString& path) {
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    QPdfWriter pdf(&bytes);
    pdf.setTitle(title);
    pdf.setResolution(kDotsPerInch);
    pdf.setPageSize(
        QPageSize(QSizeF(sizeOf(cards)) * kPointsPerPixel, QPageSize::Point, {}, QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF());
    QPainter painter(&pdf);
    const double dots = static_cast<double>(kDotsPerInch) / kPixelsPerInch;
    painter.scale(dots, dots);
    paintBoard(painter, cards, title);
    painter.end();
    return savePicture(path, bytes.data());
}

}  // namespace rw::ui
