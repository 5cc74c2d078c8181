#include "widgets/dashboard/dashboard.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <utility>

#include "widgets/charts/cards/chart_window.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/drawing/ticks.h"
#include "widgets/dashboard/board_export.h"
#include "widgets/dashboard/card_grid.h"
#include "widgets/dashboard/filter_bar.h"
#include "widgets/dashboard/full_screen.h"
#include "widgets/dashboard/provisional_choice.h"
#include "widgets/dashboard/time_bar.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/export_target.h"
#include "widgets/pane/front.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
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
      m_board(new QWidget),
      m_filter(new FilterBar(m_grid->filter())),
      m_scroll(new QScrollArea),
      m_times(new TimeBar(m_grid->times())),
      m_provisional(new ProvisionalChoice),
      m_words(new ElidedLabel),
      m_freeze(new QPushButton),
      m_add(new QPushButton),
      m_export(new IconButton(QStringLiteral("download"), {})),
      m_whole(new IconButton(QStringLiteral("fit"), {})),
      m_exports(new QMenu(this)) {
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
    auto* board = new QVBoxLayout(m_board);
    board->setContentsMargins(0, 0, 0, 0);
    board->setSpacing(0);
    board->addWidget(m_filter);
    board->addWidget(m_scroll, 1);
    column->addWidget(m_board, 1);
    connect(m_grid, &CardGrid::enlargeRequested, this, &Dashboard::enlarge);
    connect(m_grid, &CardGrid::lostRowsRequested, this, &Dashboard::lostRowsRequested);
    connect(m_grid, &CardGrid::chartsChanged, this, &Dashboard::refreshCharts);
    connect(&m_grid->filter(), &SharedFilter::changed, this, &Dashboard::refreshCharts);
    connect(m_nothing, &EmptyState::actionTriggered, this,
            [this] { m_alone ? static_cast<void>(m_alone->close()) : addChart(); });
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
    row->addWidget(m_times);
    row->addWidget(m_freeze);
    row->addWidget(m_provisional);
    row->addWidget(m_words, 1);
    row->addWidget(m_export);
    row->addWidget(m_whole);
    row->addWidget(m_add);
    m_words->setElideMode(Qt::ElideRight);
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setMenu(m_exports);
    connect(m_exports, &QMenu::aboutToShow, this, &Dashboard::fillExports);
    m_grid->setProvisional(m_provisional->chosen());
    connect(m_provisional, &ProvisionalChoice::changed, this,
            [this] { m_grid->setProvisional(m_provisional->chosen()); });
    connect(m_whole, &QToolButton::clicked, this, &Dashboard::showAlone);
    connect(m_freeze, &QPushButton::toggled, m_grid, &CardGrid::setFrozen);
    connect(m_add, &QPushButton::clicked, this, &Dashboard::addChart);
}

void Dashboard::onActivated() {
    if (m_newRun) onNewRun();
    if (m_behind) refresh();
}

void Dashboard::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    if (change.kind == Kind::Reset) {
        m_grid->filter().clear();
        m_grid->times().showNewest(std::nullopt);
    }
    if (change.kind == Kind::Reset || change.kind == Kind::NodesAdded || change.kind == Kind::NodesRemoved ||
        change.kind == Kind::CardsChanged) {
        refresh();
    }
}

// A new run shows itself.
void Dashboard::onNewRun() {
    m_newRun = !isOn();
    if (!isOn()) return;
    m_freeze->setChecked(false);
    m_grid->filter().liftTimes();
    m_grid->times().follow();
}

void Dashboard::enlarge(const NodeId& chart) {
    auto* large =
        new ChartWindow(chart, m_parts.document, m_parts.session, m_parts.charts, mainWindowOf(*this));
    connect(large, &ChartWindow::lostRowsRequested, this, &Dashboard::lostRowsRequested);
    large->show();
}

void Dashboard::onDeactivated() {
    if (m_alone) m_alone->close();
}

void Dashboard::showAlone() {
    if (m_alone || m_grid->empty()) return;
    m_alone = new FullScreen(m_board, mainWindowOf(*this));
    connect(m_alone, &FullScreen::leaving, this, &Dashboard::takeBack);
    m_alone->showFullScreen();
    refresh();
}

void Dashboard::takeBack() {
    QWidget* cards = m_alone->giveBack();
    m_alone.clear();
    static_cast<QVBoxLayout*>(layout())->addWidget(cards, 1);
    m_grid->followPage();
    refresh();
}

void Dashboard::fillExports() {
    m_exports->clear();
    const QString png = QStringLiteral(".png"), pdf = QStringLiteral(".pdf");
    const QString pictures = tr("PNG pictures (*.png)"), pages = tr("PDF documents (*.pdf)");
    m_exports->addAction(tr("All charts as a PNG picture"), this,
                         [this, png, pictures] { exportAs(png, pictures, 1); });
    m_exports->addAction(tr("All charts as a PNG picture, twice as fine"), this,
                         [this, png, pictures] { exportAs(png, pictures, 2); });
    m_exports->addAction(tr("All charts as a PDF page"), this,
                         [this, pdf, pages] { exportAs(pdf, pages, 1); });
}

void Dashboard::exportAs(const QString& suffix, const QString& filter, double scale) {
    const QString title = tr("Export the dashboard"), name = m_parts.document.displayName();
    const ExportTarget target(m_parts.document, title);
    const QString proposed =
        target.proposal(m_parts.document.folder(), QFileInfo(name).completeBaseName(), suffix);
    const QString path = target.prompt(m_scroll->window(), title, proposed, filter);
    if (path.isEmpty() || m_grid->empty()) return;  // the charts may have gone while the person chose
    // A picture of some of the rows says so.
    const QString head = (QStringList{name} + m_filter->words()).join(QStringLiteral(" · "));
    exportInBackground(m_scroll->window(), suffix == QLatin1String(".pdf")
                                               ? drawBoardPdf(*m_grid, head, path)
                                               : drawBoardPng(*m_grid, head, path, scale));
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
    const QTimeZone zone = zoneOf(m_parts.document.pipeline().settings.timeZone);
    m_times->setZone(zone);
    m_filter->setZone(zone);
    refreshCharts();
    const bool empty = m_grid->empty();
    if (empty && m_alone) return static_cast<void>(m_alone->close());
    if (empty || m_alone) showEmptyReason();
    m_nothing->setVisible(empty || m_alone);
    m_board->setVisible(!empty);
    m_add->setEnabled(!m_grid->missing().empty());
    for (QWidget* part : std::initializer_list<QWidget*>{m_freeze, m_export, m_whole})
        part->setEnabled(!empty);
    m_words->setVisible(!empty);
    m_words->setText(
        tr("%n chart(s), each drawn at most 5 times a second", nullptr, static_cast<int>(m_grid->count())));
}

// A choice that no chart has anything of is absent.
void Dashboard::refreshCharts() {
    m_provisional->setVisible(m_grid->isFedEarly());
    m_filter->setReach(m_grid->filtered(), m_grid->count());
}

void Dashboard::showEmptyReason() {
    const QString icon = QStringLiteral("dashboard");
    if (m_alone) {
        m_nothing->set(icon, tr("The charts are on the whole screen"), tr("Esc brings them back from there."),
                       tr("Bring them back"));
    } else if (m_grid->missing().empty()) {
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
    m_export->setLabel(tr("Export all charts"));
    m_whole->setLabel(tr("Show the charts alone on the whole screen"));
    m_add->setText(tr("Add chart"));
    m_add->setToolTip(tr("Show a chart of the pipeline that has no card yet"));
    refresh();
}

}  // namespace rw::ui
