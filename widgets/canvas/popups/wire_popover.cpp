#include "widgets/canvas/popups/wire_popover.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include "core/data/text.h"
#include "widgets/canvas/cards/card_state.h"
#include "widgets/canvas/popups/place_popup.h"
#include "widgets/charts/recent_rows.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kRows = 3, kColumns = 5;
constexpr qsizetype kCellWidth = 24, kTitleWidth = 40;  // characters

QString cell(const QString& text, bool head) {
    return QStringLiteral("<td style='padding-right:14px;%1'>%2</td>")
        .arg(head ? QStringLiteral("color:") + Theme::of().tokens().dim.name() : QString(),
             shownText(text, kCellWidth).toHtmlEscaped().replace(QLatin1Char(' '), QStringLiteral("&nbsp;")));
}

QString tableText(const std::vector<QString>& head, const std::vector<std::vector<QString>>& rows) {
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='1'><tr>");
    for (const QString& name : head) html += cell(name, true);
    html += QStringLiteral("</tr>");
    for (const auto& row : rows) {
        html += QStringLiteral("<tr>");
        for (const QString& value : row) html += cell(value, false);
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

}  // namespace

WirePopover::WirePopover(CanvasView& view, QWidget* parent)
    : QFrame(parent),
      m_view(view),
      m_title(new QLabel(this)),
      m_kind(new QLabel(this)),
      m_rows(new QLabel(this)),
      m_watermark(new QLabel(this)),
      m_behind(new QLabel(this)),
      m_pressure(new QLabel(this)),
      m_refreshing(*this, 250) {
    setObjectName(QStringLiteral("wire_popover"));
    setProperty("surface", "popover");
    setFocusPolicy(Qt::ClickFocus);
    m_title->setProperty("role", "section");
    m_kind->setProperty("role", "caption");
    m_rows->setProperty("role", "code");
    m_rows->setTextFormat(Qt::RichText);
    m_watermark->setProperty("role", "code");
    m_behind->setProperty("role", "caption");
    m_pressure->setProperty("role", "warn");
    const auto row = [](QLabel* left, QLabel* right) {
        auto* layout = new QHBoxLayout;
        layout->setSpacing(metrics::kColumnGap);
        layout->addWidget(left);
        layout->addStretch();
        layout->addWidget(right);
        return layout;
    };
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::kListPadding, metrics::kGrid, metrics::kListPadding, metrics::kGrid);
    layout->setSpacing(metrics::kListPadding);
    layout->addLayout(row(m_title, m_kind));
    layout->addWidget(m_rows);
    layout->addLayout(row(m_watermark, m_behind));
    layout->addWidget(m_pressure);
    m_resting.setSingleShot(true);
    m_resting.setInterval(300);
    m_leaving.setSingleShot(true);
    m_leaving.setInterval(250);
    connect(&m_resting, &QTimer::timeout, this, [this] {
        const Wire* wire = m_view.canvas().hover().item.wire();
        if (wire != nullptr && !m_view.isToolActive()) openFor(*wire, false);
    });
    connect(&m_leaving, &QTimer::timeout, this, [this] {
        if (!m_pinned && !underMouse()) hide();
    });
    connect(&m_refreshing, &Ticker::ticked, this, [this] {
        refresh();
        followRun();
    });
    connect(&view.canvas(), &CanvasScene::hoverChanged, this, &WirePopover::follow);
    connect(&view, &CanvasView::viewChanged, this, &QWidget::hide);
    connect(&view.canvas().document(), &PipelineDocument::changed, this, &QWidget::hide);
    const RunSession& session = view.canvas().session();
    connect(&session, &RunSession::runReplaced, this, [this] { m_tap.reset(); });
    connect(&session, &RunSession::stateChanged, this, &WirePopover::followRun);
    const auto refreshStill = [this] {
        if (m_refreshing.isSeen() && !m_refreshing.isTicking()) refresh();
    };
    connect(&session, &RunSession::updated, this, refreshStill);
    connect(&view.canvas().document(), &PipelineDocument::validatedChanged, this, refreshStill);
    hide();
}

// Rows pass while the run goes on; of one that stands, the last figures come with its updates.
void WirePopover::followRun() {
    using State = RunSession::State;
    const State state = m_view.canvas().session().state();
    const bool moves = state == State::Starting || state == State::Running || state == State::Stopping;
    const bool moved = m_refreshing.isTicking();
    m_refreshing.setNeeded(moves);
    if (moved && !moves) refresh();
}

void WirePopover::follow() {
    const Wire* wire = m_view.canvas().hover().item.wire();
    if (wire != nullptr && !(isVisible() && *wire == m_wire)) m_resting.start();
    if (wire != nullptr) return;
    m_resting.stop();
    if (isVisible()) m_leaving.start();
}

void WirePopover::openFor(const Wire& wire, bool byKeyboard) {
    if (m_view.canvas().wire(wire) == nullptr) return;
    m_wire = wire;
    m_pinned = byKeyboard;
    m_tap.reset();
    refresh();
    place();
    show();
    followRun();
    if (byKeyboard) setFocus(Qt::PopupFocusReason);
}

// However it is hidden: the keyboard goes back to where it was opened, not to the next widget.
void WirePopover::hideEvent(QHideEvent* event) {
    if (hasFocus()) m_view.setFocus(Qt::PopupFocusReason);
    m_tap.reset();
    m_pinned = false;
    QFrame::hideEvent(event);
}

void WirePopover::leaveEvent(QEvent*) {
    m_leaving.start();
}

void WirePopover::mousePressEvent(QMouseEvent*) {
    m_pinned = true;
}

void WirePopover::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape && event->key() != Qt::Key_Space) return QFrame::keyPressEvent(event);
    hide();
}

