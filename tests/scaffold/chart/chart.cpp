#include "widgets/charts/@type@_chart.h"

#include <QPainter>

#include "widgets/charts/iso_time.h"
#include "widgets/charts/ticks.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

void paintFigure(QPainter& painter, const QRectF& rect, const @Name@Snapshot& shot) {
    const Theme& theme = Theme::of();
    painter.setFont(theme.font(TextStyle::NumberCard));
    painter.setPen(theme.tokens().text);
    painter.drawText(rect, Qt::AlignCenter, shot.value ? axisNumber(*shot.value) : QStringLiteral("–"));
}

}  // namespace

void @Name@Chart::draw() {
    m_shot = static_cast<const @Name@View&>(*view()).snapshot();
    update();
}

void @Name@Chart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPicture(painter, rect());
}

void @Name@Chart::paintPicture(QPainter& painter, const QRectF& rect) {
    paintFigure(painter, rect, m_shot);
}

bool @Name@Chart::paintThumbnail(QPainter& painter, const QRectF& rect, const @Name@View& view) {
    const @Name@Snapshot shot = view.snapshot();
    if (shot.totals.rows == 0) return false;
    paintFigure(painter, rect, shot);
    return true;
}

ChartTable @Name@Chart::table() const {
    return {{{QStringLiteral("value"), true}}, {{m_shot.value ? csvNumber(*m_shot.value) : QString()}}};
}

QString @Name@Chart::summary() const {
    return m_shot.value ? exactNumber(*m_shot.value) : tr("No value yet");
}

}  // namespace rw::ui
