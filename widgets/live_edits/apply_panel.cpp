#include "widgets/live_edits/apply_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/live_edits/fate_tile.h"
#include "widgets/live_edits/tile_layout.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/column_widths.h"
#include "widgets/theme/flow_layout.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kApplyFacts{.id = "apply", .icon = "check", .shortcut = "", .place = 0, .height = 448};

constexpr double kBytesReadPerSecond = 400e6;  ///< see “Checkpoints” in the help page about performance
/// Of a tape that is replayed through a few nodes; it depends on the nodes and on the rows.
constexpr double kTapeBytesPerSecond = 20e6;
constexpr double kLongSeconds = 2;
constexpr int kMostOutputsInSight = 4;  ///< of more the table is scrolled

FateTile* tileOf(const char* name, const char* icon, ColorRole role, const char* tone) {
    auto* made = new FateTile(QLatin1String(icon), role, tone);
    made->setObjectName(QLatin1String(name));
    return made;
}

QLabel* labelOf(const char* name, const char* role) {
    auto* made = new QLabel;
    made->setObjectName(QLatin1String(name));
    made->setProperty("role", role);
    return made;
}

}  // namespace

ApplyPanel::ApplyPanel(const PaneParts& parts)
    : Pane(kApplyFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_model(parts.document),
      m_outputsModel(parts.document),
      m_head(new HintBox),
      m_kept(tileOf("kept", "check", ColorRole::Ok, "ok")),
      m_carried(tileOf("carried", "copy", ColorRole::Warn, "warn")),
      m_recomputed(tileOf("recomputed", "refresh", ColorRole::Accent, "")),
      m_closed(tileOf("closed", "hourglass", ColorRole::Accent, "")),
      m_lost(tileOf("lost", "trash", ColorRole::Error, "error")),
      m_impossible(tileOf("impossible", "error", ColorRole::Error, "error")),
      m_table(new QTableView),
      m_outputs(new QTableView),
      m_takes(labelOf("takes", "caption")),
      m_after(labelOf("after", "caption")),
      m_back(new QPushButton),
      m_anew(new QPushButton),
      m_apply(new QPushButton),
      m_weighed(new QWidget),
      m_done(makeDone()),
      m_progress(makeProgress()) {
    makeColumn();
    connect(&m_session, &RunSession::receiptChanged, this, &ApplyPanel::onReceipt);
    connect(&m_session, &RunSession::appliedChanged, this, &ApplyPanel::onApplied);
    connect(&m_session, &RunSession::stateChanged, this, &ApplyPanel::onApplied);
    connect(&m_session, &RunSession::stateChanged, this, &ApplyPanel::onRecomputing);
    connect(&m_session, &RunSession::recomputingChanged, this, &ApplyPanel::onRecomputing);
    connect(m_back, &QPushButton::clicked, &m_session, &RunSession::dropReceipt);
    connect(m_anew, &QPushButton::clicked, &m_session, &RunSession::applyAnew);
    connect(m_apply, &QPushButton::clicked, &m_session, &RunSession::apply);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& index) { reveal(m_model.node(index.row())); });
    connect(m_outputs, &QTableView::activated, this,
            [this](const QModelIndex& index) { reveal(m_outputsModel.output(index.row()).node); });
    connect(&Theme::of(this), &Theme::changed, &m_model, &ReceiptModel::refresh);
    connect(&Theme::of(this), &Theme::changed, &m_outputsModel, &OutputsModel::refresh);
    m_backAction = addEntry(MainMenu::Run, "go_back", {}, [this] { askToGoBack(); });
    onApplied();
    retranslate();
}

QString ApplyPanel::title() const {
    return tr("Appl&y");
}

QString ApplyPanel::notAppliedWords(const RunSession& session) {
    const std::optional<SavedCheckpoint>& from = session.resumedFrom();
    if (!from) return tr("The changes were not applied. The run goes on without them.");
    return tr("Nothing changed. Still running checkpoint %1.").arg(from->number);
}

void ApplyPanel::reveal(const NodeId& node) {
    if (m_document.pipeline().find(node) != nullptr) m_document.selection().reveal(node);
}

