#include "widgets/dashboard/dashboard.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <utility>

#include "widgets/charts/chart_card.h"
#include "widgets/dashboard/card_grid.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr PaneFacts kFacts{
    .id = "dashboard", .icon = "dashboard", .shortcut = "Ctrl+2", .place = 2, .help = "dashboard"};
}

Dashboard::Dashboard(const PaneParts& parts)
    : Pane(kFacts),
      m_parts(parts),
      m_grid(new CardGrid(parts.document, parts.session, parts.charts)),
      m_nothing(new EmptyState),
      m_bar(new QWidget),
      m_scroll(new QScrollArea),
      m_words(new QLabel),
      m_freeze(new QPushButton),
      m_add(new QPushButton) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildBar();
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidget(m_grid);
    m_grid->followPage();
    m_grid->setProperty("surface", "canvas");
    m_grid->setAttribute(Qt::WA_StyledBackground);
    column->addWidget(m_bar);
    column->addWidget(m_nothing, 1);
    column->addWidget(m_scroll, 1);
    connect(m_grid, &CardGrid::enlargeRequested, this, &Dashboard::enlarge);
    connect(m_grid, &CardGrid::lostRowsRequested, this, &Dashboard::lostRowsRequested);
    connect(m_nothing, &EmptyState::actionTriggered, this, &Dashboard::addChart);
    connect(&parts.document, &PipelineDocument::changed, this, &Dashboard::onDocument);
    connect(&parts.session, &RunSession::runReplaced, this, &Dashboard::onNewRun);
    retranslate();
}

QString Dashboard::title() const {
    return tr("&Dashboard");
}

void Dashboard::buildBar() {
    m_bar->setProperty("surface", "panel2");
    m_bar->setProperty("edge", "bottom");
    m_bar->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(m_bar);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kGrid);
    m_freeze->setCheckable(true);
    m_freeze->setIcon(Theme::of(this).icon(u"freeze"));
    m_add->setIcon(Theme::of(this).icon(u"plus"));
    m_words->setProperty("role", "caption");
    row->addWidget(m_freeze);
    row->addWidget(m_words);
    row->addStretch();
    row->addWidget(m_add);
    connect(m_freeze, &QPushButton::toggled, m_grid, &CardGrid::setFrozen);
    connect(m_add, &QPushButton::clicked, this, &Dashboard::addChart);
}

void Dashboard::onActivated() {
    if (m_newRun) onNewRun();
    if (m_behind) refresh();
}

void Dashboard::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    if (change.kind == Kind::Reset || change.kind == Kind::NodesAdded || change.kind == Kind::NodesRemoved ||
        change.kind == Kind::CardsChanged) {
        refresh();
    }
}

// A new run shows itself.
void Dashboard::onNewRun() {
    m_newRun = !isOn();
    if (isOn()) m_freeze->setChecked(false);
}

void Dashboard::enlarge(const NodeId& chart) {
    auto* large = new ChartWindow(chart, m_parts.document, m_parts.session, m_parts.charts, window());
    connect(large, &ChartWindow::lostRowsRequested, this, &Dashboard::lostRowsRequested);
    large->show();
}

void Dashboard::addChart() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const NodeId& node : m_grid->missing())
        menu->addAction(labelText(titleOf(m_parts.document.pipeline(), node)), this,
                        [this, node] { m_grid->add(node); });
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

void Dashboard::refresh() {
    m_behind = !isOn();
    if (m_behind) return m_grid->dropGone();
    m_grid->refresh();
    const bool empty = m_grid->empty();
    if (empty) showEmptyReason();
    m_nothing->setVisible(empty);
    m_scroll->setVisible(!empty);
    m_add->setEnabled(!m_grid->missing().empty());
    m_freeze->setEnabled(!empty);
    m_words->setVisible(!empty);
    m_words->setText(
        tr("%n chart(s), each drawn at most 5 times a second", nullptr, static_cast<int>(m_grid->count())));
}

void Dashboard::showEmptyReason() {
    const QString icon = QStringLiteral("dashboard");
    if (m_grid->missing().empty()) {
        m_nothing->set(
            icon, tr("No charts yet"),
            tr("Add a line chart, a bar chart or another chart to the pipeline. It appears here by itself."));
    } else {
        m_nothing->set(icon, tr("No cards"), tr("The charts of the pipeline were taken off the dashboard."),
                       tr("Add chart"));
    }
}

void Dashboard::retranslate() {
    m_freeze->setText(tr("Freeze"));
    m_freeze->setToolTip(tr("Hold all pictures while data go on"));
    m_add->setText(tr("Add chart"));
    m_add->setToolTip(tr("Show a chart of the pipeline that has no card yet"));
    refresh();
}

}  // namespace rw::ui
