#include "widgets/sample/sample_panel.h"

#include <QApplication>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/sample/kept_rows_text.h"
#include "widgets/sample/row_way.h"
#include "widgets/sample/sample_delegate.h"
#include "widgets/sample/sample_header.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kSampleFacts{
    .id = "sample", .icon = "sample", .shortcut = "", .place = 11, .height = 548};
constexpr int kRowHeight = 27, kWidestColumn = 240, kWidthForWay = 640;

QString blocksText(const LookResult& look) {
    std::size_t blocks = 0;
    for (const LookedSource& source : look.sources) blocks += source.blocks.size();
    if (blocks == 0) return {};
    return translated(figures::counted(blocks, RW_TEXT("sample rows", "1 block of the file"),
                                       RW_TEXT("sample rows", "%1 blocks spread over the file")));
}

}  // namespace

SamplePanel::SamplePanel(const PaneParts& parts, const RunConsent* consent)
    : Pane(kSampleFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_taker(parts.document, this),
      m_listener(parts.document, parts.session, consent, this),
      m_sampler(parts.document, parts.session, m_figures, this),
      m_tools(new QWidget(this)),
      m_inputs(new SegmentedControl(m_tools)),
      m_outputs(new SegmentedControl(m_tools)),
      m_from(new SegmentedControl(m_tools)),
      m_listen(new QPushButton(m_tools)),
      m_forget(new QPushButton(m_tools)),
      m_close(new QCheckBox(m_tools)),
      m_stay(new QCheckBox(m_tools)),
      m_again(new IconButton(QStringLiteral("refresh"), {}, m_tools)),
      m_summary(new ElidedLabel({}, this)),
      m_aside(new ElidedLabel({}, this)),
      m_way(new RowWay(parts.document)),
      m_hint(new HintBox(this)),
      m_empty(new EmptyState(this)),
      m_grids(new QWidget(this)),
      m_listenAction(addEntry(MainMenu::Run, "listen", {}, [this] { listenTo(sourcesAtSelection()); })),
      m_removeAction(addEntry(MainMenu::Run, "remove_kept", {}, [this] { askToRemove(); })) {
    makeTools();
    auto* sides = new QSplitter(Qt::Horizontal, m_grids);
    sides->setChildrenCollapsible(false);
    makeGrid(m_in, sides);
    makeGrid(m_out, sides);
    sides->addWidget(m_way);
    m_way->hide();
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 3);
    sides->setStretchFactor(2, 2);
    tieGrids();
    auto* column = new QVBoxLayout(m_grids);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (ElidedLabel* line : {m_summary, m_aside}) {
        line->setProperty("role", "caption");
        line->setContentsMargins(metrics::kGrid, metrics::kStep, metrics::kGrid, metrics::kStep);
        column->addWidget(line);
    }
    m_aside->setObjectName(QStringLiteral("sample_aside"));
    m_aside->hide();
    column->addWidget(sides, 1);
    m_hint->setObjectName(QStringLiteral("sample_hint"));
    m_hint->hide();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_hint);
    m_pages = new QStackedLayout;
    whole->addLayout(m_pages, 1);
    m_pages->addWidget(m_grids);
    m_pages->addWidget(m_empty);
    m_taker.setHeard([this] { return m_listener.here(); });
    m_sampler.setHeard([this] { return m_listener.here(); });
    connect(&m_taker, &SampleTaker::changed, this, &SamplePanel::showAnswer);
    connectLive();
    connect(m_way, &RowWay::nodeChosen, this,
            [this](const NodeId& node) { m_document.selection().set({node}); });
    connect(&m_document.selection(), &Selection::changed, this, &SamplePanel::follow);
    connect(&m_document, &PipelineDocument::changed, this, &SamplePanel::follow);
    connect(&m_session, &RunSession::stateChanged, this, &SamplePanel::followRun);
    connect(&m_session, &RunSession::unappliedChangesChanged, this, &SamplePanel::showAnswer);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_in.model.refresh();
        m_out.model.refresh();
        showWay();
    });
    retranslate();
}

QString SamplePanel::title() const {
    return tr("&Sample");
}