void ApplyPanel::makeTables() {
    m_table->setModel(&m_model);
    m_table->setObjectName(QStringLiteral("receipt"));
    applyTableStyle(*m_table);
    m_table->setItemDelegateForColumn(ReceiptModel::Change, new LineDelegate(*m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    using Of = ColumnWidths::Of;
    ColumnWidths::keep(*m_table,
                       {{Of::Words, 144, 1}, {Of::Words, 200, 2}, {Of::Words, 280, 3}, {Of::Figures, 80}});
    m_outputs->setModel(&m_outputsModel);
    m_outputs->setObjectName(QStringLiteral("outputs"));
    applyTableStyle(*m_outputs);
    m_outputs->setSelectionMode(QAbstractItemView::SingleSelection);
    ColumnWidths::keep(*m_outputs, {{Of::Words, 144, 1}, {Of::Words, 480, 5}});
}

void ApplyPanel::makeColumn() {
    makeTables();
    m_apply->setObjectName(QStringLiteral("apply"));
    m_anew->setObjectName(QStringLiteral("anew"));
    m_back->setObjectName(QStringLiteral("back"));
    auto* counts = new TileLayout(nullptr, metrics::kListPadding);
    counts->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                               metrics::kListPadding);
    for (FateTile* each : {m_kept, m_carried, m_recomputed, m_closed, m_lost, m_impossible})
        counts->addWidget(each);
    auto* weighed = new QVBoxLayout(m_weighed);
    weighed->setContentsMargins(0, 0, 0, 0);
    weighed->setSpacing(0);
    weighed->addWidget(m_head);
    weighed->addLayout(counts);
    weighed->addWidget(m_table, 1);
    weighed->addWidget(m_outputs, 1);
    weighed->addWidget(makeHow());
    weighed->addWidget(makeFoot());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_weighed, 1);
    column->addWidget(m_done, 1);
    column->addWidget(m_progress, 1);
}

QWidget* ApplyPanel::makeDone() {
    auto* done = new QWidget(this);
    m_applied = labelOf("applied", "strong");
    m_backTo = labelOf("back_to", "caption");
    m_backTo->setWordWrap(true);
    m_goBack = new QPushButton;
    m_goBack->setObjectName(QStringLiteral("go_back"));
    connect(m_goBack, &QPushButton::clicked, this, &ApplyPanel::askToGoBack);
    auto* row = new QHBoxLayout;
    row->addWidget(m_goBack);
    row->addStretch();
    auto* column = new QVBoxLayout(done);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kPanelPadding, metrics::kPanelPadding,
                               metrics::kPanelPadding);
    column->setSpacing(metrics::kGrid);
    column->addWidget(m_applied);
    column->addWidget(m_backTo);
    column->addLayout(row);
    column->addStretch();
    return done;
}

QWidget* ApplyPanel::makeProgress() {
    auto* progress = new QWidget(this);
    m_progressSays = labelOf("progress_says", "strong");
    m_bar = new QProgressBar;
    m_bar->setObjectName(QStringLiteral("progress"));
    m_bar->setRange(0, 100);
    m_giveUp = new QPushButton;
    m_giveUp->setObjectName(QStringLiteral("give_up"));
    connect(m_giveUp, &QPushButton::clicked, &m_session, &RunSession::giveUpRecomputing);
    auto* row = new QHBoxLayout;
    row->addWidget(m_bar, 1);
    row->addWidget(m_giveUp);
    auto* column = new QVBoxLayout(progress);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kPanelPadding, metrics::kPanelPadding,
                               metrics::kPanelPadding);
    column->setSpacing(metrics::kGrid);
    column->addWidget(m_progressSays);
    column->addLayout(row);
    column->addStretch();
    return progress;
}

// One choice for all nodes: what is recomputed of one goes together with what is recomputed above it.
QWidget* ApplyPanel::makeHow() {
    m_how = new QWidget(this);
    m_howTitle = labelOf("how", "section");
    m_fromTape = new QRadioButton;
    m_fromTape->setObjectName(QStringLiteral("from_tape"));
    m_closeFirst = new QRadioButton;
    m_closeFirst->setObjectName(QStringLiteral("close_first"));
    m_startEmpty = new QRadioButton;
    m_startEmpty->setObjectName(QStringLiteral("start_empty"));
    connect(m_fromTape, &QRadioButton::clicked, this, [this] { choose(true, m_session.closesFirst()); });
    connect(m_closeFirst, &QRadioButton::clicked, this, [this] { choose(false, true); });
    connect(m_startEmpty, &QRadioButton::clicked, this, [this] { choose(false, false); });
    m_howSays = labelOf("how_says", "caption");
    m_howSays->setWordWrap(true);
    auto* choices = new FlowLayout(nullptr, metrics::kPanelPadding);
    for (QRadioButton* each : {m_fromTape, m_closeFirst, m_startEmpty}) choices->addWidget(each);
    auto* column = new QVBoxLayout(m_how);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding,
                               metrics::kGrid);
    column->setSpacing(metrics::kGrid / 2);
    column->addWidget(m_howTitle);
    column->addLayout(choices);
    column->addWidget(m_howSays);
    return m_how;
}

