#include "widgets/dashboard/dashboard.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include "widgets/dashboard/card_grid.h"
#include "widgets/document/node_mark.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

Dashboard::Dashboard(PipelineDocument& document, RunSession& session, ChartScheduler& scheduler,
                     QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_grid(new CardGrid(document, session, scheduler)),
      m_nothing(new EmptyState),
      m_bar(new QWidget),
      m_words(new QLabel),
      m_freeze(new QPushButton),
      m_add(new QPushButton) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildBar();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_grid);
    m_grid->followPage();
    m_grid->setProperty("surface", "canvas");
    m_grid->setAttribute(Qt::WA_StyledBackground);
    column->addWidget(m_bar);
    column->addWidget(m_nothing, 1);
    column->addWidget(scroll, 1);
    connect(m_grid, &CardGrid::enlargeWanted, this, &Dashboard::enlargeWanted);
    connect(m_nothing, &EmptyState::actionTriggered, this, &Dashboard::addChart);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        using Kind = DocumentChange::Kind;
        if (change.kind == Kind::Reset || change.kind == Kind::NodesAdded ||
            change.kind == Kind::NodesRemoved || change.kind == Kind::CardsChanged) {
            refresh();
        }
    });
    // A new run shows itself.
    connect(&session, &RunSession::runReplaced, this, [this] { m_freeze->setChecked(false); });
    retranslate();
    refresh();
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

void Dashboard::addChart() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const NodeId& node : m_grid->missing())
        menu->addAction(labelText(titleOf(m_document.pipeline(), node)), this,
                        [this, node] { m_grid->add(node); });
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

void Dashboard::refresh() {
    m_grid->refresh();
    const bool empty = m_grid->empty();
    m_nothing->setVisible(empty);
    m_grid->parentWidget()->parentWidget()->setVisible(!empty);
    const bool missing = !m_grid->missing().empty();
    if (empty && missing) {
        m_nothing->set(QStringLiteral("dashboard"), tr("No cards"),
                       tr("The charts of the pipeline were taken off the dashboard."), tr("Add chart"));
    } else if (empty) {
        m_nothing->set(
            QStringLiteral("dashboard"), tr("No charts yet"),
            tr("Add a line chart, a bar chart or another chart to the pipeline. It appears here by itself."));
    }
    m_add->setEnabled(missing);
    m_freeze->setEnabled(!empty);
    m_words->setText(
        tr("%n chart(s), each drawn at most 5 times a second", nullptr, static_cast<int>(m_grid->count())));
}

void Dashboard::retranslate() {
    m_freeze->setText(tr("Freeze"));
    m_freeze->setToolTip(tr("Hold all pictures while data go on"));
    m_add->setText(tr("Add chart"));
    m_add->setToolTip(tr("Show a chart of the pipeline that has no card yet"));
    refresh();
}

void Dashboard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

}  // namespace rw::ui
