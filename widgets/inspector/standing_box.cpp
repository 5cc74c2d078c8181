#include "widgets/inspector/standing_box.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kFramesPerStanding = 10;
enum StandingColumn { kStandingName, kStandingPlace, kStandingLag, kStandingState, kStandingColumns };
constexpr int kShareRole = Qt::UserRole + 1;  ///< of the largest lag, 0 … 1

/// Behind the number a bar, as long as the lag is of the largest.
class LagBars final : public QStyledItemDelegate {
 public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const double share = index.data(kShareRole).toDouble();
        if (share > 0) {
            const Tokens& tokens = Theme::of(option.widget).tokens();
            const QRect cell = option.rect.adjusted(2, 0, -2, -2);
            const int width = std::max(1, qRound(cell.width() * share));
            painter->fillRect(QRect(cell.left(), cell.bottom() - 1, width, 2), tokens.accent);
        }
        QStyledItemDelegate::paint(painter, option, index);
    }
};

QColor standingColor(LiveState state, const Tokens& tokens) {
    switch (state) {
        case LiveState::Live:
            return tokens.ok.text;
        case LiveState::Blocked:
        case LiveState::Held:
        case LiveState::Connecting:
            return tokens.warn.text;
        case LiveState::Disconnected:
            return tokens.error.text;
        case LiveState::Idle:
        case LiveState::Ended:
            break;
    }
    return tokens.dim;
}

}  // namespace

