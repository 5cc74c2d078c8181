#include "widgets/panels/late_rejected_panel.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/save_rows.h"
#include "widgets/document/translated.h"
#include "widgets/panels/kept_row_asked.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr PaneFacts kLateRejectedFacts{.id = "late", .icon = "hourglass", .shortcut = "Alt+3", .place = 3};
constexpr int kFramesBetweenRows = 5;  // of RunSession::updated: four looks a second
constexpr qsizetype kNameLength = 40;

QString nameOf(const PipelineDocument& document, const NodeId& node) {
    const Node* found = document.node(node);  // without a search: this is asked often
    return shownText(found != nullptr ? titleOf(*found) : QString::fromStdString(node), kNameLength);
}

/// kMinTimestamp: there is none.
void appendTime(ColumnBuilder& builder, Instant at) {
    at == kMinTimestamp ? builder.appendNull() : builder.append(at);
}

}  // namespace

LateRejectedPanel::LateRejectedPanel(const PaneParts& parts)
    : Pane(kLateRejectedFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_model(parts.document),
      m_tools(new QWidget(this)),
      m_kinds(new SegmentedControl(m_tools)),
      m_nodes(new QComboBox(m_tools)),
      m_search(new SearchField({}, {}, m_tools)),
      m_copy(new IconButton(QStringLiteral("copy"), {}, m_tools)),
      m_export(new IconButton(QStringLiteral("download"), {}, m_tools)),
      m_kept(new QLabel(this)),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)) {
    m_filter.setSourceModel(&m_model);
    makeTools();
    makeTable();
    auto* listed = new QWidget(this);
    auto* column = new QVBoxLayout(listed);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_kept->setProperty("role", "caption");
    m_kept->setContentsMargins(metrics::kListPadding, metrics::kStep, metrics::kListPadding, metrics::kStep);
    m_kept->hide();
    column->addWidget(m_kept);
    column->addWidget(m_table, 1);
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(listed);
    m_pages->addWidget(m_empty);
    connect(&m_document, &PipelineDocument::changed, this, &LateRejectedPanel::onDocument);
    connect(&m_session, &RunSession::runReplaced, this, &LateRejectedPanel::onNewRun);
    connect(&m_session, &RunSession::updated, this, &LateRejectedPanel::onRun);
    connect(&m_session, &RunSession::stateChanged, this, &LateRejectedPanel::showRightPage);
    connect(m_empty, &EmptyState::actionTriggered, this, &LateRejectedPanel::showAll);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_model.refresh();
        resizeTools();
    });
    retranslate();
    resizeTools();
}

QString LateRejectedPanel::title() const {
    return tr("&Late && rejected");
}

void LateRejectedPanel::onActivated() {
    if (m_newRun) startOver();
    take();
    listNodes();  // some may have other names by now
    followEnd();
}

// Behind the layout, which knows how far there is to go.
void LateRejectedPanel::followEnd() {
    QTimer::singleShot(0, this, [this] {
        if (m_following) m_table->scrollToBottom();
    });
}

void LateRejectedPanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    m_nodes->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_nodes->setMinimumWidth(metrics::kMinimumTarget);
    for (QWidget* tool : std::initializer_list<QWidget*>{m_kinds, m_nodes, m_search, m_copy, m_export})
        row->addWidget(tool);
    connect(m_kinds, &SegmentedControl::chosen, this, [this](int index) {
        if (index == 0) m_filter.setKind(std::nullopt);
        if (index == 1) m_filter.setKind(KeptRow::Kind::Late);
        if (index == 2) m_filter.setKind(KeptRow::Kind::Rejected);
        showRightPage();
    });
    connect(m_nodes, &QComboBox::activated, this, [this] {
        m_filter.setNode(m_nodes->currentData().toString().toStdString());
        showRightPage();
    });
    connect(m_search, &SearchField::textChanged, this, [this](const QString& words) {
        m_filter.setSearchText(words);
        showRightPage();
    });
    connect(m_copy, &IconButton::clicked, this, &LateRejectedPanel::copy);
    connect(m_export, &IconButton::clicked, this, &LateRejectedPanel::exportCsv);
}

