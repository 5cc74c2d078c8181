#include "widgets/charts/chart_card.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <typeinfo>

#include "core/base/figures.h"
#include "widgets/charts/alert_chip.h"
#include "widgets/charts/alert_strips.h"
#include "widgets/charts/cards/row_count.h"
#include "widgets/charts/chart_kinds.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/lost_rows_chip.h"
#include "widgets/charts/stepped_chip.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/session/words/empty_reason.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {
constexpr int kFramesPerLook = 5, kTableMillis = 1000, kTitleWidth = 240;
constexpr int kLeastForButtons = 300, kLeastForTwoChips = 420;  ///< pixels, of a card's width
}  // namespace

ChartCard::ChartCard(const NodeId& node, PipelineDocument& document, RunSession& session,
                     ChartScheduler& scheduler, bool large, QWidget* parent)
    : QFrame(parent),
      m_node(node),
      m_document(document),
      m_session(session),
      m_scheduler(scheduler),
      m_head(new QWidget),
      m_title(new ElidedLabel),
      m_subtitle(new ElidedLabel),
      m_count(new RowCount),
      m_span(new Chip({})),
      m_stepped(new SteppedChip),
      m_lost(new LostRowsChip),
      m_alert(new AlertChip),
      m_still(new QLabel),
      m_frozen(new QLabel),
      m_freeze(new IconButton(QStringLiteral("freeze"), {})),
      m_asTable(new IconButton(QStringLiteral("table"), {})),
      m_export(new IconButton(QStringLiteral("download"), {})),
      m_body(new QStackedLayout),
      m_nothing(new EmptyState),
      m_table(new DataTable) {
    setProperty("surface", large ? "panel" : "card");
    setAttribute(Qt::WA_StyledBackground);
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    buildHead(large);
    column->addWidget(m_head);
    auto* body = new QWidget;
    body->setLayout(m_body);
    m_body->addWidget(m_nothing);
    m_body->addWidget(m_table);
    column->addWidget(body, 1);
    connect(&m_session, &RunSession::runReplaced, this, [this] {
        m_otherRun = true;
        catchUp();
    });
    const auto hear = [this] {
        m_behind = true;
        catchUp();
    };
    connect(&m_session, &RunSession::stateChanged, this, hear);
    connect(&m_document.portability(), &PortabilityCheck::engineChanged, this, hear);
    connect(&m_session, &RunSession::updated, this, [this] {
        // A run that is paused tells of itself for as long as it stands.
        if (isVisible() && m_chart && (m_chart->isStale() || m_session.state() != RunSession::State::Paused))
            m_scheduler.look();
        const bool pause = m_session.shownRun().updatesOften() && m_frames++ % kFramesPerLook != 0;
        if (pause || !isVisible()) return;
        refreshTexts();
        refreshTable();
    });
    connect(&m_session.alerts(), &AlertFeed::changed, this, hear);
    connect(&m_document, &PipelineDocument::changed, this, hear);
    connect(&m_document, &PipelineDocument::validatedChanged, this, hear);
    connect(m_nothing, &EmptyState::actionTriggered, &m_session, &RunSession::startOrRefuse);
    attachView();
}

ChartCard::~ChartCard() {
    // A chart that goes lets go of its choice, which tells all cards; this one is none any more by then.
    if (m_filter) disconnect(m_filter, nullptr, this, nullptr);
}

