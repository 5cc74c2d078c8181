#include "widgets/pipeline_tests/tests_panel.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include "widgets/document/pipeline_document.h"
#include "widgets/pipeline_tests/test_list_delegate.h"
#include "widgets/pipeline_tests/window_bars.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kTestsFacts{
    .id = "tests", .icon = "tests", .shortcut = "Alt+9", .place = 9, .height = 548};
constexpr const char* kAutoKey = "tests/runAfterEachChange";
constexpr int kLineHeight = 26, kListWidth = 250, kStepsWidth = 380, kOutcomeWidth = 320;
constexpr int kHeightForBars = 340;

QPushButton* smallButton(const char* role) {
    auto* button = new QPushButton;
    button->setProperty("controlSize", "small");
    button->setProperty("role", role);
    return button;
}

QHBoxLayout* headRow() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(metrics::kGrid, metrics::kStep, metrics::kGrid, metrics::kStep);
    row->setSpacing(metrics::kGrid);
    return row;
}

QVBoxLayout* plainColumn(QWidget* box) {
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    return column;
}

}  // namespace

TestsPanel::TestsPanel(const PaneParts& parts, TestsWindow window)
    : Pane(kTestsFacts),
      m_document(parts.document),
      m_window(std::move(window)),
      m_runner(parts.document),
      m_list(m_runner),
      m_steps(parts.document),
      m_difference(parts.document),
      m_watch(*this, kLookMillis),
      m_runAllAction(addEntry(MainMenu::Run, "run_all", QKeySequence(QStringLiteral("Ctrl+Shift+T")),
                              [this] {
                                  Q_EMIT openRequested();
                                  m_runWhenRead = !m_store.isRead();
                                  if (!m_runWhenRead) runAll();
                              })),
      m_tools(new QWidget(this)),
      m_auto(new QCheckBox(m_tools)),
      m_openFile(new IconButton(QStringLiteral("file"), {}, m_tools)),
      m_undo(new IconButton(QStringLiteral("undo"), {}, m_tools)),
      m_new(new IconButton(QStringLiteral("plus"), {}, m_tools)),
      m_more(new IconButton(QStringLiteral("more"), {})),
      m_runAll(smallButton("primary")),
      m_runThis(smallButton("flat")),
      m_accept(smallButton("flat")),
      m_addRow(smallButton("link")),
      m_addStep(smallButton("link")),
      m_editStep(smallButton("link")),
      m_remove(smallButton("link")),
      m_newMenu(new QMenu(this)),
      m_moreMenu(new QMenu(this)),
      m_counts(new ElidedLabel),
      m_stepsHead(new ElidedLabel),
      m_outcomeHead(new ElidedLabel),
      m_listView(new QListView),
      m_stepsView(new QTableView),
      m_differenceView(new QTableView),
      m_bars(new WindowBarsView),
      m_trouble(new HintBox(this)),
      m_since(new HintBox),
      m_noDifference(new EmptyState),
      m_empty(new EmptyState(this)) {
    makeTools();
    makeMenus();
    auto* parted = new QSplitter(Qt::Horizontal);
    parted->setChildrenCollapsible(false);
    parted->addWidget(makeList());
    parted->addWidget(makeSteps());
    parted->addWidget(makeDifference());
    parted->setSizes({kListWidth, kStepsWidth, kOutcomeWidth});
    parted->setStretchFactor(0, 2);
    parted->setStretchFactor(1, 4);
    parted->setStretchFactor(2, 3);
    auto* whole = new QWidget(this);
    auto* column = plainColumn(whole);
    m_trouble->hide();
    column->addWidget(m_trouble);
    column->addWidget(parted, 1);
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(whole);
    m_pages->addWidget(m_empty);
    m_pages->setCurrentWidget(m_empty);
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMillis);
    m_watch.setNeeded(true);
    m_long.setSingleShot(true);
    m_long.setInterval(kLongMillis);
    connectParts();
    retranslate();
}

// In a low panel the rows that differ need all the room.
void TestsPanel::resizeEvent(QResizeEvent* event) {
    m_bars->setRoom(height() >= Theme::of(this).scaled(kHeightForBars));
    Pane::resizeEvent(event);
}

QString TestsPanel::title() const {
    return tr("&Tests");
}

void TestsPanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    m_auto->setChecked(QSettings().value(QLatin1String(kAutoKey), true).toBool());
    row->addWidget(m_auto);
    for (IconButton* button : {m_new, m_undo, m_openFile}) row->addWidget(button);
}

