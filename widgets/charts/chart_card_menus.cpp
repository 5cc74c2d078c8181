// The menus of a chart's card, and the files that are made of it.
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QStackedLayout>

#include "widgets/charts/alert_chip.h"
#include "widgets/charts/chart_card.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/document/export_target.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

void ChartCard::openMenu(void (ChartCard::*fill)(QMenu&), const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    (this->*fill)(*menu);
    menu->popup(at);
}

void ChartCard::contextMenuEvent(QContextMenuEvent* event) {
    if (m_more) {
        openMenu(&ChartCard::fillCardMenu, event->globalPos());
    } else if (m_chart) {
        openMenu(&ChartCard::fillLargeMenu, event->globalPos());
    }
}

void ChartCard::fillLargeMenu(QMenu& menu) {
    fillQuestions(menu);
    m_chart->fillMenu(menu);
    if (!menu.isEmpty()) menu.addSeparator();
    fillExports(menu);
}

void ChartCard::fillExports(QMenu& menu) {
    menu.addAction(tr("PNG picture"), this,
                   [this] { save(tr("PNG pictures (*.png)"), QStringLiteral(".png"), 1); });
    menu.addAction(tr("PNG picture, twice as fine"), this,
                   [this] { save(tr("PNG pictures (*.png)"), QStringLiteral(".png"), 2); });
    menu.addAction(tr("SVG drawing"), this,
                   [this] { save(tr("SVG drawings (*.svg)"), QStringLiteral(".svg"), 1); });
    menu.addAction(tr("CSV table"), this,
                   [this] { save(tr("CSV tables (*.csv)"), QStringLiteral(".csv"), 1); });
}

void ChartCard::fillCardMenu(QMenu& menu) {
    const auto toggle = [&](IconButton* button, const QString& words, const char* keys) {
        QAction* action =
            menu.addAction(words + QLatin1Char('\t') + QLatin1String(keys), button, &QToolButton::toggle);
        action->setCheckable(true);
        action->setChecked(button->isChecked());
        action->setEnabled(button->isEnabled());
    };
    fillQuestions(menu);
    if (m_chart) m_chart->fillMenu(menu);
    if (!menu.isEmpty()) menu.addSeparator();
    menu.addAction(tr("Show this chart large") + QStringLiteral("\tEnter"), this,
                   [this] { Q_EMIT enlargeRequested(m_node); });
    toggle(m_freeze, tr("Hold the picture while data go on"), "F");
    toggle(m_asTable, tr("Show the values as a table"), "Alt+T");
    QMenu* exports = menu.addMenu(tr("Export the visible range"));
    exports->setEnabled(m_export->isEnabled());
    fillExports(*exports);
    if (m_alert->offer().kind != AlertOffer::Kind::None) {
        QAction* alert = menu.addAction(Theme::of(this).icon(u"bell"), labelText(m_alert->offer().words()),
                                        this, [this] { makeAlert(m_document, m_node); });
        alert->setEnabled(m_alert->offer().kind != AlertOffer::Kind::Refuse);
    }
    menu.addSeparator();
    menu.addAction(Theme::of(this).icon(u"trash"), tr("Remove from the dashboard"), this,
                   [this] { Q_EMIT removeRequested(m_node); });
}

void ChartCard::paintCard(QPainter& painter, const QPointF& at) {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    painter.save();
    painter.translate(at);
    painter.setPen(tokens.line);
    painter.setBrush(tokens.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::kCardRadius,
                            metrics::kCardRadius);
    // The letters of a printer are not as wide as those of the screen.
    QRect room = m_head->geometry().adjusted(metrics::kListPadding, 0, -metrics::kListPadding, 0);
    const auto write = [&](const QLabel& label, TextStyle style, const QColor& color) {
        painter.setFont(theme.font(style));
        painter.setPen(color);
        const QString words = painter.fontMetrics().elidedText(label.text(), Qt::ElideRight, room.width());
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, words);
        room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(words) + metrics::kGrid);
    };
    write(*m_title, TextStyle::Strong, tokens.text);
    write(*m_subtitle, TextStyle::Caption, tokens.dim);
    QWidget* body = m_body->currentWidget();
    const QPoint inside = body->mapTo(this, QPoint());
    if (body == m_chart) {
        if (m_chart->isStale()) m_chart->refresh();
        m_chart->paintPicture(painter, QRectF(inside, body->size()));
    } else {
        body->render(&painter, inside, {}, QWidget::DrawChildren);
    }
    painter.restore();
}

void ChartCard::save(const QString& filter, const QString& suffix, double scale) {
    if (!m_chart) return;
    QString name = m_title->text();
    if (const QString range = m_chart->rangeText(); !range.isEmpty()) name += QLatin1Char(' ') + range;
    name.replace(QLatin1Char('/'), QLatin1Char('-')).replace(QLatin1Char(':'), QLatin1Char('.'));
    const QString title = tr("Export the visible range");
    const ExportTarget target(m_document, title);
    const QString path =
        target.prompt(this, title, target.proposal(m_document.folder(), name, suffix), filter);
    if (path.isEmpty() || !m_chart) return;  // its run may have gone while the person chose
    const QSize size = m_chart->size();
    exportInBackground(this, suffix == QLatin1String(".csv")   ? drawCsv(*m_chart, path)
                             : suffix == QLatin1String(".svg") ? drawSvg(*m_chart, path, size)
                                                               : drawPng(*m_chart, path, size, scale));
}

}  // namespace rw::ui
