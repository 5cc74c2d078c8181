#include "tests/unit/theme/gallery.h"

#include <QtWidgets/QtWidgets>
#include <cmath>

#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/heads.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/sparkline.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

namespace {

QLabel* label(const QString& text, const char* role) {
    auto* result = new QLabel(text);
    result->setProperty("role", role);
    return result;
}

template <typename Button>
Button* button(const QString& text, const char* icon, const char* role, ColorRole color = ColorRole::Text) {
    auto* result = new Button;
    result->setText(text);
    if (icon) result->setIcon(Theme::of().icon(QString::fromLatin1(icon), color));
    if (role) result->setProperty("role", role);
    return result;
}

QComboBox* combo(const QStringList& items) {
    auto* result = new QComboBox;
    result->addItems(items);
    return result;
}

QLineEdit* number(const QString& text, const char* state = nullptr) {
    auto* result = new QLineEdit(text);
    result->setProperty("mono", true);
    result->setAlignment(Qt::AlignRight);
    result->setFixedWidth(88);
    if (state) result->setProperty("state", state);
    return result;
}

}  // namespace

Gallery::Gallery() {
    resize(1400, 900);
    addBars();
    auto* centre = new QWidget;
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* middle = new QWidget;
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* tabs = new QTabBar;
    for (const auto& [icon, words] : {std::pair{u"pipeline", tr("Pipeline")},
                                      {u"dashboard", tr("Dashboard")},
                                      {u"database", tr("Results")}})
        tabs->addTab(Theme::of().icon(icon, ColorRole::Dim), words);
    tabs->setExpanding(false);
    tabs->setDrawBase(false);
    auto* tabRow = new QFrame;
    tabRow->setProperty("surface", "panel");
    tabRow->setProperty("edge", "bottom");
    auto* tabLayout = new QHBoxLayout(tabRow);
    tabLayout->setContentsMargins(0, 0, 16, 0);
    tabLayout->addWidget(tabs);
    tabLayout->addStretch(1);
    for (const char* icon : {"magnet", "align", "wand", "fit", "map"}) {
        auto* tool = new IconButton(QString::fromLatin1(icon), QString::fromLatin1(icon));
        tool->setCheckable(true);
        tool->setChecked(*icon == 'm');
        tool->setProperty("controlSize", "small");
        tabLayout->addWidget(tool);
    }
    column->addWidget(tabRow);
    column->addWidget(makeButtons());
    column->addWidget(makeIcons(), 1);
    column->addWidget(makeTable());
    row->addWidget(makeTree());
    row->addWidget(middle, 1);
    row->addWidget(makeForm());
    setCentralWidget(centre);
}

void Gallery::addBars() {
    for (const QString& name : {tr("File"), tr("Edit"), tr("View"), tr("Pipeline"), tr("Run"), tr("Help")}) {
        QMenu* menu = menuBar()->addMenu(name);
        menu->addAction(Theme::of().icon(u"file-plus"), tr("New"), QKeySequence::New, [] {});
        menu->addAction(Theme::of().icon(u"folder-open"), tr("Open…"), QKeySequence::Open, [] {});
        menu->addSeparator();
        QAction* snap = menu->addAction(tr("Snap to grid"));
        snap->setCheckable(true);
        snap->setChecked(true);
        menu->addAction(tr("Nothing to do"))->setEnabled(false);
        menu->addMenu(tr("Recent"))->addAction(tr("A file"));
    }
    QToolBar* bar = addToolBar(tr("Run"));
    bar->setMovable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->addAction(Theme::of().icon(u"run"), tr("Run"))->setEnabled(false);
    bar->addAction(Theme::of().icon(u"pause"), tr("Pause"));
    bar->addAction(Theme::of().icon(u"stop"), tr("Stop"));
    bar->addWidget(button<QPushButton>(tr("Run"), "run", "primary", ColorRole::OnAccent));
    bar->addSeparator();
    auto* running = new Pill;
    running->set(Pill::State::Ok, tr("Running"), QStringLiteral("12.4 k rows/s"));
    bar->addWidget(running);
    auto* spark = new Sparkline;
    spark->setColorRole(ColorRole::Ok);
    for (int i = 0; i < 60; ++i) spark->push(std::sin(i * 0.4) + 0.4 * std::sin(i * 1.7));
    bar->addWidget(spark);
    auto* idle = new Pill;
    idle->set(Pill::State::Idle, tr("Nothing to run yet"));
    bar->addWidget(idle);
    auto* paused = new Pill;
    paused->set(Pill::State::Paused, tr("Paused at 14:33:04"));
    bar->addWidget(paused);
    bar->setMinimumHeight(Theme::of().scaled(metrics::kToolBarHeight));
    auto* failed = new Pill;
    failed->set(Pill::State::Error, tr("1 problem"));
    bar->addWidget(failed);
    auto* busy = new Pill;
    busy->set(Pill::State::Busy, tr("Starting 5 of 9 nodes"));
    bar->addWidget(busy);
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    auto* search =
        button<QPushButton>(tr("Search nodes, actions, settings"), "search", "search", ColorRole::Dim);
    search->setProperty("keys", QStringLiteral("Ctrl K"));
    bar->addWidget(search);
    bar->addWidget(new IconButton(QStringLiteral("undo"), tr("Undo")));
    bar->addWidget(new IconButton(QStringLiteral("sun"), tr("Light theme")));
    statusBar()->addWidget(label(tr("Embedded engine · 4 threads"), "dim"));
    statusBar()->addPermanentWidget(label(tr("1 node selected"), "dim"));
    statusBar()->setSizeGripEnabled(false);
}

