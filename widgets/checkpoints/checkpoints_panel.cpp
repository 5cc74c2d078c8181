#include "widgets/checkpoints/checkpoints_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QMenu>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/pipeline/checks/settings_check.h"
#include "widgets/document/number_text.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kCheckpointsFacts{
    .id = "checkpoints", .icon = "history", .shortcut = "Alt+8", .place = 8};
constexpr int kTick = 1'000;

/// As json_read.cpp calls it.
constexpr const char* kEveryKey = "checkpoint_every";

bool canBeResumed(const SavedCheckpoint& saved) {
    return saved.kind != CheckpointKind::Finished && saved.readable && !saved.behind;
}

}  // namespace

CheckpointsPanel::CheckpointsPanel(const PaneParts& parts, CheckpointList& list)
    : Pane(kCheckpointsFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_list(list),
      m_model(list),
      m_nodes(parts.document),
      m_always(addEntry(MainMenu::Run, "always", {},
                        [this] { m_session.setAlwaysCheckpoints(m_always->isChecked()); })),
      m_tools(new QWidget(this)),
      m_keep(tool(QStringLiteral("disk"), &CheckpointsPanel::keep)),
      m_start(tool(QStringLiteral("history"), &CheckpointsPanel::start)),
      m_delete(tool(QStringLiteral("trash"), &CheckpointsPanel::remove)),
      m_trouble(new HintBox),
      m_tables(new QSplitter(Qt::Horizontal)),
      m_table(new QTableView),
      m_nodeTable(new QTableView),
      m_empty(new EmptyState(this)),
      m_pages(new QStackedLayout(this)),
      m_ageing(*this, kTick) {
    m_always->setCheckable(true);
    makeTools();
    makeTables();
    connectParts();
    retranslate();
    refreshEntry();
}

QString CheckpointsPanel::title() const {
    return tr("C&heckpoints");
}

IconButton* CheckpointsPanel::tool(const QString& icon, void (CheckpointsPanel::*act)()) {
    auto* made = new IconButton(icon, {}, m_tools);
    connect(made, &IconButton::clicked, this, act);
    return made;
}

void CheckpointsPanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    for (IconButton* each : {m_start, m_keep, m_delete}) row->addWidget(each);
}

void CheckpointsPanel::makeTables() {
    m_table->setModel(&m_model);
    applyTableStyle(*m_table);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_nodeTable->setModel(&m_nodes);
    applyTableStyle(*m_nodeTable);
    m_nodeTable->setSelectionMode(QAbstractItemView::SingleSelection);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_table, {{Of::Words, 104, 1},
                                  {Of::Figures, 112},
                                  {Of::Figures, 72},
                                  {Of::Figures, 72},
                                  {Of::Figures, 72},
                                  {Of::Figures, 72},
                                  {Of::Figures, 72}});
    ColumnWidths::keep(
        *m_nodeTable,
        {{Of::Words, 144, 1}, {Of::Figures, 72}, {Of::Figures, 72}, {Of::Figures, 80}, {Of::Figures, 80}});
    m_tables->addWidget(m_table);
    m_tables->addWidget(m_nodeTable);
    m_tables->setStretchFactor(0, 3);
    m_tables->setStretchFactor(1, 2);
    m_tables->setHandleWidth(1);
    m_tables->setChildrenCollapsible(false);
    auto* listed = new QWidget(this);
    auto* column = new QVBoxLayout(listed);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_trouble->hide();
    column->addWidget(m_trouble);
    column->addWidget(m_tables, 1);
    m_pages->addWidget(listed);
    m_pages->addWidget(m_empty);
    m_pages->setCurrentWidget(m_empty);
}

void CheckpointsPanel::connectParts() {
    connect(&m_list, &CheckpointList::changed, this, &CheckpointsPanel::onList);
    connect(&m_list, &CheckpointList::sizesRead, this, [this](const std::map<NodeId, std::uint64_t>& sizes) {
        const SavedCheckpoint* saved = chosen();
        if (!isOn() || saved == nullptr || m_list.figures(*saved) != nullptr) return;
        std::map<NodeId, NodeCheckpoint> nodes;
        for (const auto& [id, bytes] : sizes) nodes[id].bytes = bytes;
        m_nodes.set(nodes);
    });
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        if (isOn()) refresh();
    });
    connect(&m_session, &RunSession::alwaysCheckpointsChanged, this, [this] {
        refreshEntry();
        if (isOn()) refresh();
    });
    connect(&m_document, &PipelineDocument::validatedChanged, this, [this] {
        refreshEntry();
        if (isOn()) refresh();
    });
    connect(&m_document, &PipelineDocument::fileChanged, this, [this] {
        refreshEntry();
        if (isOn()) refresh();
    });
    connect(&m_document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (isOn() && change.kind == DocumentChange::Kind::TitleChanged) m_nodes.refresh();
    });
    connect(&m_ageing, &Ticker::ticked, &m_model, &CheckpointsModel::refreshAges);
    connect(m_empty, &EmptyState::actionTriggered, this, &CheckpointsPanel::onEmptyAction);
    connect(copyAction(*m_table), &QAction::triggered, this, &CheckpointsPanel::copy);
    connect(m_table, &QTableView::activated, this, &CheckpointsPanel::start);
    connect(m_table, &QWidget::customContextMenuRequested, this, &CheckpointsPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!isOn()) return;
        showChosen();
        refreshTools();
    });
    connect(m_nodeTable, &QTableView::activated, this,
            [this](const QModelIndex& index) { goToNode(index.row()); });
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_model.refresh();
        m_nodes.refresh();
    });
}

