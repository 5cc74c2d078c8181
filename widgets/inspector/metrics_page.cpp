#include "widgets/inspector/metrics_page.h"

#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QLocale>

#include "core/data/text.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kFramesPerLook = 10;

QString instantText(Instant at) {
    if (at == kMinTimestamp) return QStringLiteral("–");
    if (at == kMaxTimestamp) return MetricsPage::tr("end of input");
    std::string text;
    appendTimestamp(text, at);
    return QString::fromStdString(text) + QStringLiteral(" UTC");
}

}  // namespace

MetricsPage::MetricsPage(RunSession& session, QWidget* parent) : QTreeWidget(parent), m_session(session) {
    setColumnCount(2);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setSelectionMode(QAbstractItemView::NoSelection);
    // The names give way: a figure that is cut would be another one.
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(metrics::kMinimumTarget);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(&session, &RunSession::updated, this, [this] {
        if (!m_session.isActive() || m_frames++ % kFramesPerLook == 0) refresh();
    });
    connect(&session, &RunSession::stateChanged, this, &MetricsPage::refresh);
}

void MetricsPage::setNode(const NodeId& node) {
    m_node = node;
    clear();
    refresh();
}

void MetricsPage::refresh() {
    if (!isVisible()) return;
    const LiveNode* live = m_session.snapshot().node(m_node);
    if (live == nullptr) {
        clear();
        auto* none = new QTreeWidgetItem(this, {tr("Run to see figures")});
        none->setForeground(0, Theme::of(this).tokens().dim);
        return none->setFirstColumnSpanned(true);
    }
    if (topLevelItemCount() == 1) clear();
    const NodeMetrics& metrics = live->metrics;
    int row = 0;
    showFigure(row++, tr("Rows in"), countText(metrics.rowsIn));
    showFigure(row++, tr("Rows out"), countText(metrics.rowsOut));
    showFigure(row++, tr("Rate in"), rateText(live->in.perSecond()));
    showFigure(row++, tr("Rate out"), rateText(live->out.perSecond()));
    showFigure(row++, tr("Watermark"), instantText(metrics.watermark));
    for (std::size_t port = 0; metrics.inputWatermarks.size() > 1 && port < metrics.inputWatermarks.size();
         ++port) {
        showFigure(row++, tr("Watermark of input %1").arg(port + 1),
                   instantText(metrics.inputWatermarks[port]));
    }
    showFigure(row++, tr("Late rows"), countText(metrics.late));
    showFigure(row++, tr("Longest delay"),
               metrics.late > 0 ? ageText(metrics.largestLateBy) : QStringLiteral("–"));
    showFigure(row++, tr("Rejected rows"), countText(metrics.rejected));
    showFigure(row++, tr("Waiting rows"), countText(metrics.queuedRows));
    showFigure(row++, tr("Backpressure"), tr("%1 %").arg(live->backpressure * 100, 0, 'f', 0));
    showFigure(row++, tr("Busy"), tr("%1 s").arg(metrics.busySeconds, 0, 'f', 1));
    showFigure(row++, tr("State"), QLocale::c().formattedDataSize(static_cast<qint64>(metrics.stateBytes)));
    showFigure(row++, tr("Keys in state"), countText(metrics.stateKeys));
}

void MetricsPage::showFigure(int place, const QString& name, const QString& value) {
    QTreeWidgetItem* row = topLevelItem(place);
    if (row == nullptr) {
        row = new QTreeWidgetItem(this);
        row->setFont(1, Theme::of(this).font(TextStyle::Code));
        row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
        row->setForeground(0, Theme::of(this).tokens().dim);
    }
    row->setText(0, name);
    row->setText(1, value);
}

void MetricsPage::showEvent(QShowEvent* event) {
    QTreeWidget::showEvent(event);
    refresh();
}

void MetricsPage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QTreeWidget::changeEvent(event);
}

}  // namespace rw::ui