void ChartCard::buildHead(bool large) {
    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(metrics::kListPadding, metrics::kStep, metrics::kStep, metrics::kStep);
    row->setSpacing(metrics::kGrid);
    m_title->setProperty("role", "strong");
    m_subtitle->setProperty("role", "caption");
    m_subtitle->setElideMode(Qt::ElideRight);  // gives way to the title
    m_frozen->setProperty("role", "warn");
    m_still->setObjectName(QStringLiteral("standstill"));
    m_still->hide();
    row->addWidget(m_title);
    row->addWidget(m_subtitle, 1);
    const std::initializer_list<QWidget*> behind{m_count, m_span,   m_stepped, m_lost,    m_alert,
                                                 m_still, m_frozen, m_freeze,  m_asTable, m_export};
    for (QWidget* each : behind) row->addWidget(each);
    connect(m_lost, &LostRowsChip::rowsRequested, this, &ChartCard::lostRowsRequested);
    connect(m_alert, &AlertChip::alertRequested, this, [this] { makeAlert(m_document, m_node); });
    m_freeze->setCheckable(true);
    m_asTable->setCheckable(true);
    connect(m_asTable, &QToolButton::toggled, this, &ChartCard::showTable);
    connect(m_freeze, &QToolButton::toggled, this, &ChartCard::setFrozen);
    const auto opens = [this](IconButton* button, void (ChartCard::*fill)(QMenu&)) {
        connect(button, &QToolButton::clicked, this, [this, button, fill] {
            const QWidget* below = button->isVisible() ? button : m_head;
            openMenu(fill, below->mapToGlobal(QPoint(0, below->height())));
        });
    };
    opens(m_export, &ChartCard::fillExports);
    if (large) return;
    m_enlarge = new IconButton(QStringLiteral("fit"), {});
    m_more = new IconButton(QStringLiteral("more"), {});
    row->addWidget(m_enlarge);
    row->addWidget(m_more);
    connect(m_enlarge, &QToolButton::clicked, this, [this] { Q_EMIT enlargeRequested(m_node); });
    opens(m_more, &ChartCard::fillCardMenu);
}

// On a small card the title needs the room more than buttons whose actions are in the menu, too.
void ChartCard::resizeEvent(QResizeEvent* event) {
    QFrame::resizeEvent(event);
    if (m_more) {
        const bool small = isSmall();
        for (IconButton* button : {m_freeze, m_asTable, m_export, m_enlarge}) button->setVisible(!small);
        m_lost->setShort(small);
        m_alert->setShort(small);
    }
    showSpan();
    placeTitle();
}

bool ChartCard::isSmall() const {
    return m_more != nullptr && width() < Theme::of(this).scaled(kLeastForButtons);
}

// Where two chips would leave no room to the title, that rows are missing matters more; on a small card the
// whole title does.
void ChartCard::showSpan() {
    const bool besideLost = m_lost->isHidden() || width() >= Theme::of(this).scaled(kLeastForTwoChips);
    m_alert->setWordless(!besideLost);
    const bool besideTitle = !isSmall() || roomOfTitle(true) >= wantedByTitle();
    m_span->setVisible(!m_span->text().isEmpty() && besideLost && besideTitle);
    showCount();
}

// The number of rows is the first to go: the title matters more.
void ChartCard::showCount() {
    const int takes = m_count->sizeHint().width() + m_head->layout()->spacing();
    const int room = roomOfTitle(!m_span->isHidden()) + (m_count->isHidden() ? 0 : takes);
    m_count->setRoom(!isSmall() && room - takes >= wantedByTitle());
}

// The rest of the head gives way to the title, but not the buttons: nothing lies over anything else.
void ChartCard::placeTitle() {
    m_title->setMinimumWidth(std::clamp(roomOfTitle(!m_span->isHidden()), 0, wantedByTitle()));
}

int ChartCard::wantedByTitle() const {
    return std::min(m_title->sizeHint().width(), Theme::of(this).scaled(kTitleWidth));
}

int ChartCard::roomOfTitle(bool besideSpan) const {
    const QLayout& row = *m_head->layout();
    const QMargins edges = row.contentsMargins();
    int room = width() - edges.left() - edges.right();
    for (int i = 0; i < row.count(); ++i) {
        const QWidget* part = row.itemAt(i)->widget();
        const bool gone = part == m_span ? !besideSpan : part->isHidden();
        if (part == m_title || gone) continue;
        room -= row.spacing() + std::max(part->minimumWidth(), part->minimumSizeHint().width());
    }
    return room;
}

int ChartCard::headHeight() const {
    return m_head->height();
}

// A hidden card keeps the signals for later.
void ChartCard::catchUp() {
    if (!isVisible()) return;
    const bool behind = std::exchange(m_behind, false);
    if (std::exchange(m_otherRun, false)) {
        attachView();
    } else if (behind) {
        refreshTexts();
    }
}

void ChartCard::showEvent(QShowEvent* event) {
    QFrame::showEvent(event);
    catchUp();
}