void LateRejectedPanel::makeTable() {
    m_table->setModel(&m_filter);
    applyTableStyle(*m_table);
    // A third click on a head brings back the order in which the rows came.
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    // After setSortingEnabled(), which connects first: the rows are sorted by then.
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this] {
        m_following = false;
        m_table->scrollToTop();
    });
    // Reasons are sentences: they share the rest with the rows.
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_table, {{Of::Figures, 184},
                                  {Of::Words, 160},
                                  {Of::Figures, 88},
                                  {Of::Words, 200, 1},
                                  {Of::Words, 160, 1},
                                  {Of::Figures, 96}});
    connect(copyAction(*m_table), &QAction::triggered, this, &LateRejectedPanel::copy);
    const auto nodeAt = [this](const QModelIndex& index) {
        return m_document.pipeline().find(m_model.row(m_filter.mapToSource(index).row()).node);
    };
    connect(m_table, &QTableView::clicked, this, [this, nodeAt](const QModelIndex& index) {
        if (const Node* node = nodeAt(index)) m_document.selection().set({node->id});
    });
    connect(m_table, &QTableView::activated, this, [this, nodeAt](const QModelIndex& index) {
        if (const Node* node = nodeAt(index)) m_document.selection().reveal(node->id);
    });
}

void LateRejectedPanel::onNewRun() {
    m_newRun = true;
    m_newDocument = m_newDocument || m_session.startedAt().isNull();
    m_taken = 0;
    if (isOn()) {
        startOver();
        take();
    }
    recount();
}

// Rows are those of the run; only the titles of their nodes are the document's.
void LateRejectedPanel::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    const bool names = change.kind == Kind::TitleChanged || change.kind == Kind::NodesAdded ||
                       change.kind == Kind::NodesRemoved;
    if (!isOn() || !names) return;
    m_model.refresh();
    listNodes();
}

void LateRejectedPanel::onRun() {
    const bool pause = m_session.shownRun().updatesOften();
    if (pause && ++m_frames % kFramesBetweenRows != 0) return;
    if (isOn()) take();
    recount();
}

void LateRejectedPanel::startOver() {
    m_newRun = false;
    m_model.clear();
    m_following = !isSorted();
    if (!std::exchange(m_newDocument, false)) return listNodes();
    m_nodes->clear();  // the nodes of another document have nothing to do with these
    m_nodes->addItem(tr("All nodes"), QString());
    showAll();
}

void LateRejectedPanel::take() {
    std::vector<KeptRow> rows = m_session.keptRows(m_taken);
    if (!rows.empty()) m_taken = rows.back().number;
    const bool changed = !rows.empty();
    if (m_model.rowCount() > 0) m_following = atEnd();
    m_model.add(std::move(rows));
    m_late = m_session.snapshot().metrics.late;
    m_rejected = m_session.snapshot().metrics.rejected;
    if (changed) listNodes();
    if (changed && m_following) m_table->scrollToBottom();
    const bool toldBefore = !m_kept->isHidden();
    showRightPage();
    // The line takes room from the list, whose end stays in sight.
    if (m_kept->isHidden() == toldBefore) followEnd();
}

void LateRejectedPanel::recount() {
    const RunMetrics& metrics = m_session.snapshot().metrics;
    const std::uint64_t all = std::max<std::uint64_t>(metrics.late + metrics.rejected, m_taken);
    setCount(static_cast<int>(std::min<std::uint64_t>(all, std::numeric_limits<int>::max())));
}

// The nodes that have rows here by the names of now, with “all” before them; the chosen one stays chosen.
void LateRejectedPanel::listNodes() {
    std::set<NodeId> nodes;
    for (int row = 0; row < m_model.rowCount(); ++row) nodes.insert(m_model.row(row).node);
    const QString chosen = m_nodes->currentData().toString();
    if (!chosen.isEmpty()) nodes.insert(chosen.toStdString());
    bool same = static_cast<int>(nodes.size()) + 1 == m_nodes->count();
    int place = 1;
    for (const NodeId& node : nodes) {
        same = same && m_nodes->itemData(place).toString() == QString::fromStdString(node) &&
               m_nodes->itemText(place) == nameOf(m_document, node);
        ++place;
    }
    if (same) return;
    m_nodes->clear();
    m_nodes->addItem(tr("All nodes"), QString());
    for (const NodeId& node : nodes) m_nodes->addItem(nameOf(m_document, node), QString::fromStdString(node));
    m_nodes->setCurrentIndex(std::max(0, m_nodes->findData(chosen)));
}

void LateRejectedPanel::showNode(const NodeId& node) {
    Q_EMIT openRequested();
    showAll();
    const QString id = QString::fromStdString(node);
    if (m_nodes->findData(id) < 0) m_nodes->addItem(nameOf(m_document, node), id);
    m_nodes->setCurrentIndex(m_nodes->findData(id));
    m_filter.setNode(node);
    showRightPage();
}

