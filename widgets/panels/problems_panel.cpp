#include "widgets/panels/problems_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QStackedLayout>
#include <algorithm>
#include <array>
#include <iterator>

#include "widgets/document/run_findings.h"
#include "widgets/document/run_session.h"
#include "widgets/document/translated.h"
#include "widgets/panels/problem_delegate.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr PaneFacts kFacts{.id = "problems", .icon = "warning", .shortcut = "Alt+1"};
constexpr int kAdviceMillis = 1000;  // what a run suggests does not change faster than it can be read
}  // namespace

ProblemsPanel::ProblemsPanel(const PaneParts& parts)
    : Pane(kFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_model(parts.document),
      m_table(new QTableView(this)),
      m_empty(new EmptyState(this)),
      m_tools(new QWidget(this)),
      m_errors(new Chip({}, m_tools)),
      m_warnings(new Chip({}, m_tools)) {
    auto* chips = new QHBoxLayout(m_tools);
    chips->setContentsMargins(0, 0, metrics::kGrid, 0);
    chips->addWidget(m_errors);
    chips->addWidget(m_warnings);
    m_errors->setIcon(QStringLiteral("error"));
    m_errors->setTone(Chip::Tone::Error);
    m_warnings->setIcon(QStringLiteral("warning"));
    m_warnings->setTone(Chip::Tone::Warn);
    makeEntries();
    makeTable();
    auto* list = new QWidget(this);
    auto* column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(makeKeys());
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(list);
    m_pages->addWidget(m_empty);

    connect(&m_document, &PipelineDocument::validatedChanged, this, &ProblemsPanel::refresh);
    connect(&m_document, &PipelineDocument::changed, this, &ProblemsPanel::onDocument);
    connect(&m_session, &RunSession::updated, this, &ProblemsPanel::onRun);
    connect(&m_session, &RunSession::runReplaced, this, &ProblemsPanel::refresh);
    for (const auto refused : {&RunSession::startRefused, &RunSession::refused})
        connect(&m_session, refused, this, &ProblemsPanel::goToFirst);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_model.refresh();
        resizeColumns();
    });
    retranslate();
    resizeColumns();
}

QString ProblemsPanel::title() const {
    return tr("Pro&blems");
}

void ProblemsPanel::makeEntries() {
    m_next = addEntry(Menu::Pipeline, QKeySequence(QStringLiteral("F8")), [this] { step(1); });
    m_previous = addEntry(Menu::Pipeline, QKeySequence(QStringLiteral("Shift+F8")), [this] { step(-1); });
    m_fix = addEntry(Menu::Pipeline, {}, [this] { applyFix(); });
    // A keyboard has two of them.
    m_fix->setShortcuts(
        {QKeySequence(QStringLiteral("Alt+Return")), QKeySequence(QStringLiteral("Alt+Enter"))});
    onlyWhileOn(m_fix);
}

void ProblemsPanel::onActivated() {
    refresh();
}

void ProblemsPanel::onRun() {
    if (m_session.snapshot().metrics.late == 0 && !m_advised) return;
    if (m_adviceAge.isValid() && m_adviceAge.elapsed() < kAdviceMillis && m_session.isActive()) return;
    m_adviceAge.start();
    refresh();
}

// What is wrong is heard of when it was checked; until then only titles, and what a run suggested, can be
// others.
void ProblemsPanel::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    if (change.kind == Kind::Reset || m_advised) {
        refresh();
    } else if (isOn() && (change.kind == Kind::TitleChanged || change.kind == Kind::NodesRemoved)) {
        m_model.refresh();
    }
}

void ProblemsPanel::makeTable() {
    m_table->setModel(&m_model);
    applyTableStyle(*m_table, ProblemDelegate::kRowHeight);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new ProblemDelegate(m_table));
    m_table->setMouseTracking(true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ProblemsPanel::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ProblemsPanel::refreshEntries);
}