void TestsPanel::makeMenus() {
    m_fromSample = m_newMenu->addAction(QString());
    m_fromTape = m_newMenu->addAction(QString());
    m_fromPart = m_newMenu->addAction(QString());
    m_byHand = m_newMenu->addAction(QString());
    m_rename = m_moreMenu->addAction(QString());
    m_delete = m_moreMenu->addAction(QString());
    for (const auto& [button, menu] : {std::pair(m_new, m_newMenu), std::pair(m_more, m_moreMenu)}) {
        connect(button, &IconButton::clicked, menu, [this, button = button, menu = menu] {
            showWhatCanBeMade();  // there may be a tape by now
            menu->popup(button->mapToGlobal(QPoint(0, button->height())));
        });
    }
}

void TestsPanel::styleTable(QTableView& table) {
    applyTableStyle(table, kLineHeight);
    table.horizontalHeader()->hide();  // each step has heads of its own
    elideAtEdges(table, new LineDelegate(table));
}

QWidget* TestsPanel::makeList() {
    auto* box = new QWidget;
    auto* column = plainColumn(box);
    auto* head = headRow();
    m_counts->setProperty("role", "caption");
    m_counts->setElideMode(Qt::ElideRight);
    head->addWidget(m_runAll);
    head->addWidget(m_counts, 1);
    column->addLayout(head);
    m_listView->setModel(&m_list);
    m_listView->setItemDelegate(new TestListDelegate(m_listView));
    m_listView->setUniformItemSizes(true);
    m_listView->setFrameShape(QFrame::NoFrame);
    m_listView->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_listView->setEditTriggers(QAbstractItemView::NoEditTriggers);
    column->addWidget(m_listView, 1);
    return box;
}

QWidget* TestsPanel::makeSteps() {
    auto* box = new QWidget;
    auto* column = plainColumn(box);
    auto* head = headRow();
    m_stepsHead->setProperty("role", "strong");
    m_stepsHead->setElideMode(Qt::ElideRight);
    head->addWidget(m_stepsHead, 1);
    head->addWidget(m_more);
    column->addLayout(head);
    m_stepsView->setModel(&m_steps);
    styleTable(*m_stepsView);
    m_stepsView->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_stepsView->setSelectionMode(QAbstractItemView::SingleSelection);
    m_stepsView->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                                 QAbstractItemView::AnyKeyPressed);
    m_stepsView->setContextMenuPolicy(Qt::CustomContextMenu);
    column->addWidget(m_stepsView, 1);
    auto* foot = headRow();
    for (QPushButton* button : {m_addRow, m_addStep, m_editStep, m_remove}) foot->addWidget(button);
    foot->addStretch();
    column->addLayout(foot);
    return box;
}

QWidget* TestsPanel::makeDifference() {
    auto* box = new QWidget;
    auto* column = plainColumn(box);
    auto* head = headRow();
    m_outcomeHead->setProperty("role", "strong");
    m_outcomeHead->setElideMode(Qt::ElideRight);
    head->addWidget(m_outcomeHead, 1);
    head->addWidget(m_runThis);
    head->addWidget(m_accept);
    column->addLayout(head);
    m_differenceView->setModel(&m_difference);
    styleTable(*m_differenceView);
    auto* differs = new QWidget;
    auto* parts = plainColumn(differs);
    m_bars->hide();
    parts->addWidget(m_bars);
    parts->addWidget(m_differenceView, 1);
    auto* pages = new QWidget;
    m_outcomePages = new QStackedLayout(pages);
    m_outcomePages->addWidget(differs);
    m_outcomePages->addWidget(m_noDifference);
    m_outcomePages->setCurrentWidget(m_noDifference);
    column->addWidget(pages, 1);
    m_since->hide();
    column->addWidget(m_since);
    return box;
}