void LateRejectedPanel::showAll() {
    m_kinds->setCurrentIndex(0);
    m_nodes->setCurrentIndex(0);
    m_search->clear();
    m_filter.setKind(std::nullopt);
    m_filter.setNode({});
    showRightPage();
}

void LateRejectedPanel::showRightPage() {
    if (!isOn()) return;
    const bool empty = m_filter.rowCount() == 0;
    const ShownRun run = m_session.shownRun();
    const QString why = run.lacks(RunAbility::KeptRows);
    if (empty && m_model.rowCount() > 0) {
        m_empty->set(QStringLiteral("filter-chip"), tr("No row matches"),
                     translated(figures::counted(static_cast<std::uint64_t>(m_model.rowCount()),
                                                 RW_TEXT("late rows", "1 row is hidden by the filter."),
                                                 RW_TEXT("late rows", "%1 rows are hidden by the filter."))),
                     tr("Show all rows"));
    } else if (!why.isEmpty()) {
        m_empty->set(QStringLiteral("hourglass"), why,
                     run.isElsewhere() ? clusterCounts()
                                       : tr("Rows that come after their window has closed, or can't be used, "
                                            "are listed here."));
    } else if (empty) {
        m_empty->set(QStringLiteral("check-circle"), tr("No late and no rejected rows"),
                     tr("Every row so far came in time and could be used."));
    }
    turnTo(*m_pages, empty ? 1 : 0, empty ? static_cast<QWidget*>(m_empty) : m_table);
    for (QWidget* tool : std::initializer_list<QWidget*>{m_copy, m_export}) tool->setEnabled(!empty);
    tellKept();
}

// Of the chosen kind and node: each kind has its own room.
void LateRejectedPanel::tellKept() {
    const NodeId node = m_nodes->currentData().toString().toStdString();
    const auto& nodes = m_session.snapshot().metrics.nodes;
    const auto own = nodes.find(node);
    std::uint64_t kept = 0, all = 0;
    const auto add = [&](KeptRow::Kind kind, std::uint64_t ofRun, std::uint64_t ofNode) {
        kept += static_cast<std::uint64_t>(m_model.count(kind, node));
        all += node.empty() ? ofRun : ofNode;
    };
    const bool known = own != nodes.end();
    if (m_kinds->currentIndex() != 2) add(KeptRow::Kind::Late, m_late, known ? own->second.late : 0);
    if (m_kinds->currentIndex() != 1)
        add(KeptRow::Kind::Rejected, m_rejected, known ? own->second.rejected : 0);
    QStringList told;
    if (kept < all) {
        told << (node.empty() ? tr("The newest %1 of %2 rows are kept.").arg(countText(kept), countText(all))
                              : tr("The newest %1 of %2 rows of “%3” are kept.")
                                    .arg(countText(kept), countText(all), nameOf(m_document, node)));
    } else if (!node.empty()) {
        told << translated(figures::counted(kept, RW_TEXT("late rows", "1 row of “%1”."),
                                            RW_TEXT("late rows", "%1 rows of “%2”."))
                               .with(nameOf(m_document, node).toStdString()));
    }
    const auto shown = static_cast<std::uint64_t>(m_filter.rowCount());
    if (!m_search->text().isEmpty() && shown < kept) {
        told << translated(figures::counted(shown,
                                            RW_TEXT("late rows", "1 row has the text that is searched."),
                                            RW_TEXT("late rows", "%1 rows have the text that is searched.")));
    }
    m_kept->setText(told.join(u' '));
    m_kept->setVisible(!told.isEmpty());
}

// How many there were, where the cluster tells that of a node.
QString LateRejectedPanel::clusterCounts() const {
    std::uint64_t late = 0, rejected = 0;
    bool lateKnown = false, rejectedKnown = false, atLeast = false;
    for (const auto& [id, live] : m_session.snapshot().nodes) {
        lateKnown = lateKnown || live.known.late;
        atLeast = atLeast || live.known.lateAtLeast;
        rejectedKnown = rejectedKnown || live.known.rejected;
        if (live.known.late) late += live.metrics.late;
        if (live.known.rejected) rejected += live.metrics.rejected;
    }
    const auto words = [](bool known, std::uint64_t count) {
        return known ? countText(count) : tr("not told");
    };
    const QString told =
        atLeast ? tr("Late rows: at least %1, which Spark drops. Rejected rows: %2.")
                : tr("Late rows: %1. Rejected rows: %2. They go where their ports are wired to.");
    return told.arg(words(lateKnown, late), words(rejectedKnown, rejected));
}

