#include "widgets/panels/data_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QStackedLayout>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/data/text.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/save_rows.h"
#include "widgets/document/translated.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr PaneFacts kDataFacts{.id = "data", .icon = "table", .shortcut = "Alt+2", .place = 2};
constexpr int kFramesBetween = 4;   // of RunSession::updated: five looks a second
constexpr int kWidestColumn = 320;  // at first; a column can be drawn wider

QString portName(const PipelineDocument& document, const PortRef& from) {
    const NodeKind* kind = document.kindOf(from.node);
    const int port = kind != nullptr ? kind->outputPort(from.port) : -1;
    if (port < 0) return QString::fromStdString(from.port);
    return translated(kind->outputs[static_cast<std::size_t>(port)].label);
}

/// The output ports of the one selected node, the inputs of a sink, or the rows on the one
/// selected wire. Empty: nothing or too much is selected.
std::vector<WatchedPort> watchedPorts(PipelineDocument& document) {
    const Selection& selection = document.selection();
    if (selection.nodes().empty() && selection.wires().size() == 1) {
        const PortRef& from = selection.wires().front().from;
        return {{from, portName(document, from)}};
    }
    const Node* node = selection.single();
    const NodeKind* kind = node != nullptr ? document.kindOf(node->id) : nullptr;
    if (kind == nullptr) return {};
    std::vector<WatchedPort> ports;
    for (const PortSpec& port : kind->outputs)
        ports.push_back({{node->id, port.name}, translated(port.label)});
    if (!ports.empty()) return ports;
    for (const Wire& wire : document.pipeline().wires) {
        if (wire.to.node == node->id)
            ports.push_back({wire.from, appearanceOf(document, wire.from.node).title});
    }
    return ports;
}

std::vector<WatchedPort> outputsOf(const PipelineDocument& document, const Node& node) {
    std::vector<WatchedPort> ports;
    const NodeKind* const kind = document.catalogue().of(node);
    for (const PortSpec& port : kind != nullptr ? kind->outputs : std::vector<PortSpec>())
        ports.push_back({{node.id, port.name}, translated(port.label)});
    return ports;
}

}  // namespace

DataPanel::DataPanel(const PaneParts& parts)
    : Pane(kDataFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_tools(new QWidget(this)),
      m_portChoice(new SegmentedControl(m_tools)),
      m_watermark(new ElidedLabel({}, m_tools)),
      m_freeze(new IconButton(QStringLiteral("freeze"), {}, m_tools)),
      m_copy(new IconButton(QStringLiteral("copy"), {}, m_tools)),
      m_export(new IconButton(QStringLiteral("download"), {}, m_tools)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)) {
    makeTools();
    makeTable();
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);
    connect(&m_document.selection(), &Selection::changed, this, &DataPanel::follow);
    connect(&m_document, &PipelineDocument::validatedChanged, this, &DataPanel::follow);
    connect(&m_session, &RunSession::runReplaced, this, &DataPanel::startOver);
    connect(&m_session, &RunSession::stateChanged, this, &DataPanel::showRightPage);
    connect(&m_document.portability(), &PortabilityCheck::engineChanged, this, &DataPanel::showRightPage);
    connect(&m_session, &RunSession::updated, this, &DataPanel::onRun);
    connect(m_empty, &EmptyState::actionTriggered, this, &DataPanel::onEmptyAction);
    connect(&Theme::of(this), &Theme::changed, &m_model, &BatchModel::refresh);
    retranslate();
}

QString DataPanel::title() const {
    return tr("D&ata");
}

void DataPanel::onActivated() {
    follow();
    readTap();
}

void DataPanel::onRun() {
    const bool pause = m_session.shownRun().updatesOften();
    if (isOn() && (!pause || ++m_frames % kFramesBetween == 0)) readTap();
}

// Without a tap the port is chosen again when the panel is shown.
void DataPanel::startOver() {
    m_tap.reset();
    if (isOn()) choosePort(m_port);
}

void DataPanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    m_watermark->setProperty("role", "caption");
    m_freeze->setCheckable(true);
    for (QWidget* tool :
         std::initializer_list<QWidget*>{m_watermark, m_portChoice, m_freeze, m_copy, m_export})
        row->addWidget(tool);
    connect(m_portChoice, &SegmentedControl::chosen, this, &DataPanel::choosePort);
    connect(m_freeze, &IconButton::toggled, this, &DataPanel::setFrozen);
    connect(m_copy, &IconButton::clicked, this, &DataPanel::copy);
    connect(m_export, &IconButton::clicked, this, &DataPanel::exportCsv);
}