QWidget* ApplyPanel::makeFoot() {
    auto* foot = new QWidget(this);
    foot->setProperty("edge", "top");
    foot->setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kPanelPadding, metrics::kGrid);
    row->setSpacing(metrics::kGrid);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    for (QLabel* each : {m_takes, m_after}) {
        each->setWordWrap(true);
        words->addWidget(each);
    }
    row->addLayout(words, 1);
    for (QPushButton* each : {m_anew, m_back, m_apply}) row->addWidget(each);
    m_apply->setProperty("role", "primary");
    return foot;
}

void ApplyPanel::onActivated() {
    showAll();
}

// An edit while it is there changes it in its place; the person has seen that it is open.
void ApplyPanel::onReceipt() {
    const ApplyReceipt* receipt = m_session.receipt();
    const bool came = receipt != nullptr && !m_asks;
    m_asks = receipt != nullptr;
    setPresent(m_asks || maySeeDone() || m_wasRecomputing);
    const ReceiptModel::Counts counts =
        receipt != nullptr ? ReceiptModel::countsOf(*receipt, choice(*receipt)) : ReceiptModel::Counts();
    setCount(counts.carried + counts.recomputed + counts.closed + counts.lost + counts.impossible);
    if (isOn()) showAll();
    if (came) Q_EMIT seeRequested();
}

void ApplyPanel::onApplied() {
    setPresent(m_asks || maySeeDone() || m_wasRecomputing);
    showWayBack();
    if (isOn()) showAll();
}

// While it takes its time it is in sight.
void ApplyPanel::onRecomputing() {
    const bool now = m_session.recomputing().has_value();
    const bool began = now && !std::exchange(m_wasRecomputing, now);
    m_wasRecomputing = now;
    onApplied();
    if (began) Q_EMIT seeRequested();
}

void ApplyPanel::choose(bool recomputes, bool closesFirst) {
    m_session.setRecomputes(recomputes);
    m_session.setClosesFirst(closesFirst);
}

ReceiptModel::Choice ApplyPanel::choice(const ApplyReceipt& receipt) const {
    return {m_session.recomputes() && !receipt.recomputable().empty(), m_session.closesFirst()};
}

bool ApplyPanel::maySeeDone() const {
    return m_session.applied() != nullptr && m_session.keepsStateWhenApplied() &&
           m_session.shownRun().has(RunAbility::Applying);
}

/// Empty: there is one.
QString ApplyPanel::whyNoWayBack() const {
    const ShownRun shown = m_session.shownRun();
    if (shown.isElsewhere()) return shown.lacks(RunAbility::Applying);
    const RunSession::State state = m_session.state();
    if (state != RunSession::State::Running && state != RunSession::State::Paused)
        return tr("The pipeline does not run");
    if (!m_session.keepsStateWhenApplied())
        return tr("The run takes no checkpoints: there is none to go back to");
    const RunSession::AppliedEdit* edit = m_session.applied();
    if (edit == nullptr)
        return tr("No checkpoint from before an edit is kept: one is for 10 minutes after Apply");
    if (edit->notKept.ok()) return {};
    return tr("The checkpoint from before the last edit could not be kept: %1")
        .arg(shownText(translated(edit->notKept.error().message)));
}

void ApplyPanel::showWayBack() {
    const QString why = whyNoWayBack();
    m_backAction->setEnabled(why.isEmpty());
    m_backAction->setToolTip(
        why.isEmpty() ? tr("The pipeline of before resumes from the checkpoint at which the edit was applied")
                      : why);
}

void ApplyPanel::showAll() {
    const ApplyReceipt* receipt = m_session.receipt();
    const std::optional<double> recomputing = m_session.recomputing();
    m_weighed->setVisible(receipt != nullptr);
    m_done->setVisible(receipt == nullptr && !recomputing);
    m_progress->setVisible(receipt == nullptr && recomputing);
    m_bar->setValue(static_cast<int>(recomputing.value_or(0) * 100));
    if (receipt != nullptr) {
        showReceipt(*receipt);
    } else {
        showDone();
    }
}

