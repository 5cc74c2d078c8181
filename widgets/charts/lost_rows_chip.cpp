#include "widgets/charts/lost_rows_chip.h"

#include <QCoreApplication>
#include <QStringList>
#include <utility>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/session/lost_rows.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

/// The words of the nodes' cards.
QString countsOf(const NodeLosses& lost) {
    QStringList words;
    if (lost.late > 0)
        words << (lost.lateAtLeast ? QCoreApplication::translate("card", "At least %1 late")
                                   : QCoreApplication::translate("card", "%1 late"))
                     .arg(countText(lost.late));
    if (lost.rejected > 0)
        words << QCoreApplication::translate("card", "%1 rejected").arg(countText(lost.rejected));
    return words.join(QStringLiteral(" · "));
}

}  // namespace

LostRowsChip::LostRowsChip(QWidget* parent) : Chip({}, parent) {
    setObjectName(QStringLiteral("lostRows"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    connect(this, &Chip::clicked, this, [this] { Q_EMIT rowsRequested(m_node); });
    hide();
}

void LostRowsChip::refresh(const PipelineDocument& document, const RunSession& session, const NodeId& chart) {
    const std::vector<NodeLosses> nodes = lostBefore(document, session, chart);
    NodeLosses all;
    QStringList lines{tr("Rows missing from this chart:")};
    for (const NodeLosses& lost : nodes) {
        all.late += lost.late;
        all.rejected += lost.rejected;
        all.lateAtLeast = all.lateAtLeast || lost.lateAtLeast;
        lines << tr("“%1”: %2").arg(titleOf(document.pipeline(), lost.node), countsOf(lost));
    }
    lines << tr("Click to see them in the Late & rejected panel.");
    m_node = nodes.size() == 1 ? nodes.front().node : NodeId();
    setVisible(!nodes.empty());
    if (nodes.empty()) return;
    const Tone tone = all.rejected > 0 ? Tone::Error : Tone::Warn;  // as on the nodes' cards
    if (tone != std::exchange(m_shown, tone)) setTone(tone);
    m_all = countsOf(all);
    if (all.rejected > 0) all.late = 0;
    m_worse = countsOf(all);
    showWords();
    const QString tip = lines.join(QLatin1Char('\n'));
    setToolTip(wrappedLines(tip));
    setAccessibleDescription(tip);
}

void LostRowsChip::setShort(bool isShort) {
    m_short = isShort;
    showWords();
}

QSize LostRowsChip::minimumSizeHint() const {
    return sizeHint();
}

void LostRowsChip::showWords() {
    const QString& words = m_short ? m_worse : m_all;
    if (words != text()) setText(words);
}

}  // namespace rw::ui