std::optional<ShownRow> LateRejectedPanel::currentRow(const QTableView& table) const {
    const QModelIndex current = m_filter.mapToSource(table.currentIndex());
    if (!current.isValid()) return std::nullopt;
    return shownRow(m_session.runningPipeline(), m_document.catalogue(), m_model.row(current.row()),
                    m_model.text(m_model.row(current.row()), KeptRowsModel::Why));
}

std::vector<int> LateRejectedPanel::chosenRows() const {
    std::vector<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) rows.push_back(index.row());
    if (rows.empty())
        for (int row = 0; row < m_filter.rowCount(); ++row) rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    return rows;
}

Batch LateRejectedPanel::batchOf(const std::vector<int>& rows) const {
    const std::vector<Field> fields{
        {"kind", Type::of(TypeId::String)},      {"event_time", Type::of(TypeId::Timestamp)},
        {"node", Type::of(TypeId::String)},      {"late_by", Type::of(TypeId::Bigint)},
        {"stamp", Type::of(TypeId::Timestamp)},  {"late_for", Type::of(TypeId::Timestamp)},
        {"why", Type::of(TypeId::String)},       {"row", Type::of(TypeId::String)},
        {"source_row", Type::of(TypeId::Bigint)}};
    std::vector<ColumnBuilder> builders;
    for (const Field& field : fields) builders.emplace_back(field.type);
    for (const int shown : rows) {
        const KeptRow& row = m_model.row(m_filter.mapToSource(m_filter.index(shown, 0)).row());
        const bool late = row.kind == KeptRow::Kind::Late;
        builders[0].appendString(late ? "late" : "rejected");
        appendTime(builders[1], row.eventTime);
        builders[2].appendString(row.node);
        late ? builders[3].append(row.lateBy) : builders[3].appendNull();
        appendTime(builders[4], row.stamp);
        appendTime(builders[5], row.windowEnd);
        builders[6].appendString(m_model.text(row, KeptRowsModel::Why).toStdString());
        builders[7].appendString(row.row);
        row.position < 0 ? builders[8].appendNull() : builders[8].append(row.position + 1);
    }
    Batch batch;
    batch.schema = std::make_shared<Schema>(Schema{fields});
    for (ColumnBuilder& builder : builders) batch.columns.push_back(builder.finish());
    batch.rows = rows.size();
    return batch;
}

std::vector<int> LateRejectedPanel::shownRows() const {
    std::vector<int> rows(static_cast<std::size_t>(m_filter.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

std::string LateRejectedPanel::csv() const {
    return csvOf({batchOf(shownRows())});
}

void LateRejectedPanel::copy() const {
    QGuiApplication::clipboard()->setText(tabbedOf({batchOf(chosenRows())}));
}

void LateRejectedPanel::exportCsv() {
    QString title =
        translated(figures::counted(static_cast<std::uint64_t>(m_filter.rowCount()),
                                    RW_TEXT("export", "Export 1 row"), RW_TEXT("export", "Export %1 rows")));
    if (!m_kept->isHidden()) title += QStringLiteral(" · ") + m_kept->text();
    saveRows(this, m_document, title, QStringLiteral("late_and_rejected"),
             [rows = std::vector<Batch>{batchOf(shownRows())}] { return rows; });
}

bool LateRejectedPanel::isSorted() const {
    return m_filter.sortColumn() >= 0;
}

// A user who scrolled up wants to read in peace; at the end the newest row is followed. Among sorted rows the
// newest is anywhere.
bool LateRejectedPanel::atEnd() const {
    const QScrollBar* bar = m_table->verticalScrollBar();
    return !isSorted() && bar->value() >= bar->maximum();
}

void LateRejectedPanel::retranslate() {
    const int kind = std::max(m_kinds->currentIndex(), 0);
    m_kinds->setSegments({tr("All"), tr("Late"), tr("Rejected")}, false);
    m_kinds->setCurrentIndex(kind);
    if (m_nodes->count() == 0) m_nodes->addItem(QString(), QString());
    m_nodes->setItemText(0, tr("All nodes"));
    m_nodes->setAccessibleName(tr("Node"));
    m_search->setPlaceholder(tr("Search the rows"));
    m_copy->setLabel(tr("Copy the rows"));
    m_export->setLabel(tr("Export the shown rows as CSV"));
    m_table->setAccessibleName(tr("Late and rejected rows"));
    m_model.refresh();
    showRightPage();
}

void LateRejectedPanel::resizeTools() {
    const Theme& theme = Theme::of(this);
    m_search->setMinimumWidth(theme.scaled(64));  // gives way in a narrow window
    m_search->setMaximumWidth(theme.scaled(160));
}

}  // namespace rw::ui
