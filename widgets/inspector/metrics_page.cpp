#include "widgets/inspector/metrics_page.h"

#include <QDateTime>
#include <QEvent>
#include <QHeaderView>
#include <QRegularExpression>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <algorithm>
#include <optional>

#include "core/data/text.h"
#include "core/diagnose/null_rows.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/live_text.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kFramesPerFigures = 10;

QString instantText(Instant at) {
    if (at == kMinTimestamp) return QStringLiteral("–");
    if (at == kMaxTimestamp) return MetricsPage::tr("end of input");
    std::string text;
    appendTimestamp(text, at);
    return QString::fromStdString(text) + QStringLiteral(" UTC");
}

/// A long name may be parted behind its signs, as at spaces.
QString parted(QString name) {
    static const QRegularExpression signs(QStringLiteral("([_=.,/-])(?=\\S)"));
    return name.replace(signs, QStringLiteral("\\1\u200B"));
}

/// Parted at its spaces and signs, and within a word that is wider than a line: a tree would cut it.
QString inLines(const QString& text, const QFont& font, int width) {
    QTextOption wrapped;
    wrapped.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(wrapped);
    layout.beginLayout();
    QStringList lines;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        lines << text.mid(line.textStart(), line.textLength());
    }
    layout.endLayout();
    return lines.join(QChar(QChar::LineSeparator));
}

/// A tree asks how high a row is as if nothing in it was wrapped.
class WrappedNames final : public QStyledItemDelegate {
 public:
    explicit WrappedNames(QTreeWidget& tree) : QStyledItemDelegate(&tree), m_tree(tree) {}
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem asked = option;
        const bool spans = m_tree.isFirstColumnSpanned(index.row(), index.parent());
        const int room = spans ? m_tree.viewport()->width() : m_tree.columnWidth(index.column());
        if (index.column() == 0 && room > 0) asked.rect = QRect(0, 0, room, 1);
        return QStyledItemDelegate::sizeHint(asked, index);
    }

 protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        const int margin = m_tree.style()->pixelMetric(QStyle::PM_FocusFrameHMargin, option, &m_tree) + 1;
        const int width = option->rect.width() - 2 * margin;
        if (index.column() == 0 && width > 0) option->text = inLines(option->text, option->font, width);
    }

 private:
    const QTreeWidget& m_tree;
};

}  // namespace