void DataPanel::makeTable() {
    m_table->setModel(&m_model);
    m_table->setHorizontalHeader(new TypedHeader(m_table));
    applyTableStyle(*m_table);
    elideAtEdges(*m_table);
    m_copyRows = copyAction(*m_table);
    connect(m_copyRows, &QAction::triggered, this, &DataPanel::copy);
    // A scroll by hand decides whether the newest row is followed; new rows only lengthen the range.
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this](int value) { m_atEnd = value >= m_table->verticalScrollBar()->maximum(); });
}

void DataPanel::follow() {
    if (!isOn()) return;
    std::vector<WatchedPort> ports = m_inside ? outputsOf(m_document, *m_inside) : watchedPorts(m_document);
    const bool renamed = ports != m_ports;
    const bool same =
        !ports.empty() && std::ranges::equal(ports, m_ports, {}, &WatchedPort::from, &WatchedPort::from);
    m_ports = std::move(ports);
    if (renamed) {
        QStringList names;
        for (const WatchedPort& port : m_ports) names << port.name;
        m_portChoice->setSegments(names, false);
        m_portChoice->setVisible(names.size() > 1);
        m_portChoice->setCurrentIndex(m_port);
    }
    m_model.setTimeZone(m_document.pipeline().settings.timeZone);  // before its heads are measured
    if (!same || !m_tap) choosePort(same ? m_port : 0);
    showRightPage();
}

void DataPanel::watchInside(std::optional<Node> node) {
    if (m_inside == node) return;
    m_inside = std::move(node);
    follow();
}

/// Null: it is not known.
const StreamType* DataPanel::streamFrom(const PortRef& from) const {
    if (!m_inside) return m_document.streamAt(from);
    const TypedNode* const typed = m_document.typed(from.node);
    const NodeKind* const kind = m_document.catalogue().of(*m_inside);
    const int port = kind != nullptr ? kind->outputPort(from.port) : -1;
    if (typed == nullptr || !typed->bound || port < 0) return nullptr;
    const auto& outputs = typed->bound->outputs;
    return static_cast<std::size_t>(port) < outputs.size() ? &outputs[static_cast<std::size_t>(port)]
                                                           : nullptr;
}

void DataPanel::choosePort(int index) {
    m_port = std::clamp(index, 0, std::max(0, static_cast<int>(m_ports.size()) - 1));
    m_portChoice->setCurrentIndex(m_port);
    m_tap.reset();
    setFrozen(false);  // other rows than those that were to stay
    m_version = 0;
    m_atEnd = true;
    const StreamType* stream = nullptr;
    if (!m_ports.empty()) {
        const PortRef& from = m_ports[static_cast<std::size_t>(m_port)].from;
        m_tap = m_session.tap(from);
        stream = streamFrom(from);
    }
    m_model.setColumns(stream ? stream->schema : std::make_shared<Schema>(), stream ? stream->eventTime : -1);
    readTap();
}

void DataPanel::readTap() {
    showWatermark();
    if (m_tap && !m_frozen && m_tap->version() != m_version) {
        m_version = m_tap->version();
        const bool first = m_model.rowCount() == 0;
        std::vector<Batch> batches = m_tap->recent();
        // The pipeline that ran may have other columns than the one being edited now.
        if (!batches.empty() && first) {
            const StreamType* stream = streamFrom(m_ports[static_cast<std::size_t>(m_port)].from);
            const bool same = stream != nullptr && *stream->schema == *batches.front().schema;
            m_model.setColumns(batches.front().schema, same ? stream->eventTime : -1);
        }
        m_model.setBatches(std::move(batches));
        if (first) fitColumns(*m_table, Theme::of(this).scaled(kWidestColumn));
        if (m_atEnd) m_table->scrollToBottom();
    }
    showRightPage();
}