QWidget* Gallery::makeTree() {
    auto* panel = new QFrame;
    panel->setProperty("surface", "panel");
    panel->setProperty("edge", "right");
    panel->setFixedWidth(Theme::of().scaled(232));
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(12, 8, 12, 8);
    column->addWidget(new SearchField(tr("Search nodes"), QStringLiteral("/")));
    auto* typed = new SearchField(tr("Search nodes"), QStringLiteral("/"));
    typed->setText(QStringLiteral("wind"));
    column->addWidget(typed);
    auto* section = new CollapsibleSection(tr("Sources"));
    auto* tree = new QTreeWidget;
    tree->setHeaderHidden(true);
    auto* first = new QTreeWidgetItem(tree, {tr("Load per core")});
    for (const QString& name : {tr("rows"), tr("late")}) new QTreeWidgetItem(first, {name});
    new QTreeWidgetItem(tree, {tr("Busy samples")});
    first->setExpanded(true);
    tree->setCurrentItem(first->child(0));
    section->body()->addWidget(tree);
    column->addWidget(section, 1);
    auto* closed = new CollapsibleSection(tr("Transform"));
    closed->setOpen(false);
    column->addWidget(closed);
    auto* empty = new EmptyState;
    empty->set(QStringLiteral("pointer"), tr("Nothing selected"),
               tr("Select a node to change its settings, see its columns and look at its rows."),
               tr("Show all"));
    column->addWidget(empty);
    return panel;
}

QWidget* Gallery::makeForm() {
    auto* panel = new QFrame;
    panel->setProperty("surface", "panel");
    panel->setProperty("edge", "left");
    panel->setFixedWidth(Theme::of().scaled(336));
    auto* column = new QVBoxLayout(panel);
    column->addWidget(label(tr("Load per core"), "title"));
    column->addWidget(label(tr("Window aggregate · node 4 of 9"), "caption"));
    auto* kinds = new SegmentedControl;
    kinds->setSegments({tr("Tumble"), tr("Hop"), tr("Session"), tr("Cumulate")});
    column->addWidget(kinds);
    auto* form = new QGridLayout;
    form->setColumnStretch(2, 1);
    const auto row = [&](const QString& words, QWidget* a, QWidget* b = nullptr) {
        const int at = form->rowCount();
        form->addWidget(label(words, "dim"), at, 0);
        form->addWidget(a, at, 1, 1, b ? 1 : 2);
        if (b) form->addWidget(b, at, 2);
    };
    auto* time = combo({QStringLiteral("ts")});
    time->setItemIcon(0, Theme::of().icon(u"clock", ColorRole::OperatorText));
    row(tr("Time column"), time);
    row(tr("Size"), number(QStringLiteral("10")), combo({tr("seconds"), tr("minutes")}));
    row(tr("Slide"), number(QStringLiteral("10"), "unused"), label(tr("same as size"), "dim"));
    row(tr("Allowed lateness"), number(QStringLiteral("5"), "warn"), combo({tr("seconds")}));
    row(tr("Wrong"), number(QStringLiteral("five"), "error"), new QSpinBox);
    auto* off = new QLineEdit(tr("off"));
    off->setEnabled(false);
    row(tr("Off"), off);
    column->addLayout(form);
    auto* hint = new HintBox;
    hint->set(HintBox::Kind::Warn, tr("Shorter than the delays seen"),
              tr("41 rows arrived after their window closed. The longest delay was 6.4 s."),
              {tr("Set to 7 s"), tr("Show the rows")});
    column->addWidget(hint);
    auto* error = new HintBox;
    error->set(HintBox::Kind::Error, tr("No column “lod” in the input"),
               tr("Line 1, column 1. The nearest name is “load” (DOUBLE)."), {tr("Replace with “load”")});
    column->addWidget(error);
    auto* chips = new QWidget;
    auto* flow = new FlowLayout(chips);
    auto* key = new Chip(QStringLiteral("core"));
    key->setMono(true);
    key->setDetail(QStringLiteral("INT"));
    key->setIcon(QStringLiteral("key"));
    key->setRemovable(true);
    flow->addWidget(key);
    auto* filter = new Chip(QStringLiteral("max_load > 0.5"));
    filter->setTone(Chip::Tone::Accent);
    filter->setRemovable(true);
    flow->addWidget(filter);
    auto* errors = new Chip(tr("1 error"));
    errors->setTone(Chip::Tone::Error);
    errors->setIcon(QStringLiteral("error"));
    flow->addWidget(errors);
    auto* warnings = new Chip(tr("1 warning"));
    warnings->setTone(Chip::Tone::Warn);
    warnings->setIcon(QStringLiteral("warning"));
    flow->addWidget(warnings);
    for (const char* name : {"window_start", "window_end", "core", "avg_load"}) {
        auto* chip = new Chip(QString::fromLatin1(name));
        chip->setMono(true);
        flow->addWidget(chip);
    }
    column->addWidget(chips);
    for (const auto& [words, on] :
         {std::pair{tr("When the window closes"), true}, {tr("Early, then final"), false}}) {
        auto* choice = new QRadioButton(words);
        choice->setChecked(on);
        column->addWidget(choice);
    }
    for (const auto& [words, on] :
         {std::pair{tr("Keep the late rows"), true}, {tr("Stop on an error"), false}}) {
        auto* choice = new QCheckBox(words);
        choice->setChecked(on);
        column->addWidget(choice);
    }
    column->addStretch(1);
    return panel;
}