void TestsPanel::connectParts() {
    connect(&m_document, &PipelineDocument::changed, this, &TestsPanel::onDocument);
    connect(&m_document, &PipelineDocument::fileChanged, this, &TestsPanel::followFile);
    connect(&m_document, &PipelineDocument::validatedChanged, this, [this] {
        if (isOn()) showSoon();  // columns are known
    });
    connect(&m_document.selection(), &Selection::changed, this, [this] {
        if (isOn()) refreshButtons();
    });
    connect(&m_store, &TestStore::changed, this, [this] {
        if (m_store.isRead() && std::exchange(m_runWhenRead, false)) runAll();
        takeVariant();
        showSoon();
        runSoon();
    });
    connect(&m_store, &TestStore::refused, this, [this](const Status& why) {
        m_refused = why;
        showSoon();
    });
    connect(&m_runner, &TestRunner::changed, this, [this] {
        const bool began = !std::exchange(m_ran, m_runner.isRunning()) && m_ran;
        if (began && isOn()) m_long.start();
        showSoon();
    });
    connect(&m_long, &QTimer::timeout, this, &TestsPanel::refreshButtons);
    connect(&m_rest, &QTimer::timeout, this, &TestsPanel::runStale);
    connect(&m_watch, &Ticker::ticked, &m_store, &TestStore::look);
    connect(&m_steps, &StepsModel::typed, this, &TestsPanel::onTyped, Qt::QueuedConnection);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_list.refresh();
        m_steps.refresh();
        m_difference.refresh();
    });
    connect(m_auto, &QCheckBox::toggled, this, [this](bool on) {
        QSettings().setValue(QLatin1String(kAutoKey), on);
        runSoon();
    });
    connect(m_listView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) {
                if (current.isValid()) choose(m_list.nameAt(current.row()));
            });
    connect(m_stepsView->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &TestsPanel::refreshButtons);
    connect(m_stepsView, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        const StepLine* const line = m_steps.line(index.row());
        if (line != nullptr && line->kind == StepLine::Kind::Words) editStep();
    });
    connect(m_stepsView, &QWidget::customContextMenuRequested, this, &TestsPanel::openStepsMenu);
    connect(m_runAll, &QPushButton::clicked, this, [this] {
        if (m_offersCancel) {
            m_runner.cancel();
        } else {
            runAll();
        }
    });
    connect(m_runThis, &QPushButton::clicked, this, &TestsPanel::runChosen);
    connect(m_accept, &QPushButton::clicked, this, &TestsPanel::accept);
    connect(m_openFile, &IconButton::clicked, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(m_store.file())); });
    connect(m_undo, &IconButton::clicked, &m_store, &TestStore::undo);
    connect(m_fromSample, &QAction::triggered, this, &TestsPanel::newFromSample);
    connect(m_fromTape, &QAction::triggered, this, &TestsPanel::newFromTape);
    connect(m_fromPart, &QAction::triggered, this, &TestsPanel::newFromTapePart);
    connect(m_byHand, &QAction::triggered, this, &TestsPanel::newByHand);
    connect(m_rename, &QAction::triggered, this, &TestsPanel::rename);
    connect(m_delete, &QAction::triggered, this, &TestsPanel::removeTest);
    connect(m_addRow, &QPushButton::clicked, this, &TestsPanel::addRow);
    connect(m_addStep, &QPushButton::clicked, this, &TestsPanel::addStep);
    connect(m_editStep, &QPushButton::clicked, this, &TestsPanel::editStep);
    connect(m_remove, &QPushButton::clicked, this, &TestsPanel::removeLine);
    connect(m_trouble, &HintBox::actionTriggered, this, &TestsPanel::onTrouble);
    connect(m_empty, &EmptyState::actionTriggered, this, &TestsPanel::onEmptyAction);
}

void TestsPanel::retranslate() {
    m_runAllAction->setText(tr("R&un all tests"));
    m_runAllAction->setEnabled(!m_document.path().isEmpty());
    m_auto->setText(tr("Run after each change"));
    m_auto->setToolTip(tr("Tests run a moment after each change, while they are in sight."));
    m_openFile->setLabel(tr("Open the file of the tests"));
    m_new->setLabel(tr("New test"));
    m_more->setLabel(tr("More for this test"));
    m_rename->setText(tr("&Rename…"));
    m_delete->setText(tr("&Delete"));
    m_fromTape->setText(tr("New test from the &tape of the run"));
    m_fromPart->setText(tr("New test from a &part of the tape…"));
    m_byHand->setText(tr("New test by &hand"));
    m_runThis->setText(tr("Run this"));
    m_accept->setText(tr("Accept what it got"));
    m_accept->setToolTip(tr("What came takes the place of what was expected. Look at the difference first."));
    m_addRow->setText(tr("+ Row"));
    m_addStep->setText(tr("+ Step…"));
    m_editStep->setText(tr("Edit step…"));
    m_listView->setAccessibleName(tr("Tests"));
    m_stepsView->setAccessibleName(tr("Steps of the test"));
    m_differenceView->setAccessibleName(tr("Expected and got"));
    m_list.refresh();
    m_steps.refresh();
    m_difference.refresh();
    if (isOn()) showAll();
}

}  // namespace rw::ui