QWidget* ProblemsPanel::makeKeys() {
    auto* keys = new QWidget;
    auto* row = new QHBoxLayout(keys);
    row->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding, metrics::kStep);
    row->setSpacing(metrics::kGrid);
    const auto add = [row](const QString& key) -> QLabel* {
        auto* words = new ElidedLabel;  // in a narrow window
        words->setElideMode(Qt::ElideRight);
        words->setProperty("role", "caption");
        auto* cap = new QLabel(key);
        cap->setProperty("role", "key");
        row->addWidget(words);
        row->addWidget(cap);
        row->addSpacing(metrics::kGrid);
        return words;
    };
    m_goText = add(QStringLiteral("↵"));
    m_fixText = add(QStringLiteral("Alt ↵"));
    m_nextText = add(QStringLiteral("F8"));
    row->addStretch();
    return keys;
}

std::vector<Issue> ProblemsPanel::problems() {
    std::vector<Issue> issues = m_document.issues();
    const auto& warnings = m_document.loadWarnings();
    issues.insert(issues.end(), warnings.begin(), warnings.end());
    std::vector<Issue> advice = m_session.findings().advice();
    m_advised = !advice.empty();
    std::move(advice.begin(), advice.end(), std::back_inserter(issues));
    return issues;
}

void ProblemsPanel::refresh() {
    std::vector<Issue> issues = problems();
    setCount(static_cast<int>(issues.size()));
    if (isOn()) list(std::move(issues));
    refreshEntries();
}

void ProblemsPanel::list(std::vector<Issue> issues) {
    const int row = chosenRow();
    const std::optional<Issue> chosen = row >= 0 ? std::optional(m_model.issue(row)) : std::nullopt;
    m_model.set(std::move(issues));
    if (chosen && chosenRow() < 0) {
        if (const int kept = m_model.rowOf(*chosen); kept >= 0) m_table->selectRow(kept);
    }
    const int errors = m_model.errors(), warned = m_model.warnings();
    m_errors->setText(errors == 1 ? tr("1 error") : tr("%n errors", nullptr, errors));
    m_warnings->setText(warned == 1 ? tr("1 warning") : tr("%n warnings", nullptr, warned));
    m_errors->setVisible(errors > 0);
    m_warnings->setVisible(warned > 0);
    const bool any = count() > 0;
    turnTo(*m_pages, any ? 0 : 1, any ? static_cast<QWidget*>(m_table) : m_empty);
}

void ProblemsPanel::refreshEntries() {
    for (QAction* step : {m_next, m_previous}) step->setEnabled(count() > 0);
    m_fix->setEnabled(canFix());
}

// Not the current one: a table that gets the keyboard makes its first row current by itself.
int ProblemsPanel::chosenRow() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void ProblemsPanel::goToFirst() {
    Q_EMIT openRequested();
    if (isOn() && count() > 0) goTo(0);
}

void ProblemsPanel::step(int step) {
    Q_EMIT openRequested();
    if (!isOn() || count() == 0) return;
    const int from = chosenRow();
    goTo(from < 0 ? (step > 0 ? 0 : count() - 1) : (from + step + count()) % count());
}

void ProblemsPanel::goTo(int row) {
    m_table->selectRow(row);
    m_table->scrollTo(m_model.index(row, 0));
    const Issue issue = m_model.issue(row);  // revealing it may change the list
    if (m_document.pipeline().find(issue.node) != nullptr) {
        m_document.selection().reveal(issue.node, issue.param);
    } else {
        m_document.selection().clear();
    }
}

bool ProblemsPanel::canFix() const {
    const int row = chosenRow();
    return row >= 0 && !m_model.issue(row).quickFixes.empty();
}

void ProblemsPanel::applyFix() {
    if (!canFix()) return;
    const Issue issue = m_model.issue(chosenRow());
    m_document.applyFix(issue, issue.quickFixes.front());
}