StandingBox::StandingBox(PipelineDocument& document, RunSession& session, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_session(session),
      m_guarantee(new QLabel),
      m_head(new QLabel),
      m_lag(new QLabel),
      m_more(new QLabel),
      m_partitions(new QTreeWidget),
      m_why(new HintBox) {
    setObjectName(QStringLiteral("standing"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding,
                               metrics::kGrid);
    column->setSpacing(metrics::kGrid);
    m_guarantee->setWordWrap(true);
    m_head->setProperty("role", "section");
    for (QLabel* small : {m_lag, m_more}) small->setProperty("role", "caption");
    auto* head = new QHBoxLayout;
    head->addWidget(m_head, 1);
    head->addWidget(m_lag);
    m_partitions->setColumnCount(kStandingColumns);
    m_partitions->setObjectName(QStringLiteral("partitions"));
    m_partitions->setRootIsDecorated(false);
    m_partitions->setUniformRowHeights(true);
    m_partitions->setFrameShape(QFrame::NoFrame);
    m_partitions->setSelectionMode(QAbstractItemView::NoSelection);
    m_partitions->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_partitions->setItemDelegateForColumn(kStandingLag, new LagBars(m_partitions));
    m_partitions->header()->setStretchLastSection(false);
    m_partitions->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_partitions->header()->setSectionResizeMode(kStandingName, QHeaderView::Stretch);
    column->addWidget(m_guarantee);
    column->addLayout(head);
    column->addWidget(m_partitions);
    column->addWidget(m_more);
    column->addWidget(m_why);
    connect(&session, &RunSession::updated, this, [this] {
        if (!m_session.isActive() || m_frames++ % kFramesPerStanding == 0) refresh();
    });
    connect(&session, &RunSession::stateChanged, this, &StandingBox::refresh);
    connect(&document, &PipelineDocument::validatedChanged, this, &StandingBox::refresh);
    refresh();
}

void StandingBox::setNode(const NodeId& node) {
    m_node = node;
    refresh();
}

void StandingBox::setWanted(bool wanted) {
    m_wanted = wanted;
    refresh();
}

void StandingBox::refresh() {
    const LiveNode* live =
        m_session.isActive() && !m_node.empty() ? m_session.snapshot().node(m_node) : nullptr;
    const bool guarantees = m_wanted && !m_node.empty() && showGuarantee();
    const bool stands = m_wanted && showStanding(live != nullptr ? &live->metrics : nullptr);
    m_guarantee->setVisible(guarantees);
    setVisible(guarantees || stands);
}

bool StandingBox::showGuarantee() {
    const Guarantee guarantee = shownGuarantee(m_document, m_session, m_node);
    const QString words = guaranteeWordsOf(m_document.pipeline(), guarantee);
    if (words.isEmpty()) return false;
    m_guarantee->setText(words);
    const QString role = guarantee.promise == Guarantee::Promise::ExactlyOnce ? QStringLiteral("caption")
                                                                              : QStringLiteral("warn");
    if (m_guarantee->property("role").toString() != role) {
        m_guarantee->setProperty("role", role);
        Theme::repolish(m_guarantee);
    }
    m_guarantee->setToolTip(shownLines(translated(guaranteeText(guarantee)), kTipLength));
    return true;
}

bool StandingBox::showStanding(const NodeMetrics* metrics) {
    const std::optional<LiveSummary> live =
        metrics != nullptr ? liveSummary(*metrics) : std::optional<LiveSummary>();
    const bool listed = live && live->partitions > 0;
    for (QWidget* part : std::initializer_list<QWidget*>{m_head, m_lag}) part->setVisible(live.has_value());
    m_partitions->setVisible(listed);
    m_more->setVisible(listed && live->partitions > kPartitionsShown);
    m_why->setVisible(live && isOut(live->state));
    if (!live) return false;
    m_head->setText(listed ? tr("Partitions") : translated(liveWords(*live)));
    m_lag->setText(live->lag ? tr("lag %1").arg(lagWords(*live)) : QString());
    if (listed) showPartitions(*metrics, *live);
    if (!isOut(live->state)) return true;
    const Instant now = QDateTime::currentMSecsSinceEpoch();
    const HintBox::Kind kind =
        live->state == LiveState::Disconnected ? HintBox::Kind::Error : HintBox::Kind::Warn;
    m_why->set(kind, translated(liveWords(*live)),
               shownLines(translated(liveText(*live, now)) + QLatin1Char('\n') + translated(liveMend(*live)),
                          kTipLength));
    return true;
}

void StandingBox::showPartitions(const NodeMetrics& metrics, const LiveSummary& live) {
    const std::vector<const PartitionMetrics*> sorted = worstFirst(metrics.partitions);
    const auto shown = static_cast<int>(std::min(sorted.size(), kPartitionsShown));
    std::uint64_t largest = 0;
    for (const PartitionMetrics* partition : sorted) largest = std::max(largest, partition->lag.value_or(0));
    while (m_partitions->topLevelItemCount() > shown)
        delete m_partitions->takeTopLevelItem(m_partitions->topLevelItemCount() - 1);
    while (m_partitions->topLevelItemCount() < shown) {
        auto* row = new QTreeWidgetItem(m_partitions);
        for (const int place : {kStandingPlace, kStandingLag}) {
            row->setTextAlignment(place, Qt::AlignRight | Qt::AlignVCenter);
            row->setFont(place, Theme::of(this).font(TextStyle::CodeSmall));
        }
    }
    for (int i = 0; i < shown; ++i) {
        const PartitionMetrics& partition = *sorted[static_cast<std::size_t>(i)];
        const double share =
            largest == 0 ? 0 : static_cast<double>(partition.lag.value_or(0)) / static_cast<double>(largest);
        fill(*m_partitions->topLevelItem(i), partition, share);
    }
    m_partitions->setAccessibleName(tr("Partitions"));
    m_partitions->setHeaderLabels({tr("Partition"), tr("Position"), tr("Lag"), tr("State")});
    const int row = m_partitions->sizeHintForRow(0);
    m_partitions->setFixedHeight(m_partitions->header()->sizeHint().height() + std::max(row, 1) * shown + 2);
    m_more->setText(tr("and %1 more partitions")
                        .arg(countText(live.partitions - std::min(live.partitions, kPartitionsShown))));
}

void StandingBox::fill(QTreeWidgetItem& row, const PartitionMetrics& partition, double share) {
    const LiveState state = liveStateOf(partition);
    row.setText(kStandingName, shownText(QString::fromStdString(partition.name)));
    row.setText(kStandingPlace, shownText(QString::fromStdString(partition.position)));
    row.setText(kStandingLag, !partition.lag                                     ? QStringLiteral("–")
                              : partition.unit == PartitionProgress::Unit::Bytes ? sizeText(*partition.lag)
                                                                                 : countText(*partition.lag));
    row.setData(kStandingLag, kShareRole, share);
    row.setText(kStandingState, translated(liveWord(state)));
    row.setForeground(kStandingState, standingColor(state, Theme::of(this).tokens()));
    QStringList tip{translated(partitionText(partition)),
                    tr("Watermark: %1")
                        .arg(partition.watermark == kMinTimestamp || partition.watermark == kMaxTimestamp
                                 ? QStringLiteral("–")
                                 : eventTimeText(partition.watermark))};
    if (!partition.reason.empty()) tip << translated(partition.reason);
    for (int column = 0; column < kStandingColumns; ++column)
        row.setToolTip(column, shownLines(tip.join(QLatin1Char('\n')), kTipLength));
}

void StandingBox::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refresh();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