void ApplyPanel::showDone() {
    const RunSession::AppliedEdit* edit = m_session.applied();
    if (edit == nullptr) return;
    m_applied->setText(tr("Applied at %1").arg(momentText(edit->at.toMSecsSinceEpoch())));
    const QString why = whyNoWayBack();
    QString says =
        edit->notKept.ok()
            ? tr("The run went on from checkpoint %1. For 10 minutes you can go back to it: the pipeline "
                 "is then as before, and the rows since come again.")
                  .arg(edit->from.number)
            : tr("The run went on from checkpoint %1, and there is no way back to it. %2 To take the edit "
                 "back, undo it and apply that: what it costs is said first.")
                  .arg(QString::number(edit->from.number), why);
    if (m_session.findings().earlier().lateRows() > 0)
        says += QLatin1Char(' ') + tr("Results given before still lack the rows that were late then: a new "
                                      "run has them.");
    m_backTo->setText(says);
    m_goBack->setText(tr("Go back to checkpoint %1").arg(edit->from.number));
    m_goBack->setEnabled(why.isEmpty());
    m_goBack->setToolTip(why);
}

void ApplyPanel::askToGoBack() {
    const RunSession::AppliedEdit* edit = m_session.applied();
    if (edit == nullptr || !whyNoWayBack().isEmpty()) return;
    auto* box = new QMessageBox(QMessageBox::Question, tr("Apply"),
                                tr("Go back to checkpoint %1?").arg(edit->from.number), QMessageBox::Cancel,
                                window());
    box->setObjectName(QStringLiteral("ask_to_go_back"));
    box->setInformativeText(tr(
        "The pipeline becomes what it was before the edit. Outputs take back the rows since then, which are "
        "read and written again. Savepoints taken since then can't be resumed any more. Where an output or a "
        "source can't go back, nothing changes."));
    QPushButton* const yes = box->addButton(tr("Go back"), QMessageBox::AcceptRole);
    connect(yes, &QPushButton::clicked, &m_session, &RunSession::goBack);
    // The question is over where the run ends, or the time is.
    const auto close = [this, box] {
        if (!whyNoWayBack().isEmpty()) box->reject();
    };
    connect(&m_session, &RunSession::appliedChanged, box, close);
    connect(&m_session, &RunSession::stateChanged, box, close);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void ApplyPanel::showReceipt(const ApplyReceipt& receipt) {
    const ReceiptModel::Choice how = choice(receipt);
    m_model.set(receipt, m_session.snapshot(), how);
    const ReceiptModel::Counts counts = ReceiptModel::countsOf(receipt, how);
    m_kept->set(counts.kept, tr("kept"), m_model.titles(StateFate::Keeps));
    m_carried->set(counts.carried, tr("carried over"), m_model.titles(StateFate::CarriesOver));
    m_recomputed->set(counts.recomputed, tr("recomputed"), m_model.recomputedTitles());
    m_recomputed->setVisible(!receipt.recomputable().empty());
    m_closed->set(counts.closed, tr("closed first"), m_model.closedTitles());
    m_closed->setVisible(!receipt.closable().empty());
    showHow(receipt, how);
    m_lost->set(counts.lost, tr("lost"), m_model.titles(StateFate::StartsAnew));
    m_impossible->set(counts.impossible, tr("can't resume"), m_model.titles(StateFate::Cannot));
    m_impossible->setVisible(counts.impossible > 0);
    m_apply->setEnabled(receipt.possible());
    m_apply->setText(translated(figures::counted(static_cast<std::uint64_t>(m_model.changes()),
                                                 RW_TEXT("live_edits", "Apply 1 change"),
                                                 RW_TEXT("live_edits", "Apply %1 changes"))));
    showHead(receipt);
    showOutputs(receipt);
    showTakes(receipt, how.recomputes);
}

void ApplyPanel::showHow(const ApplyReceipt& receipt, const ReceiptModel::Choice& choice) {
    const bool mayClose = !receipt.closable().empty(), mayRecompute = !receipt.recomputable().empty();
    const bool lacksTape = !mayRecompute && !receipt.recompute.nodes.empty();
    m_how->setVisible(mayClose || mayRecompute || lacksTape);
    m_howTitle->setText(mayRecompute || lacksTape ? tr("How to go on") : tr("Windows that are open"));
    m_fromTape->setVisible(mayRecompute || lacksTape);
    m_fromTape->setEnabled(mayRecompute);
    m_closeFirst->setVisible(mayClose);
    m_fromTape->setToolTip(lacksTape ? translated(receipt.noTape)
                                     : tr("As if the changes had been there from the start"));
    m_startEmpty->setToolTip(mayClose ? tr("Rows in open windows are in no result")
                                      : tr("What the nodes have kept is dropped"));
    const bool closes = choice.closesFirst && mayClose;
    QRadioButton* const chosen = choice.recomputes ? m_fromTape : closes ? m_closeFirst : m_startEmpty;
    chosen->setChecked(true);
    // What can't be chosen says why.
    m_howSays->setText((lacksTape ? m_fromTape : chosen)->toolTip());
}

/// As high as its rows, so that the states above keep the rest.
void ApplyPanel::showOutputs(const ApplyReceipt& receipt) {
    m_outputsModel.set(receipt.outputs);
    const int rows = std::min(m_outputsModel.rowCount(), kMostOutputsInSight);
    m_outputs->setVisible(rows > 0);
    m_outputs->setMaximumHeight(m_outputs->horizontalHeader()->sizeHint().height() +
                                2 * m_outputs->frameWidth() +
                                rows * m_outputs->verticalHeader()->defaultSectionSize());
}

/// About as long as the newest checkpoint took, as its state is read, and as a tape is replayed.
void ApplyPanel::showTakes(const ApplyReceipt& receipt, bool recomputes) {
    const CheckpointMetrics& newest = m_session.snapshot().metrics.checkpoints;
    m_takes->setVisible(newest.number > 0);
    if (newest.number == 0) return;
    const double replays = recomputes ? static_cast<double>(receipt.inputBytes) / kTapeBytesPerSecond : 0;
    const double about = newest.seconds + static_cast<double>(newest.bytes) / kBytesReadPerSecond + replays;
    m_takes->setText(
        recomputes ? tr("The run stands still for about %1, of which recomputing from %2 of the tape takes "
                        "about %3. Checkpoint %4 took %5.")
                         .arg(tookText(about), sizeText(receipt.inputBytes), tookText(replays))
                         .arg(newest.number)
                         .arg(tookText(newest.seconds))
                   : tr("The run stands still for about %1. Checkpoint %2 took %3, with %4 of state.")
                         .arg(tookText(about))
                         .arg(newest.number)
                         .arg(tookText(newest.seconds), sizeText(newest.bytes)));
    const char* const role = about > kLongSeconds ? "warn" : "caption";
    if (m_takes->property("role") == QVariant(role)) return;
    m_takes->setProperty("role", role);
    Theme::repolish(m_takes);
}

void ApplyPanel::showHead(const ApplyReceipt& receipt) {
    if (!receipt.obstacle.ok()) {
        m_head->set(HintBox::Kind::Error, tr("The run can't go on with the changes"),
                    shownLines(errorLines(receipt.obstacle.error()), kTipLength));
    } else if (!receipt.possible()) {
        m_head->set(HintBox::Kind::Error, tr("The run can't go on with the changes"),
                    tr("Take the edit of the nodes that can't resume back, or apply the changes from the "
                       "beginning."));
    }
    m_head->setVisible(!receipt.possible());  // else the counts say it
}

void ApplyPanel::retranslate() {
    m_table->setAccessibleName(tr("What becomes of each node"));
    m_outputs->setAccessibleName(tr("What becomes of the rows of each output"));
    m_back->setText(tr("Back to editing"));
    m_anew->setText(tr("From the beginning"));
    m_anew->setToolTip(tr("Discards what the run has kept, and reads the sources from their beginning"));
    m_apply->setText(tr("Apply"));
    m_goBack->setText(tr("Go back"));
    m_apply->setToolTip(tr("The run takes a last checkpoint, and goes on from it with the changes"));
    m_after->setText(
        tr("The run goes on with the old settings until you apply. Then you can go back for 10 minutes."));
    m_fromTape->setText(tr("Recompute from the tape"));
    m_progressSays->setText(tr("The state is recomputed from the tape"));
    m_bar->setAccessibleName(m_progressSays->text());
    m_giveUp->setText(tr("Cancel"));
    m_giveUp->setToolTip(tr("Nothing is changed: the run goes on as it was"));
    m_closeFirst->setText(tr("Let open windows close first"));
    m_closeFirst->setToolTip(tr("Open windows give their results so far; each row counts once"));
    m_startEmpty->setText(tr("Start empty"));
    m_backAction->setText(tr("&Go back before the last edit"));
    showWayBack();
    showAll();
    m_model.refresh();
    m_outputsModel.refresh();
}

}  // namespace rw::ui