void SamplePanel::onActivated() {
    m_sampler.setWanted(true);
    follow();
    showAnswer();
}

void SamplePanel::onDeactivated() {
    if (!takes()) m_taker.drop();
    showAnswer();
    m_sampler.setWanted(m_stay->isChecked());
}

void SamplePanel::makeTools() {
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(0, 2, metrics::kGrid, 2);
    row->setSpacing(metrics::kGrid);
    for (QWidget* tool : std::initializer_list<QWidget*>{m_listen, m_forget, m_inputs, m_outputs, m_from,
                                                         m_close, m_stay, m_again})
        row->addWidget(tool);
    m_close->setChecked(true);
    m_inputs->hide();
    m_outputs->hide();
    m_from->hide();
    m_listen->hide();
    m_forget->hide();
    const auto wishAnother = [this] {
        m_sampler.setRequest(request());
        follow();
    };
    connect(m_close, &QCheckBox::toggled, this, wishAnother);
    connect(m_from, &SegmentedControl::chosen, this, wishAnother);
    connect(m_again, &IconButton::clicked, &m_taker, &SampleTaker::takeAgain);
    connect(m_again, &IconButton::clicked, &m_sampler, &PipelineSampler::again);
    connect(m_inputs, &SegmentedControl::chosen, this, [this](int index) {
        m_inputChoice = index;
        showGrids();
    });
    connect(m_outputs, &SegmentedControl::chosen, this, [this](int index) {
        m_outputChoice = index;
        showGrids();
    });
}