void ChartCard::attachView() {
    const std::shared_ptr<LiveView> view = m_session.view(m_node);
    const auto drop = [this] {
        setFocusProxy(nullptr);
        delete std::exchange(m_chart, nullptr);
    };
    // While the card was hidden another document's node of this id may have come, which is another chart.
    const LiveView* shown = m_chart ? m_chart->view() : nullptr;
    const LiveView* next = view.get();
    if (shown && next && typeid(*shown) != typeid(*next)) drop();
    if (view && !m_chart) {
        m_chart = makeChart(*view).release();
        if (m_chart) {
            m_body->addWidget(m_chart);
            m_scheduler.add(m_chart);
            if (m_times) m_chart->share(*m_times);
            if (m_filter) m_chart->share(*m_filter);
            m_chart->setProvisional(m_provisional);
            connect(m_chart, &ChartWidget::drawn, this, [this] {
                if (m_blank != m_chart->whyBlank()) choosePage();
            });
            connect(m_chart, &ChartWidget::frozenChanged, this, &ChartCard::refreshFreeze);
            setFocusProxy(m_chart);
        }
    }
    if (m_chart && view) m_chart->setView(view);
    if (m_chart && !view) drop();  // its run is gone: another document's, or one without this chart
    refreshTexts();
    refreshFreeze();
    Q_EMIT chartChanged();
}

void ChartCard::refreshTexts() {
    const Node* node = m_document.pipeline().find(m_node);
    if (!node) return;
    m_title->setText(titleOf(*node));
    m_subtitle->setText(translated(m_document.summary(m_node)));
    // A blank chart is not seen, and so not drawn by the scheduler.
    if (m_chart && !m_blank.isEmpty() && m_chart->isStale()) m_chart->refresh();
    choosePage();
    const QString span = m_chart && m_chart->hasRows() ? m_chart->shownSpan() : QString();
    if (m_span->text() != span) m_span->setText(span);
    if (m_chart) {
        m_chart->setRunGoesOn(m_session.isActive());
        m_chart->setTitle(m_title->text());
        m_chart->setAccessibleName(m_title->text());
    }
    m_stepped->refresh(m_session, m_node);
    m_lost->refresh(m_document, m_session, m_node);
    refreshCounts();
    m_alert->refresh(m_document, m_session, m_node);
    refreshStandstill();
    refreshFreeze();
    showSpan();
    placeTitle();
}

// A screen reader hears of them with the picture, also where there is no room for the number.
void ChartCard::refreshCounts() {
    m_count->refresh(m_chart);
    if (!m_chart) return;
    QStringList said;
    if (!m_count->words().isEmpty()) said << m_count->words();
    if (!m_lost->isHidden()) said << m_lost->words();
    m_chart->setRowWords(said.join(QStringLiteral(" · ")));
}

void ChartCard::refreshStandstill() {
    const StandstillText still =
        m_chart && m_chart->hasRows() ? standstillText(m_session, m_node) : StandstillText{};
    if (m_still->text() != still.words) m_still->setText(still.words);
    const char* const role = still.why.isEmpty() ? "caption" : "warn";
    if (m_still->property("role") != QVariant(role)) {
        m_still->setProperty("role", role);
        Theme::repolish(m_still);
    }
    m_still->setToolTip(wrappedLines(still.why));
    m_still->setAccessibleDescription(still.why);
    m_still->setVisible(!still.words.isEmpty());
}

// Quietly: the title is dim, and tells why.
void ChartCard::refreshFilter() {
    const QString why = m_chart ? m_chart->outsideFilter() : QString();
    const char* const role = why.isEmpty() ? "strong" : "strong-dim";
    if (m_title->property("role") != QVariant(role)) {
        m_title->setProperty("role", role);
        Theme::repolish(m_title);
        Q_EMIT chartChanged();
    }
    m_title->setToolTip(why.isEmpty() ? QString() : wrappedLines(m_title->text() + QLatin1Char('\n') + why));
    m_title->setAccessibleDescription(why);
}

// A picture that is held keeps them, too.
void ChartCard::refreshStates() {
    if (m_chart && !m_chart->isFrozen())
        m_chart->setStates(alertStrips(m_document, m_session.alerts(), m_node));
}

