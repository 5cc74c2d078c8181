#include "widgets/dashboard/board_export.h"

#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>

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

Result<ExportRest> drawBoardPng(CardGrid& cards, const QString& title, const QString& path, double scale) {
    return drawPng(path, sizeOf(cards), scale, [&](QPainter& painter) { paintBoard(painter, cards, title); });
}

ExportRest drawBoardPdf(CardGrid& cards, const QString& title, const QString& path) {
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
    return pictureFile(path, bytes.data());
}

}  // namespace rw::ui