void SamplePanel::makeGrid(Grid& grid, QWidget* parent) {
    grid.box = new QWidget(parent);
    grid.head = new ElidedLabel({}, grid.box);
    grid.head->setContentsMargins(metrics::kGrid, metrics::kStep, metrics::kGrid, metrics::kStep);
    grid.table = new QTableView;
    grid.table->setModel(&grid.model);
    grid.table->setHorizontalHeader(new SampleHeader(grid.model, grid.table));
    applyTableStyle(*grid.table, kRowHeight);
    elideAtEdges(*grid.table, new SampleDelegate(*grid.table));
    grid.empty = new EmptyState;
    auto* pages = new QWidget(grid.box);
    grid.pages = new QStackedLayout(pages);
    grid.pages->addWidget(grid.table);
    grid.pages->addWidget(grid.empty);
    auto* column = new QVBoxLayout(grid.box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(grid.head);
    column->addWidget(pages, 1);
}

/// Both are scrolled and chosen in as one.
void SamplePanel::tieGrids() {
    const auto tie = [](const Grid& from, const Grid& to) {
        connect(from.table->verticalScrollBar(), &QScrollBar::valueChanged, to.table->verticalScrollBar(),
                &QScrollBar::setValue);
        connect(from.table->selectionModel(), &QItemSelectionModel::currentRowChanged, to.table,
                [table = to.table](const QModelIndex& current) {
                    if (current.isValid() && table->currentIndex().row() != current.row())
                        table->setCurrentIndex(table->model()->index(current.row(), 0));
                });
    };
    tie(m_in, m_out);
    tie(m_out, m_in);
    connect(m_in.table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SamplePanel::followCurrent);
}

std::optional<ShownRow> SamplePanel::currentRow(const QTableView& table) const {
    const Grid& grid = &table == m_in.table ? m_in : m_out;
    const QModelIndex current = table.currentIndex();
    std::optional<Batch> row = current.isValid() ? grid.model.rowAt(current.row()) : std::nullopt;
    if (!row || !m_shown) return std::nullopt;
    return ShownRow{grid.model.port()->from, *std::move(row)};
}

/// Fields show what expressions give for the row that is looked at, and its way down is told.
void SamplePanel::followCurrent() {
    const QModelIndex current = m_in.table->currentIndex();
    const std::optional<std::size_t> number =
        current.isValid() && m_shown ? m_in.model.numberAt(current.row()) : std::nullopt;
    std::optional<Batch> row = number ? m_in.model.rowAt(current.row()) : std::nullopt;
    if (!row) {
        m_way->clear();
        return m_figures.setCurrent(std::nullopt);
    }
    // What nobody sees is not looked for.
    if (m_way->isHidden()) {
        m_way->clear();
    } else {
        m_way->follow(m_shown, {m_in.model.port()->from, m_shown->node, *number, *row});
    }
    m_figures.setCurrent(SampledRow{m_shown->node, m_in.model.port()->from, *number, *std::move(row)});
}

/// Out of sight only for fields in a run: while nothing runs they have the sample of the whole pipeline.
bool SamplePanel::takes() const {
    return isOn() || (m_stay->isChecked() && m_session.isActive());
}

void SamplePanel::follow() {
    const Node* const node = m_document.selection().single();
    if (!takes() || node == nullptr) {
        m_taker.drop();
    } else {
        m_taker.take(node->id, request());
    }
    showAnswer();
}

void SamplePanel::followRun() {
    const bool ended = std::exchange(m_ran, m_session.isActive()) && !m_ran;
    const SampleRef sample = m_taker.sample();
    const bool live = sample && std::any_of(sample->look.sources.begin(), sample->look.sources.end(),
                                            [](const LookedSource& source) { return source.live; });
    // What it has kept by now are the newest rows of its live sources. A sample under way may lack them.
    if (ended && (live || m_taker.isWaiting())) m_taker.expire();
    follow();
}

void SamplePanel::showAnswer() {
    const Node* const node = m_document.selection().single();
    const SampleRef sample = m_taker.sample();
    const bool ofNode = takes() && node != nullptr && sample && sample->node == node->id;
    m_figures.setOfNode(ofNode ? sample->besideFields : nullptr);
    if (!isOn()) return;
    m_aside->setVisible(m_session.isActive() && m_session.hasUnappliedChanges());
    m_again->setEnabled(!m_taker.isWaiting() && m_taker.sample() != nullptr);
    showListening();
    if (showNothing()) return;
    turnTo(*m_pages, 0, m_out.box->isVisibleTo(m_grids) ? m_out.table : m_in.table);
    m_summary->setText(summary());
    if (m_shown == m_taker.sample()) return;
    m_shown = m_taker.sample();
    showPorts();
    showGrids();
}

/// Whether words are shown in place of rows.
bool SamplePanel::showNothing() {
    const Node* const node = m_document.selection().single();
    if (node == nullptr) {
        setEmpty(
            tr("Select a node"),
            tr("What it would give is shown here, on the first rows of its sources. Nothing is written."));
        return true;
    }
    const SampleRef sample = m_taker.sample();
    if (!sample || sample->node != node->id) {
        setEmpty(tr("Taking a sample"), {});
        return true;
    }
    const LookResult& look = sample->look;
    if (!look.inputs.empty() || !look.outputs.empty()) {
        const bool rows = std::any_of(look.sources.begin(), look.sources.end(),
                                      [](const LookedSource& source) { return source.missing.empty(); });
        if (rows || look.sources.empty()) return false;
        const bool again = look.sources.front().live && m_session.isActive() && m_listener.runKeepsRows();
        const QString trouble = m_listener.trouble();
        setEmpty(m_listener.isBusy() ? tr("Listening") : tr("There is no sample"),
                 m_listener.isBusy()  ? tr("Rows are shown when the five seconds are over.")
                 : !trouble.isEmpty() ? trouble
                                      : silentWords(),
                 m_listener.isBusy() || !liveSources().empty() ? m_listen->text()
                 : again                                       ? tr("Take the sample again")
                                                               : QString());
        return true;
    }
    if (!look.issues.empty()) {
        const Issue& issue = look.issues.front();
        setEmpty(tr("“%1” has an error").arg(appearanceOf(m_document, issue.node).title),
                 wordsOf(issue.message, issue.fix));
    } else if (!look.failed.ok()) {
        setEmpty(tr("There is no sample"), wordsOf(look.failed.error().message, look.failed.error().fix));
    } else {
        setEmpty(tr("There is no sample"), tr("No rows come to this node."));
    }
    return true;
}

void SamplePanel::setEmpty(const QString& title, const QString& words, const QString& action) {
    m_shown.reset();
    m_way->clear();
    for (QWidget* tool : std::initializer_list<QWidget*>{m_inputs, m_outputs}) tool->hide();
    m_empty->set(QStringLiteral("sample"), title, words, action);
    turnTo(*m_pages, 1, m_empty);
}

void SamplePanel::takeAgain() {
    m_taker.takeAgain();
    m_sampler.again();
}

SampleRequest SamplePanel::request() const {
    return {m_close->isChecked(), m_from->currentIndex() == 1};
}

/// Those among which one can be chosen.
void SamplePanel::showPorts() {
    const LookResult& look = m_shown->look;
    const auto fill = [](SegmentedControl& choice, const QStringList& names, int& chosen) {
        chosen = std::clamp(chosen, 0, std::max(0, static_cast<int>(names.size()) - 1));
        choice.setSegments(names, false);
        choice.setCurrentIndex(chosen);
        choice.setVisible(names.size() > 1);
    };
    QStringList inputs, outputs;
    for (const LookedPort& port : look.inputs) inputs << appearanceOf(m_document, port.from.node).title;
    const NodeKind* const kind = m_document.kindOf(m_shown->node);
    for (const LookedPort& port : look.outputs) {
        const int number = kind == nullptr ? -1 : kind->outputPort(port.port);
        outputs << (number < 0 ? QString::fromStdString(port.port)
                               : translated(kind->outputs[static_cast<std::size_t>(number)].label));
    }
    fill(*m_inputs, inputs, m_inputChoice);
    fill(*m_outputs, outputs, m_outputChoice);
}

void SamplePanel::showGrids() {
    const LookResult& look = m_shown->look;
    const int input = look.inputs.empty() ? -1 : m_inputChoice;
    const int output = look.outputs.empty() ? -1 : m_outputChoice;
    const auto lines = std::make_shared<const std::vector<SampleLine>>(linesOf(*m_shown, input, output));
    for (Grid* grid : {&m_in, &m_out}) {
        const bool columnsStay = grid->model.columnCount() > 0;
        std::vector<int> widths;
        for (int column = 0; column < grid->model.columnCount(); ++column)
            widths.push_back(grid->table->columnWidth(column));
        const int scrolled = grid->table->verticalScrollBar()->value();
        grid->model.setTimeZone(m_document.pipeline().settings.timeZone);
        grid->model.set(m_shown, input, output, lines);
        if (columnsStay && static_cast<int>(widths.size()) == grid->model.columnCount()) {
            for (std::size_t column = 0; column < widths.size(); ++column)
                grid->table->setColumnWidth(static_cast<int>(column), widths[column]);
        } else {
            fitColumns(*grid->table, Theme::of(this).scaled(kWidestColumn));
        }
        grid->table->verticalScrollBar()->setValue(scrolled);
    }
    followCurrent();
    showHeads();
}

// Three columns of words need room: in a narrow panel, or beside large text, rows in and out have all of it.
void SamplePanel::showWay() {
    const bool shows =
        m_shown && !m_shown->look.inputs.empty() && width() >= Theme::of(this).scaled(kWidthForWay);
    if (shows != m_way->isHidden()) return;
    // The keyboard stays in the panel.
    if (!shows && m_way->isAncestorOf(QApplication::focusWidget())) m_in.table->setFocus();
    m_way->setVisible(shows);
    followCurrent();
}

void SamplePanel::resizeEvent(QResizeEvent* event) {
    Pane::resizeEvent(event);
    showWay();
}

void SamplePanel::showHeads() {
    const LookResult& look = m_shown->look;
    m_in.box->setVisible(!look.inputs.empty());
    m_out.box->setVisible(!look.outputs.empty() || !look.issues.empty());
    showWay();
    if (m_in.model.port() != nullptr) m_in.head->setText(headOf(*m_in.model.port(), SampleModel::Side::In));
    m_in.pages->setCurrentIndex(0);
    if (m_out.model.port() != nullptr) {
        m_out.head->setText(headOf(*m_out.model.port(), SampleModel::Side::Out));
        m_out.pages->setCurrentIndex(0);
        return;
    }
    m_out.head->setText(tr("Output"));
    m_out.pages->setCurrentIndex(1);
    if (look.issues.empty()) return;
    const Issue& issue = look.issues.front();
    m_out.empty->set(QStringLiteral("error"),
                     tr("“%1” has an error").arg(appearanceOf(m_document, issue.node).title),
                     wordsOf(issue.message, issue.fix));
}

QString SamplePanel::headOf(const LookedPort& port, SampleModel::Side side) const {
    const QString rows = port.rows < port.count
                             ? tr("the first %1 of %2").arg(countText(port.rows), rowsText(port.count))
                             : rowsText(port.count);
    if (side == SampleModel::Side::In)
        return tr("Input from “%1” · %2").arg(appearanceOf(m_document, port.from.node).title, rows);
    return tr("Output of “%1” · %2").arg(appearanceOf(m_document, m_shown->node).title, rows);
}

QString SamplePanel::summary() const {
    const LookResult& look = m_taker.sample()->look;
    QStringList parts;
    std::size_t rows = 0;
    for (const LookedSource& source : look.sources) rows += source.rows;
    parts << tr("Sample of %1 · %2 · nothing is written").arg(rowsText(rows), tookText(look.seconds));
    for (const QString& more : {blocksText(look), heardText(), m_listener.trouble()}) {
        if (!more.isEmpty()) parts << more;
    }
    const auto counts = look.nodes.find(m_taker.sample()->node);
    if (counts != look.nodes.end() && counts->second.rejected > 0)
        parts << tr("%1 rejected").arg(countText(counts->second.rejected));
    if (counts != look.nodes.end() && counts->second.late > 0)
        parts << tr("%1 late").arg(countText(counts->second.late));
    if (look.openFrom != kMaxTimestamp)
        parts << tr("open windows from %1 on").arg(eventTimeText(look.openFrom));
    if (look.end == LookResult::End::TimeLimit) parts << tr("ended by its time limit: the first rows");
    if (!look.failed.ok()) parts << wordsOf(look.failed.error().message, look.failed.error().fix);
    for (const LookedSource& source : look.sources) {
        if (!source.missing.empty()) parts << translated(source.missing);
    }
    if (m_from->currentIndex() == 1) {
        for (const Text& note : look.notes) parts << translated(note);
    }
    if (m_taker.isWaiting()) parts << tr("being taken again");
    return parts.join(QStringLiteral(" · "));
}

void SamplePanel::retranslate() {
    m_close->setText(tr("Close open windows"));
    m_close->setToolTip(tr("Windows that are open at the end of the sample give their results."));
    m_stay->setText(tr("Keep on cards"));
    m_stay->setToolTip(tr(
        "Counts on cards and values in fields stay, and follow each change, while this panel is not shown."));
    const int from = std::max(0, m_from->currentIndex());
    m_from->setSegments({tr("From the start"), tr("Spread over the file")}, false);
    m_from->setCurrentIndex(from);
    m_from->setAccessibleName(tr("Rows of files"));
    m_from->setToolTip(tr("The first rows of a file, or 16 blocks at even distances in it."));
    m_forget->setText(tr("Remove kept rows…"));
    m_forget->setToolTip(
        tr("Removes from the disk what was heard of the live sources of this pipeline, and the newest input "
           "that its run has kept. What that is, and where, is shown before."));
    m_listenAction->setText(tr("Liste&n to live sources"));
    m_listenAction->setToolTip(tr("For five seconds, as their sample"));
    m_removeAction->setText(tr("Remove kept r&ows…"));
    m_removeAction->setToolTip(m_forget->toolTip());
    refreshLiveActions();
    m_listen->setToolTip(
        tr("Reads the live sources for five seconds, and changes nothing in the systems that they read. What "
           "came stays on this computer, as their sample."));
    m_again->setLabel(tr("Take the sample again"));
    m_aside->setText(tr("Of the pipeline with your changes; the run goes on without them."));
    m_inputs->setAccessibleName(tr("Input"));
    m_outputs->setAccessibleName(tr("Output"));
    m_in.table->setAccessibleName(tr("Rows in"));
    m_out.table->setAccessibleName(tr("Rows out"));
    m_in.model.refresh();
    m_out.model.refresh();
    m_way->retranslate();
    m_shown = nullptr;  // its words are made anew
    showAnswer();
}

}  // namespace rw::ui