MetricsPage::MetricsPage(RunSession& session, QWidget* parent) : QTreeWidget(parent), m_session(session) {
    setColumnCount(2);
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setWordWrap(true);
    setItemDelegate(new WrappedNames(*this));
    setSelectionMode(QAbstractItemView::NoSelection);
    // The names give way and are wrapped: a figure that is cut would be another one.
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(metrics::kMinimumTarget);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    connect(header(), &QHeaderView::sectionResized, this, [this] { scheduleDelayedItemsLayout(); });
    connect(&session, &RunSession::updated, this, [this] {
        if (!m_session.shownRun().updatesOften() || m_frames++ % kFramesPerFigures == 0) refresh();
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
        const QString why = m_session.shownRun().lacks(RunAbility::Figures);
        auto* none = new QTreeWidgetItem(this, {why.isEmpty() ? tr("No figures of this node yet") : why});
        none->setForeground(0, Theme::of(this).tokens().dim);
        return none->setFirstColumnSpanned(true);
    }
    if (topLevelItemCount() == 1) clear();
    int row = 0;
    showFigures(*live, row);
    showLive(live->metrics, row);
    showHold(row);
    showSpread(live->metrics, row);
    showFindings(row);
    while (topLevelItemCount() > row) delete takeTopLevelItem(row);
    // The tree keeps the height that a row had with other words, or in another width.
    scheduleDelayedItemsLayout();
}

void MetricsPage::showFigures(const LiveNode& live, int& row) {
    const NodeMetrics& metrics = live.metrics;
    const KnownFigures& known = live.known;
    const bool all = m_session.shownRun().has(RunAbility::AllFigures);
    const auto figure = [&](bool told, const QString& name, const QString& value, const QString& tip = {}) {
        showFigure(row++, name, told ? value : QStringLiteral("–"), told ? tip : untold());
    };
    figure(known.in, tr("Rows in"), countText(metrics.rowsIn));
    figure(known.out, tr("Rows out"), countText(metrics.rowsOut));
    figure(tellsRate(m_session, known.in, live.in), tr("Rate in"), rateText(live.in.perSecond()));
    figure(tellsRate(m_session, known.out, live.out), tr("Rate out"), rateText(live.out.perSecond()));
    figure(known.watermark, tr("Watermark"), instantText(metrics.watermark));
    for (std::size_t port = 0; metrics.inputWatermarks.size() > 1 && port < metrics.inputWatermarks.size();
         ++port) {
        showFigure(row++, tr("Watermark of input %1").arg(port + 1),
                   instantText(metrics.inputWatermarks[port]));
    }
    const QString late = countText(metrics.late);
    figure(
        known.late, tr("Late rows"), known.lateAtLeast ? tr("at least %1").arg(late) : late,
        known.lateAtLeast ? tr("Spark counts what its operators drop: there may be more rows") : QString());
    figure(all, tr("Longest delay"), metrics.late > 0 ? ageText(metrics.largestLateBy) : QStringLiteral("–"));
    figure(known.rejected, tr("Rejected rows"), countText(metrics.rejected));
    if (metrics.nullDropped > 0) {
        showFigure(row++, tr("Dropped as NULL"), countText(metrics.nullDropped),
                   translated(nullRowsText(metrics.nullDropped)));
    }
    figure(all, tr("Waiting rows"), countText(metrics.queuedRows));
    const bool now = !showsOldFigures(m_session);
    figure(known.backpressure && now, tr("Backpressure"), shareText(live.backpressure));
    figure(all, tr("Queue full"), metrics.queueLimit > 0 ? shareText(metrics.full) : QStringLiteral("–"));
    figure(known.busy && now, tr("Works"), shareText(metrics.busy),
           tr("Share of the last second, of its busiest task"));
    figure(all, tr("Busy"), tookText(metrics.busySeconds));
    const bool inFiles = metrics.stateSpilled > 0;
    figure(known.state, tr("State"), sizeText(metrics.stateBytes), inFiles ? tr("In memory") : QString());
    if (inFiles) {
        showFigure(row++, tr("State in files"), sizeText(metrics.stateSpilled),
                   tr("Beyond the state memory of the run; it is read again when it is needed"));
    }
    if (metrics.stateHitRate) {
        showFigure(
            row++, tr("Found in memory"), shareText(*metrics.stateHitRate),
            tr("Share of the rows of the last second whose key was in memory; others were looked up in "
               "files"));
    }
    figure(all, tr("Keys in state"), countText(metrics.stateKeys),
           inFiles ? tr("A key counts in memory and in each file that it is in") : QString());
    if (metrics.progress.kept > 0) {
        showFigure(row++, tr("Journal"), sizeText(metrics.progress.kept),
                   tr("On disk, until no checkpoint that is kept needs it"));
    }
    if (metrics.progress.lost > 0) {
        showFigure(row++, tr("Lost messages"), countText(metrics.progress.lost),
                   tr("They came and could not be taken, as far as that is known"));
    }
    if (!all) showRemark(row++, untold());
}

QString MetricsPage::untold() const {
    return QStringLiteral("–: ") + m_session.shownRun().lacks(RunAbility::AllFigures);
}

void MetricsPage::showLive(const NodeMetrics& metrics, int& row) {
    const Guarantee& guarantee = metrics.guarantee;
    if (const QString words = guaranteeWordsOf(m_session.runningPipeline(), guarantee); !words.isEmpty())
        showFigure(row++, tr("Guarantee"), words, translated(guaranteeText(guarantee)));
    const std::optional<LiveSummary> live = liveSummary(metrics);
    if (!live) return;
    const Instant now = QDateTime::currentMSecsSinceEpoch();
    const Text more = liveText(*live, now);
    showFigure(row++, tr("State to the outside"), translated(liveWords(*live)),
               more.empty() ? QString() : shownLines(translated(more), kTipLength));
    if (live->worst.nextTry != 0) {
        constexpr Millis kSoon = 1'000;
        const Millis left = live->worst.nextTry - now;
        showFigure(row++, tr("Next try"), left < kSoon ? tr("now") : tr("in %1").arg(wholeAgeText(left)));
    }
    if (live->lag) showFigure(row++, tr("Lag"), lagWords(*live));
    const std::vector<const PartitionMetrics*> sorted = worstFirst(metrics.partitions);
    for (std::size_t i = 0; i < std::min(sorted.size(), kPartitionsShown); ++i)
        showPartition(*sorted[i], row);
    if (sorted.size() > kPartitionsShown)
        showRemark(row++, tr("and %1 more partitions").arg(countText(sorted.size() - kPartitionsShown)));
}

void MetricsPage::showPartition(const PartitionMetrics& partition, int& row) {
    const QString name = tr("Partition %1").arg(shownText(QString::fromStdString(partition.name)));
    const QString word = translated(liveWord(liveStateOf(partition)));
    const QString value =
        partition.lag ? tr("%1, lag %2").arg(word, translated(lagText(*partition.lag, partition.unit)))
                      : word;
    QStringList tip{translated(partitionText(partition)),
                    tr("Watermark: %1").arg(instantText(partition.watermark))};
    if (partition.since != 0) tip << tr("%1 since %2").arg(word, instantText(partition.since));
    if (!partition.reason.empty()) tip << translated(partition.reason);
    showFigure(row++, parted(name), value, shownLines(tip.join(QLatin1Char('\n')), kTipLength));
}

// The tip has the whole of a user's words.
void MetricsPage::showHold(int& row) {
    const std::optional<WatermarkHold> hold = m_session.watermarkHold(m_node);
    if (!hold || !m_session.isActive()) return;
    const QString tip = translated(holdText(*hold));
    if (hold->way.empty() && hold->partition.empty()) return showHeldBack(*hold, row);
    showFigure(row++, tr("Waits for %1, behind by").arg(shownText(translated(holderText(*hold)))),
               hold->behind > 0 ? ageText(hold->behind) : QStringLiteral("–"), tip);
    if (hold->since > 0) showFigure(row++, tr("Its watermark rose at"), instantText(hold->since), tip);
}

// A source waits for nobody: the row says who waits for it, until a finding does.
void MetricsPage::showHeldBack(const WatermarkHold& hold, int& row) {
    const QString tip = translated(holdText(hold));
    const auto& findings = m_session.findings().of(m_node);
    const bool told = std::any_of(findings.begin(), findings.end(), [](const Finding* finding) {
        return finding->reason == Finding::Reason::HoldsOthers;
    });
    const std::vector<NodeId> held = m_session.findings().heldBackBy(m_session.snapshot(), m_node);
    const Node* first = held.empty() ? nullptr : m_session.runningPipeline().find(held.front());
    const auto behind = first == nullptr ? std::nullopt : m_session.watermarkHold(first->id);
    if (behind && !told) {
        const QString title = titleOf(*first);
        const QString name =
            held.size() == 1
                ? tr("Holds back “%1”, behind by").arg(title)
                : tr("Holds back “%1” and %2 more, behind by").arg(title, countText(held.size() - 1));
        showFigure(row++, name, behind->behind > 0 ? ageText(behind->behind) : QStringLiteral("–"), tip);
    }
    if (hold.since > 0) showFigure(row++, tr("Its watermark rose at"), instantText(hold.since), tip);
}

void MetricsPage::showSpread(const NodeMetrics& metrics, int& row) {
    if (metrics.skew == 0) return;
    showFigure(row++, tr("Skew"), roundedText(metrics.skew),
               tr("Rows of the task that gets most, by the mean of all %1").arg(metrics.instanceRows.size()));
    for (const HeavyKey& key : metrics.heavyKeys) {
        const QString name = tr("Key %1").arg(shownText(QString::fromStdString(key.key)));
        showFigure(row++, parted(name), shareText(key.share), name);
    }
}

void MetricsPage::showFindings(int& row) {
    for (const Finding* finding : m_session.findings().of(m_node)) {
        if (finding->notice()) continue;  // there is a figure for it
        QTreeWidgetItem* item = showRemark(row++, shownText(translated(finding->summary)));
        if (!finding->waiting()) item->setForeground(0, Theme::of(this).tokens().warn.text);
        item->setToolTip(0, shownLines(translated(finding->issue.message) + QLatin1Char('\n') +
                                           translated(finding->issue.fix),
                                       kTipLength));
    }
}

QTreeWidgetItem* MetricsPage::showRemark(int place, const QString& words) {
    QTreeWidgetItem* row = rowAt(place);
    row->setFirstColumnSpanned(true);
    row->setForeground(0, Theme::of(this).tokens().dim);
    row->setText(0, words);
    row->setText(1, {});
    row->setToolTip(0, {});
    return row;
}

void MetricsPage::showFigure(int place, const QString& name, const QString& value, const QString& tip) {
    QTreeWidgetItem* row = rowAt(place);
    row->setFirstColumnSpanned(false);
    row->setForeground(0, Theme::of(this).tokens().dim);
    row->setText(0, name);
    row->setText(1, value);
    row->setToolTip(0, tip.isEmpty() ? name : tip);
    row->setToolTip(1, tip);
}

QTreeWidgetItem* MetricsPage::rowAt(int place) {
    if (QTreeWidgetItem* row = topLevelItem(place)) return row;
    auto* row = new QTreeWidgetItem(this);
    row->setFont(1, Theme::of(this).font(TextStyle::Code));
    row->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    return row;
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