void ProblemsPanel::onClicked(const QModelIndex& index, QPoint at) {
    const QRect cell = m_table->visualRect(index);
    if (ProblemDelegate::buttonIn(cell, index).contains(at)) {
        applyFix();
    } else if (ProblemDelegate::linkIn(cell, index, m_table->font()).contains(at)) {
        goTo(index.row());
    }
}

void ProblemsPanel::openMenu(QPoint at) {
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid()) return;
    const Issue issue = m_model.issue(index.row());
    QMenu menu(this);
    connect(menu.addAction(tr("&Go to the problem")), &QAction::triggered, this,
            [this, row = index.row()] { goTo(row); });
    for (const QuickFix& fix : issue.quickFixes) {
        QAction* action = menu.addAction(Theme::of(this).icon(u"lightbulb", ColorRole::Accent),
                                         labelText(translated(fix.label)));
        connect(action, &QAction::triggered, this, [this, issue, fix] { m_document.applyFix(issue, fix); });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("&Copy the message")), &QAction::triggered, this,
            [this, row = index.row()] { copy(row); });
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void ProblemsPanel::copy(int row) const {
    QGuiApplication::clipboard()->setText(m_model.line(row));
}

bool ProblemsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress && m_table->currentIndex().isValid()) {
        if (chosenRow() < 0) m_table->selectRow(m_table->currentIndex().row());
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (key->modifiers() & Qt::AltModifier) {
                applyFix();
            } else {
                goTo(chosenRow());
            }
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            copy(chosenRow());
            return true;
        }
    }
    const bool byMouse = event->type() == QEvent::MouseButtonRelease ||
                         event->type() == QEvent::MouseButtonDblClick || event->type() == QEvent::MouseMove;
    if (watched == m_table->viewport() && byMouse) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const QModelIndex index = m_table->indexAt(mouse->pos());
        if (event->type() == QEvent::MouseButtonRelease) {
            if (index.isValid() && mouse->button() == Qt::LeftButton) onClicked(index, mouse->pos());
        } else if (event->type() == QEvent::MouseButtonDblClick) {
            if (index.isValid()) goTo(index.row());
            return index.isValid();
        } else {
            const QRect cell = m_table->visualRect(index);
            const bool hand = index.isValid() &&
                              (ProblemDelegate::buttonIn(cell, index).contains(mouse->pos()) ||
                               ProblemDelegate::linkIn(cell, index, m_table->font()).contains(mouse->pos()));
            m_table->viewport()->setCursor(hand ? Qt::PointingHandCursor : Qt::ArrowCursor);
            if (index.isValid()) m_table->update(index);
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ProblemsPanel::retranslate() {
    m_table->setAccessibleName(tr("Problems"));
    m_goText->setText(tr("Enter goes to the problem"));
    m_fixText->setText(tr("Apply the quick fix"));
    m_nextText->setText(tr("Next problem"));
    m_empty->set(QStringLiteral("check-circle"), tr("No problems"),
                 tr("What keeps the pipeline from running, or is worth a look, is listed here."));
    m_next->setText(tr("&Next problem"));
    m_previous->setText(tr("P&revious problem"));
    m_fix->setText(tr("Apply the &quick fix"));
    m_model.refresh();
    refresh();
}

void ProblemsPanel::resizeColumns() {
    const Theme& theme = Theme::of(this);
    QHeaderView* head = m_table->horizontalHeader();
    head->setSectionResizeMode(ProblemsModel::What, QHeaderView::Stretch);
    head->setStretchLastSection(false);
    // What is wrong keeps at least two fifths; in a narrow window the others give way.
    constexpr std::array<int, ProblemsModel::ColumnCount> kWidths = {0, 160, 170, 210};
    constexpr int kOthers = 160 + 170 + 210;
    const int others = std::min(theme.scaled(kOthers), width() * 3 / 5);
    for (int column = ProblemsModel::Where; column < ProblemsModel::ColumnCount; ++column)
        m_table->setColumnWidth(column, others * kWidths.at(static_cast<std::size_t>(column)) / kOthers);
}

void ProblemsPanel::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    resizeColumns();
}

}  // namespace rw::ui