void DataPanel::showWatermark() {
    const LiveNode* live =
        m_ports.empty() ? nullptr
                        : m_session.snapshot().node(m_ports[static_cast<std::size_t>(m_port)].from.node);
    const Instant watermark = live && live->known.watermark ? live->metrics.watermark : kMinTimestamp;
    m_watermark->setVisible(watermark != kMinTimestamp);
    if (watermark == kMaxTimestamp) return m_watermark->setText(tr("Watermark at the end"));
    std::string text;
    appendTimestamp(text, watermark);
    const QString behind = watermarkAge(watermark, ageClock(m_session));
    const bool now = m_session.isActive() && !showsOldFigures(m_session);
    m_watermark->setText(behind == QStringLiteral("–") || !now
                             ? tr("Watermark %1").arg(QString::fromStdString(text))
                             : tr("Watermark %1 · %2 behind").arg(QString::fromStdString(text), behind));
}

void DataPanel::setFrozen(bool frozen) {
    m_frozen = frozen;
    m_freeze->setChecked(frozen);
    m_freeze->setLabel(frozen ? tr("Show new rows again") : tr("Keep the rows that are shown"));
    if (!frozen) readTap();
}

void DataPanel::showRightPage() {
    if (!isOn()) return;
    const bool empty = m_model.rowCount() == 0;
    turnTo(*m_pages, empty ? 1 : 0, empty ? static_cast<QWidget*>(m_empty) : m_table);
    for (IconButton* tool : {m_freeze, m_copy, m_export}) tool->setEnabled(!empty);
    if (!empty) return;
    const QString icon = QStringLiteral("table");
    const ShownRun run = m_session.shownRun();
    if (m_ports.empty()) {
        m_empty->set(icon, tr("Select a node or a wire"),
                     tr("Its newest rows are shown here while they pass."));
    } else if (run.isNone()) {
        const bool may = m_session.mayStart();
        m_empty->set(icon, tr("Not run yet"),
                     may ? tr("Run to see data") : tr("Choose the embedded engine and run to see data"),
                     may ? tr("Run") : QString());
    } else if (const QString why = run.lacks(RunAbility::Rows); !why.isEmpty()) {
        m_empty->set(
            icon, why,
            tr("Of a run on a cluster, charts and figures are shown here, but not the rows that pass. "
               "Run the pipeline with the embedded engine to see them."));
    } else if (m_session.state() == RunSession::State::Starting) {
        m_empty->set(icon, tr("Starting"), {});
    } else if (m_session.isActive() && !m_tap) {
        m_empty->set(icon, tr("Not in this run"),
                     tr("What is selected was added, or turned off, after the run began."),
                     tr("Apply the changes"));
    } else if (m_session.isActive()) {
        m_empty->set(icon, tr("No rows yet"), tr("Nothing has passed here since the run began."));
    } else {
        m_empty->set(icon, tr("No rows passed here"), tr("The run has ended."),
                     m_session.mayStart() ? tr("Run again") : QString());
    }
}

void DataPanel::onEmptyAction() {
    if (m_session.isActive()) {
        m_session.apply();
    } else {
        m_session.startOrRefuse();
    }
}

std::optional<ShownRow> DataPanel::currentRow(const QTableView& table) const {
    const int row = table.currentIndex().row();
    if (row < 0 || row >= m_model.rowCount() || m_ports.empty()) return std::nullopt;
    return ShownRow{m_ports[static_cast<std::size_t>(m_port)].from, m_model.picked({row}).front(), true};
}

void DataPanel::copy() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) rows.push_back(index.row());
    std::sort(rows.begin(), rows.end());
    const auto& all = m_model.batches();
    QGuiApplication::clipboard()->setText(tabbedOf(rows.empty() ? all : m_model.picked(rows)));
}

void DataPanel::exportCsv() {
    const PortRef& from = m_ports[static_cast<std::size_t>(m_port)].from;
    saveRows(
        this, m_document,
        translated(figures::counted(static_cast<std::uint64_t>(m_model.rowCount()),
                                    RW_TEXT("export", "Export 1 row"), RW_TEXT("export", "Export %1 rows"))),
        QStringLiteral("%1_%2").arg(QString::fromStdString(from.node), QString::fromStdString(from.port)),
        [rows = m_model.batches()] { return rows; });
}

void DataPanel::retranslate() {
    m_copy->setLabel(tr("Copy the rows"));
    m_copyRows->setText(m_copy->toolTip());
    m_export->setLabel(tr("Export the shown rows as CSV"));
    m_freeze->setLabel(m_frozen ? tr("Show new rows again") : tr("Keep the rows that are shown"));
    m_portChoice->setAccessibleName(tr("Port"));
    m_table->setAccessibleName(tr("Rows"));
    follow();  // the ports have names in the other language
    m_model.refresh();
}

}  // namespace rw::ui