QWidget* Gallery::makeTable() {
    auto* table = new QTableWidget(5, 4);
    table->setObjectName(QStringLiteral("table"));
    table->setHorizontalHeaderLabels({tr("Problem"), tr("Node"), tr("Where"), tr("Quick fix")});
    for (int row = 0; row < 5; ++row)
        for (int column = 0; column < 4; ++column)
            table->setItem(row, column,
                           new QTableWidgetItem(QStringLiteral("cell %1 %2").arg(row).arg(column)));
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(Theme::of().scaled(metrics::kTableRowHeight));
    table->horizontalHeader()->setStretchLastSection(true);
    table->setSortingEnabled(true);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setShowGrid(false);
    table->selectRow(1);
    table->setFixedHeight(150);
    return table;
}

QWidget* Gallery::makeButtons() {
    auto* page = new QWidget;
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(16, 12, 16, 12);
    auto* plain = button<QPushButton>(tr("Start empty"), "plus", nullptr);
    plain->setObjectName(QStringLiteral("plain"));
    plain->setProperty("keys", QStringLiteral("Ctrl N"));
    auto* menu = new QMenu(plain);
    auto* opens = button<QPushButton>(tr("Last 5 minutes"), "clock", nullptr);
    opens->setMenu(menu);
    row->addWidget(opens);
    row->addWidget(plain);
    row->addWidget(button<QPushButton>(tr("Export 847 rows"), "download", "primary", ColorRole::OnAccent));
    auto* off = button<QPushButton>(tr("Apply"), nullptr, "primary");
    off->setEnabled(false);
    row->addWidget(off);
    auto* small = button<QPushButton>(tr("Set to 7 s"), "lightbulb", nullptr, ColorRole::Accent);
    small->setObjectName(QStringLiteral("small"));
    small->setProperty("controlSize", "small");
    row->addWidget(small);
    row->addWidget(button<QPushButton>(tr("Delete"), nullptr, "danger"));
    row->addWidget(button<QPushButton>(tr("Add key"), "plus", "link", ColorRole::Accent));
    auto* focused = button<QPushButton>(tr("Focused"), nullptr, nullptr);
    focused->setObjectName(QStringLiteral("focused"));
    row->addWidget(focused);
    row->addWidget(label(QStringLiteral("Ctrl K"), "key"));
    auto* badge = label(QStringLiteral("2"), "badge");
    badge->setProperty("tone", "warn");
    row->addWidget(badge);
    row->addWidget(label(QStringLiteral("43"), "badge"));
    auto* path =
        new ElidedLabel(QStringLiteral("/home/somebody/pipelines/plant-2/sensor-alerts-of-last-winter.rill"));
    path->setObjectName(QStringLiteral("path"));
    row->addWidget(path);
    row->addStretch(1);
    return page;
}

QWidget* Gallery::makeIcons() {
    auto* page = new QFrame;
    page->setProperty("surface", "canvas");
    auto* grid = new QGridLayout(page);
    grid->setSpacing(6);
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    for (int i = 0; i < files.size(); ++i) {
        const QString name = QFileInfo(files[i]).completeBaseName();
        auto* cell = new QLabel;
        cell->setPixmap(Theme::of().pixmap(name, 20, Theme::of().tokens().text, 1.0));
        auto* words = new ElidedLabel(name);
        words->setProperty("role", "caption");
        auto* box = new QHBoxLayout;
        box->addWidget(cell);
        box->addWidget(words, 1);
        grid->addLayout(box, i / 7, i % 7);
    }
    return page;
}