void CheckpointsPanel::onActivated() {
    refresh();
    m_list.refresh();
}

void CheckpointsPanel::onList() {
    const auto& saved = m_list.saved();
    setCount(static_cast<int>(std::count_if(saved.begin(), saved.end(), canBeResumed)));
    if (isOn()) refresh();
}

bool CheckpointsPanel::isHere() const {
    return m_session.shownRun().has(RunAbility::Checkpoints) && !m_document.portability().engine();
}

// There where it can be chosen: runs without end take them anyway, and without a file none does.
void CheckpointsPanel::refreshEntry() {
    const NoCheckpoints why = m_list.whyNone();
    const bool bounded = why == NoCheckpoints::Bounded || m_session.alwaysCheckpoints();
    const bool does = bounded && why != NoCheckpoints::Unsaved && why != NoCheckpoints::Empty;
    m_always->setVisible(does);
    m_always->setEnabled(does);
    m_always->setChecked(m_session.alwaysCheckpoints());
}

// The newest is chosen until the user chooses another: of a run that goes on it is always another.
void CheckpointsPanel::refresh() {
    const SavedCheckpoint* before = chosen();
    const bool newest = chosenRow() <= 0;
    const std::optional<SavedCheckpoint> kept =
        before != nullptr && !newest ? std::optional(*before) : std::nullopt;
    m_model.update();
    const int row = kept ? m_model.rowOf(*kept) : 0;
    if (m_model.rowCount() > 0) m_table->selectRow(std::max(0, row));
    showTrouble();
    showChosen();
    refreshTools();
    showRightPage();
    m_ageing.setNeeded(m_model.rowCount() > 0);
}

int CheckpointsPanel::chosenRow() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

const SavedCheckpoint* CheckpointsPanel::chosen() const {
    const int row = chosenRow();
    return row >= 0 && row < m_model.rowCount() ? &m_model.at(row) : nullptr;
}

void CheckpointsPanel::showChosen() {
    const SavedCheckpoint* saved = chosen();
    if (saved == nullptr || !canBeResumed(*saved)) return m_nodes.set({});
    if (const CheckpointFigures* figures = m_list.figures(*saved)) return m_nodes.set(figures->nodes);
    const bool asked = m_asked && m_asked->lineage == saved->lineage && m_asked->number == saved->number &&
                       m_asked->name == saved->name && m_nodes.rowCount() > 0;
    if (asked) return;
    m_nodes.set({});
    m_asked = *saved;
    m_list.askSizes(*saved);
}

void CheckpointsPanel::showTrouble() {
    const Text trouble = m_list.trouble(), waits = m_list.waits();
    if (!m_list.failure().ok()) {
        m_trouble->set(HintBox::Kind::Error, tr("The checkpoints can't be read"),
                       shownLines(errorLines(m_list.failure().error()), kTipLength));
    } else if (!trouble.empty()) {
        m_trouble->set(HintBox::Kind::Warn, tr("No newer checkpoint could be taken"),
                       shownLines(translated(trouble), kTipLength));
    } else if (!waits.empty()) {
        m_trouble->set(HintBox::Kind::Warn, tr("A checkpoint takes long"),
                       shownLines(translated(waits), kTipLength));
    }
    m_trouble->setVisible(!m_list.failure().ok() || !trouble.empty() || !waits.empty());
}

void CheckpointsPanel::showRightPage() {
    const bool listed = m_model.rowCount() > 0 || !m_trouble->isHidden();
    if (!listed) showNothing();
    turnTo(*m_pages, listed ? 0 : 1, listed ? static_cast<QWidget*>(m_table) : m_empty);
}