void ChartCard::refreshFreeze() {
    refreshStates();
    refreshFilter();
    const bool frozen = m_chart && m_chart->isFrozen();
    m_freeze->setEnabled(m_chart != nullptr);
    m_export->setEnabled(m_chart != nullptr);
    m_asTable->setEnabled(m_chart != nullptr);
    m_asTable->setLabel(m_asTable->isChecked() ? tr("Show the chart (Alt+T)")
                                               : tr("Show the values as a table (Alt+T)"));
    const QSignalBlocker quiet(m_freeze);
    m_freeze->setChecked(frozen);
    m_freeze->setLabel(frozen ? tr("Go on showing new data (F)")
                              : tr("Hold the picture while data go on (F)"));
    m_frozen->setText(
        frozen ? translated(figures::counted(m_chart->rowsSinceFreeze(), RW_TEXT("chart", "+ 1 row"),
                                             RW_TEXT("chart", "+ %1 rows")))
               : QString());
    m_export->setLabel(tr("Export the visible range (Ctrl+Shift+E)"));
    if (m_enlarge) m_enlarge->setLabel(tr("Show this chart large"));
    if (m_more) m_more->setLabel(tr("Show the menu of this card"));
}

void ChartCard::setFrozen(bool frozen) {
    if (m_chart) m_chart->setFrozen(frozen);
}

void ChartCard::share(SharedTimes& times) {
    m_times = &times;
    if (m_chart) m_chart->share(times);
}

void ChartCard::share(SharedFilter& filter) {
    m_filter = &filter;
    if (m_chart) m_chart->share(filter);
    connect(&filter, &SharedFilter::changed, this, [this] {
        if (m_chart) m_chart->drawAnew();  // perhaps before the chart heard of it
        if (isVisible()) refreshTexts();
    });
}

void ChartCard::setProvisional(Provisional how) {
    m_provisional = how;
    if (!m_chart) return;
    m_chart->setProvisional(how);
    refreshTexts();
}

void ChartCard::showTable(bool on) {
    if (!m_chart) return;
    choosePage();
    if (on) m_tableAge.invalidate();
    refreshTable();
    refreshFreeze();
    m_body->currentWidget()->setFocus();
}

// Words stand where there is nothing to draw yet.
void ChartCard::choosePage() {
    m_blank = m_chart ? m_chart->whyBlank() : QString();
    if (!m_blank.isEmpty()) {
        m_nothing->set(QStringLiteral("filter-chip"), m_blank, {});
        return m_body->setCurrentWidget(m_nothing);
    }
    if (m_chart && m_chart->hasRows()) {
        m_body->setCurrentWidget(m_asTable->isChecked() ? static_cast<QWidget*>(m_table) : m_chart);
        return;
    }
    const NodeKind* kind = m_document.kindOf(m_node);
    const bool known = kind != nullptr && !kind->palette.empty();
    m_nothing->set(known ? QString::fromStdString(kind->palette.front().icon) : QStringLiteral("dashboard"),
                   emptyReason(m_session, m_node), {}, m_session.mayStart() ? tr("Run") : QString());
    m_body->setCurrentWidget(m_nothing);
}

// A table that changes more often than this can't be read. The chart behind it is hidden, so that nothing
// else makes it take the new rows.
void ChartCard::refreshTable() {
    if (!m_chart || !m_asTable->isChecked() || (m_tableAge.isValid() && m_tableAge.elapsed() < kTableMillis))
        return;
    m_tableAge.start();
    if (m_chart->isStale()) m_chart->refresh();
    m_table->set(m_chart->table());
}

void ChartCard::keyPressEvent(QKeyEvent* event) {
    const bool exporting =
        event->key() == Qt::Key_E && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    if (event->key() == Qt::Key_F && event->modifiers() == Qt::NoModifier) {
        setFrozen(m_chart && !m_chart->isFrozen());
    } else if (event->key() == Qt::Key_T && event->modifiers() == Qt::AltModifier) {
        if (m_asTable->isEnabled()) m_asTable->toggle();
    } else if (exporting && m_export->isEnabled()) {
        m_export->click();
    } else if (event->key() == Qt::Key_Return && m_enlarge) {
        Q_EMIT enlargeRequested(m_node);
    } else {
        QFrame::keyPressEvent(event);
    }
}

void ChartCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refreshTexts();
    QFrame::changeEvent(event);
}

}  // namespace rw::ui