void WirePopover::refresh() {
    CanvasScene& scene = m_view.canvas();
    if (!m_tap) m_tap = scene.session().tap(m_wire.from);
    const Pipeline& pipeline = scene.document().pipeline();
    const auto end = [&](const PortRef& port) {
        return shownText(titleOf(pipeline, port.node), kTitleWidth);
    };
    m_title->setText(tr("%1 → %2").arg(end(m_wire.from), end(m_wire.to)));
    const StreamType* stream = scene.document().streamAt(m_wire.from);
    m_kind->setText(stream != nullptr && stream->updating ? tr("updating stream") : tr("row stream"));
    fillRows();
    fillFoot();
    setAccessibleName(m_title->text());
    layout()->activate();
    const QSize wanted = sizeHint();
    if (isVisible() && (wanted.height() != height() || wanted.width() > width())) place();
}

// Lines between the parts, and the ground of the last one when it speaks of backpressure.
void WirePopover::paintEvent(QPaintEvent* event) {
    QFrame::paintEvent(event);
    const Tokens& tokens = Theme::of().tokens();
    QPainter painter(this);
    if (!m_pressure->isHidden()) {
        const int top = m_pressure->geometry().top() - 7;
        painter.fillRect(QRect(1, top, width() - 2, height() - top - 3), tokens.warn.tint);
    }
    for (const QLabel* label : {m_title, m_rows, m_watermark}) {
        if (label == m_watermark && m_pressure->isHidden()) continue;
        painter.fillRect(QRect(1, label->geometry().bottom() + 7, width() - 2, 1), tokens.line);
    }
}

// Without rows: the columns that will come.
void WirePopover::fillRows() {
    const RecentRows recent = m_tap ? recentRows(m_tap->recent(), kRows, kColumns) : RecentRows{};
    if (!recent.rows.empty()) {
        m_rows->setText(tableText(recent.columns, recent.rows));
        return;
    }
    const StreamType* stream = m_view.canvas().document().streamAt(m_wire.from);
    if (stream == nullptr) {
        m_rows->setText(tr("Columns are not known yet."));
        return;
    }
    std::vector<std::vector<QString>> rows;
    for (const Field& field : stream->schema->fields) {
        rows.push_back({QString::fromStdString(field.name), QString::fromStdString(toString(field.type))});
    }
    m_rows->setText(tableText({tr("column"), tr("type")}, rows));
}

void WirePopover::fillFoot() {
    const RunSession& session = m_view.canvas().session();
    const LiveNode* from = session.snapshot().node(m_wire.from.node);
    const LiveWire* live = session.isActive() ? session.snapshot().wire(m_wire) : nullptr;
    const bool running = session.isActive() && from != nullptr;
    const Instant watermark = running ? from->metrics.watermark : kMinTimestamp;
    const bool told = !running || from->known.watermark;
    const bool known = told && watermark != kMinTimestamp && watermark != kMaxTimestamp;
    std::string text;
    if (known) appendTimestamp(text, watermark);
    const ShownRun run = session.shownRun();
    const QString why = run.lacks(told ? RunAbility::Rows : RunAbility::Watermarks);
    m_watermark->setText(known                ? tr("Watermark %1").arg(QString::fromStdString(text).mid(11))
                         : !told              ? why
                         : session.isActive() ? tr("No watermark yet")
                         : why.isEmpty()      ? tr("Run again to see rows")
                                              : why);
    const QString age = watermarkAge(watermark, ageClock(session));
    const bool aged = known && age != QStringLiteral("–") && !showsOldFigures(session);
    m_behind->setText(aged ? tr("%1 behind").arg(age) : QString());
    const bool pressed =
        live != nullptr && live->metrics.backpressure >= kBackpressureSeen && !showsOldFigures(session);
    m_pressure->setVisible(pressed);
    if (pressed) {
        const QString share = shareText(live->metrics.backpressure);
        m_pressure->setText(
            !run.has(RunAbility::AllFigures)
                ? tr("Backpressure %1").arg(share)
                : tr("Backpressure %1    queue %2 / %3")
                      .arg(share, countText(live->metrics.queuedRows), countText(live->metrics.queueLimit)));
    }
}

// Below or above the middle of the wire, clear of the pointer and, where there is room, of the cards at its
// ends.
void WirePopover::place() {
    constexpr int kGap = 24;
    CanvasScene& scene = m_view.canvas();
    const WireItem* item = scene.wire(m_wire);
    if (item == nullptr) return;
    const auto toParent = [this](const QRectF& rect) {
        const QRect inView = m_view.mapFromScene(rect).boundingRect();
        return QRect(m_view.mapTo(parentWidget(), inView.topLeft()), inView.size());
    };
    const QPoint middle = m_view.mapTo(parentWidget(), m_view.mapFromScene(item->course().middle()));
    const QRect ends = toParent(scene.rectOf({m_wire.from.node, m_wire.to.node}));
    const QRect from = toParent(scene.rectOf({m_wire.from.node})),
                to = toParent(scene.rectOf({m_wire.to.node}));
    adjustSize();
    QRect place(QPoint(middle.x() - width() / 2, 0), size());
    const QRect room = parentWidget()->rect().adjusted(8, 8, -8, -8);
    for (const int top : {middle.y() + kGap, middle.y() - kGap - height(), ends.bottom() + kGap / 2,
                          ends.top() - kGap / 2 - height()}) {
        place.moveTop(top);
        if (room.contains(place) && !place.intersects(from) && !place.intersects(to)) {
            move(place.topLeft());
            raise();
            return;
        }
    }
    placePopup(*this, middle - QPoint(width() / 2, 0), kGap);
}

}  // namespace rw::ui