void CheckpointsPanel::showNothing() {
    const QString icon = QStringLiteral("history");
    const Millis every = checkpointEveryOf(m_document.pipeline().settings);
    if (!isHere()) {
        m_empty->set(icon, tr("No checkpoints of this computer"),
                     tr("Clusters keep their own: see the panel Jobs."));
        return;
    }
    switch (m_list.whyNone()) {
        case NoCheckpoints::Empty:
            return m_empty->set(icon, tr("No checkpoints yet"), tr("Draw a pipeline first."));
        case NoCheckpoints::Broken:
            return m_empty->set(icon, tr("No checkpoints yet"),
                                tr("The pipeline has errors, or was not checked yet."));
        case NoCheckpoints::Unsaved:
            return m_empty->set(icon, tr("No checkpoints: the pipeline was never saved"),
                                tr("They are found again by its file."), tr("Save the pipeline…"));
        case NoCheckpoints::Off:
            return m_empty->set(icon, tr("Checkpoints are off"),
                                tr("The settings of the pipeline say so. A run that is killed begins anew."),
                                tr("Take one every %1").arg(lastingText(kCheckpointEvery)));
        case NoCheckpoints::Bounded:
            return m_empty->set(icon, tr("No checkpoints: this pipeline ends by itself"),
                                tr("A run of it is begun anew when it was stopped or killed. One that takes "
                                   "long can take checkpoints, too."),
                                tr("Take checkpoints"));
        case NoCheckpoints::NotYet:
            break;
    }
    m_empty->set(icon, tr("No checkpoints yet"),
                 m_session.isActive() && !m_session.runCheckpoints()
                     ? tr("The run began without them: the next one takes them.")
                     : tr("A run takes one every %1, and can resume from it after it was stopped, failed or "
                          "was killed.")
                           .arg(lastingText(every)));
}

void CheckpointsPanel::onEmptyAction() {
    switch (m_list.whyNone()) {
        case NoCheckpoints::Unsaved:
            Q_EMIT saveRequested();
            break;
        case NoCheckpoints::Off: {
            Settings settings = m_document.pipeline().settings;
            settings.unknown.erase(kEveryKey);
            m_document.setSettings(settings);
            break;
        }
        case NoCheckpoints::Bounded:
            m_session.setAlwaysCheckpoints(true);
            break;
        default:
            break;
    }
}

bool CheckpointsPanel::mayKeep() const {
    const SavedCheckpoint* saved = chosen();
    return saved != nullptr && saved->kind == CheckpointKind::Running && saved->readable && !saved->behind;
}

bool CheckpointsPanel::mayStart() const {
    const SavedCheckpoint* saved = chosen();
    return saved != nullptr && canBeResumed(*saved) && isHere() && !m_session.isActive() &&
           !m_document.pipeline().nodes.empty();
}

// A run looks after its own. Rows that one has yet to put in place go with nothing but that checkpoint.
bool CheckpointsPanel::mayDelete() const {
    const SavedCheckpoint* saved = chosen();
    if (saved == nullptr || saved->kind != CheckpointKind::Running) return false;
    return !saved->name.empty() || !m_session.isActive();
}

void CheckpointsPanel::refreshTools() {
    m_keep->setEnabled(mayKeep());
    m_start->setEnabled(mayStart());
    m_delete->setEnabled(mayDelete());
}

void CheckpointsPanel::openMenu(QPoint at) {
    if (!m_table->indexAt(at).isValid()) return;
    QMenu menu(this);
    const auto add = [this, &menu](const QString& words, bool enabled, void (CheckpointsPanel::*act)()) {
        QAction* action = menu.addAction(words);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, act);
    };
    add(tr("&Start from it"), mayStart(), &CheckpointsPanel::start);
    add(tr("S&ave as savepoint…"), mayKeep(), &CheckpointsPanel::keep);
    add(tr("&Delete…"), mayDelete(), &CheckpointsPanel::remove);
    menu.addSeparator();
    connect(menu.addAction(tr("&Copy the list")), &QAction::triggered, this, &CheckpointsPanel::copy);
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

// A receiver may change the list.
void CheckpointsPanel::keep() {
    if (!mayKeep()) return;
    const SavedCheckpoint saved = *chosen();
    Q_EMIT keepRequested(saved);
}

void CheckpointsPanel::start() {
    if (!mayStart()) return;
    const SavedCheckpoint saved = *chosen();
    Q_EMIT startRequested(saved);
}

void CheckpointsPanel::remove() {
    if (!mayDelete()) return;
    const SavedCheckpoint saved = *chosen();
    Q_EMIT deleteRequested(saved);
}

void CheckpointsPanel::copy() const {
    QGuiApplication::clipboard()->setText(m_model.text());
}

void CheckpointsPanel::goToNode(int row) {
    if (row < 0 || row >= m_nodes.rowCount()) return;
    const NodeId node = m_nodes.node(row);
    if (m_document.node(node) != nullptr) m_document.selection().reveal(node);
}

void CheckpointsPanel::retranslate() {
    m_always->setText(tr("Chec&kpoints in runs that end by themselves"));
    m_start->setLabel(tr("Start the run from this checkpoint"));
    m_keep->setLabel(tr("Save the checkpoint as a savepoint"));
    m_delete->setLabel(tr("Delete the checkpoint"));
    m_table->setAccessibleName(tr("Checkpoints"));
    m_nodeTable->setAccessibleName(tr("Nodes of the checkpoint"));
    m_model.refresh();
    m_nodes.refresh();
    showTrouble();
    refreshTools();
    showRightPage();
}

}  // namespace rw::ui
