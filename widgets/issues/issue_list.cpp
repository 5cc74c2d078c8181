#include "widgets/issues/issue_list.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QTableView>
#include <algorithm>
#include <array>
#include <optional>

#include "widgets/document/inner_issue.h"
#include "widgets/document/translated.h"
#include "widgets/issues/issue_delegate.h"
#include "widgets/issues/issue_model.h"
#include "widgets/session/lost_rows.h"
#include "widgets/session/run_findings.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

IssueList::IssueList(PipelineDocument& document, IssueModel& model, QWidget* parent)
    : QWidget(parent), m_document(document), m_model(model), m_table(new QTableView), m_keys(nullptr) {
    m_table->setModel(&m_model);
    applyTableStyle(*m_table, IssueDelegate::kRowHeight);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new IssueDelegate(m_table));
    m_table->setMouseTracking(true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->installEventFilter(this);
    m_table->viewport()->installEventFilter(this);
    auto* keys = new QWidget;
    m_keys = new QHBoxLayout(keys);
    m_keys->setContentsMargins(metrics::kPanelPadding, metrics::kStep, metrics::kPanelPadding,
                               metrics::kStep);
    m_keys->setSpacing(metrics::kGrid);
    m_keys->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(keys);
    connect(m_table, &QWidget::customContextMenuRequested, this, &IssueList::openMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &IssueList::chosenChanged);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        m_model.refresh();
        resizeColumns();
    });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &IssueList::resizeColumns);
    connect(&m_model, &QAbstractItemModel::headerDataChanged, this, &IssueList::resizeColumns);
    resizeColumns();
}

QLabel* IssueList::addKey(const QString& key) {
    auto* words = new ElidedLabel;  // in a narrow window
    words->setElideMode(Qt::ElideRight);
    words->setProperty("role", "caption");
    auto* cap = new QLabel(key);
    cap->setProperty("role", "key");
    const int end = m_keys->count() - 1;  // the stretch
    m_keys->insertWidget(end, words);
    m_keys->insertWidget(end + 1, cap);
    m_keys->insertSpacing(end + 2, metrics::kGrid);
    return words;
}

// Not the current one: a table that gets the keyboard makes its first row current by itself.
int IssueList::chosenRow() const {
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.first().row();
}

void IssueList::keepChosen(const std::function<void()>& change) {
    const int row = chosenRow();
    const std::optional<Issue> chosen = row >= 0 ? std::optional(m_model.issue(row)) : std::nullopt;
    change();
    if (!chosen || chosenRow() >= 0) return;
    if (const int kept = m_model.rowOf(*chosen); kept >= 0) m_table->selectRow(kept);
}

void IssueList::goTo(int row) {
    m_table->selectRow(row);
    m_table->scrollTo(m_model.index(row, 0));
    const Issue issue = m_model.issue(row);  // revealing it may change the list
    if (m_document.node(issue.node) != nullptr) {
        const NodeId inner = innerNodeOf(issue);
        inner.empty() ? m_document.selection().reveal(issue.node, issue.param)
                      : m_document.selection().reveal(inner);
    } else {
        m_document.selection().clear();
    }
}

bool IssueList::canFix() const {
    const int row = chosenRow();
    if (row < 0) return false;
    const Issue& issue = m_model.issue(row);
    return !issue.quickFixes.empty() || hasRowsToShow(issue) || asksWhyNoRow(issue);
}

void IssueList::applyFix() {
    if (!canFix()) return;
    const Issue issue = m_model.issue(chosenRow());
    if (asksWhyNoRow(issue)) return Q_EMIT whyRequested(issue.node);
    if (issue.quickFixes.empty()) return Q_EMIT rowsRequested(issue.node);
    m_document.applyFix(issue, issue.quickFixes.front());
}

void IssueList::onClicked(const QModelIndex& index, QPoint at) {
    const QRect cell = m_table->visualRect(index);
    if (IssueDelegate::buttonIn(cell, index).contains(at)) {
        applyFix();
    } else if (IssueDelegate::linkIn(cell, index, m_table->font()).contains(at)) {
        goTo(index.row());
    }
}

void IssueList::openMenu(QPoint at) {
    const QModelIndex index = m_table->indexAt(at);
    if (!index.isValid()) return;
    const Issue issue = m_model.issue(index.row());
    QMenu menu(this);
    connect(menu.addAction(tr("&Go there")), &QAction::triggered, this,
            [this, row = index.row()] { goTo(row); });
    for (const QuickFix& fix : issue.quickFixes) {
        QAction* action = menu.addAction(Theme::of(this).icon(u"lightbulb", ColorRole::Accent),
                                         labelText(translated(fix.label)));
        connect(action, &QAction::triggered, this, [this, issue, fix] { m_document.applyFix(issue, fix); });
    }
    offerAsking(issue, menu);
    menu.addSeparator();
    connect(menu.addAction(tr("&Copy the message")), &QAction::triggered, this,
            [this, row = index.row()] { copy(row); });
    menu.exec(m_table->viewport()->mapToGlobal(at));
}

void IssueList::offerAsking(const Issue& issue, QMenu& menu) {
    if (hasRowsToShow(issue)) {
        connect(menu.addAction(tr("&Show the rows")), &QAction::triggered, this,
                [this, issue] { Q_EMIT rowsRequested(issue.node); });
    }
    if (asksWhyNoRow(issue)) {
        connect(menu.addAction(tr("W&hy no row?")), &QAction::triggered, this,
                [this, issue] { Q_EMIT whyRequested(issue.node); });
    }
}

void IssueList::copy(int row) const {
    QGuiApplication::clipboard()->setText(m_model.line(row));
}

bool IssueList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress && m_table->currentIndex().isValid()) {
        if (chosenRow() < 0) m_table->selectRow(m_table->currentIndex().row());
        if (onKey(*static_cast<QKeyEvent*>(event))) return true;
    }
    const bool byMouse = event->type() == QEvent::MouseButtonRelease ||
                         event->type() == QEvent::MouseButtonDblClick || event->type() == QEvent::MouseMove;
    if (watched == m_table->viewport() && byMouse && onMouse(*static_cast<QMouseEvent*>(event))) return true;
    return QWidget::eventFilter(watched, event);
}

bool IssueList::onKey(const QKeyEvent& key) {
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
        if (key.modifiers() & Qt::AltModifier) {
            applyFix();
        } else {
            goTo(chosenRow());
        }
        return true;
    }
    if (!key.matches(QKeySequence::Copy)) return false;
    copy(chosenRow());
    return true;
}

bool IssueList::onMouse(const QMouseEvent& mouse) {
    const QModelIndex index = m_table->indexAt(mouse.pos());
    switch (mouse.type()) {
        case QEvent::MouseButtonRelease:
            if (index.isValid() && mouse.button() == Qt::LeftButton) onClicked(index, mouse.pos());
            return false;
        case QEvent::MouseButtonDblClick:
            if (index.isValid()) goTo(index.row());
            return index.isValid();
        default:
            break;
    }
    const QRect cell = m_table->visualRect(index);
    const bool hand =
        index.isValid() && (IssueDelegate::buttonIn(cell, index).contains(mouse.pos()) ||
                            IssueDelegate::linkIn(cell, index, m_table->font()).contains(mouse.pos()));
    m_table->viewport()->setCursor(hand ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (index.isValid()) m_table->update(index);
    return false;
}

bool IssueList::isBlank(int column) const {
    for (int row = 0; row < m_model.rowCount(); ++row)
        if (!m_model.index(row, column).data().toString().isEmpty()) return false;
    return true;
}

QStringList IssueList::fixes() const {
    QStringList words;
    for (int row = 0; row < m_model.rowCount(); ++row)
        words << m_model.index(row, IssueModel::Fix).data().toString();
    words.removeAll(QString());
    words.removeDuplicates();
    return words;
}

int IssueList::shareOf(int column) const {
    static constexpr std::array<int, IssueModel::ColumnCount> kShares = {0, 190, 150, 200};
    static constexpr int kAll = 190 + 150 + 200;
    const int all = std::min(Theme::of(this).scaled(kAll), width() * 3 / 5);
    return all * kShares.at(static_cast<std::size_t>(column)) / kAll;
}

int IssueList::leastOf(int column) const {
    const int head = m_table->horizontalHeader()->sectionSizeHint(column);
    return isBlank(column) ? std::min(shareOf(column), head) : std::max(head, IssueDelegate::leastOfPlace());
}

// In a narrow window the message and the places give way to the fixes: a fix is read before it is pressed,
// but the tooltip has the whole message, and Enter goes to the place. A place has room for its first words,
// or none. An empty column only has the room of its head.
void IssueList::resizeColumns() {
    QHeaderView* head = m_table->horizontalHeader();
    head->setSectionResizeMode(IssueModel::What, QHeaderView::Stretch);
    head->setStretchLastSection(false);
    for (const int column : {IssueModel::Where, IssueModel::Place}) m_table->setColumnHidden(column, false);
    const QStringList words = fixes();
    int wanted = words.isEmpty() ? leastOf(IssueModel::Fix) : shareOf(IssueModel::Fix);
    for (const QString& each : words) wanted = std::max(wanted, IssueDelegate::widthOfFix(each));
    int where = leastOf(IssueModel::Where), place = leastOf(IssueModel::Place);
    int room = width() * 3 / 5;  // beside the message
    const auto left = [&] { return room - where - place; };
    const auto areWhole = [&] {
        return left() > 0 && std::all_of(words.begin(), words.end(), [fits = left()](const QString& each) {
                   return IssueDelegate::isFixWhole(each, fits);
               });
    };
    if (!areWhole()) place = 0;
    if (!areWhole()) where = 0;
    if (!areWhole()) room = width() * 4 / 5;
    const int fix = std::clamp(wanted, 0, std::max(left(), 0));
    // The places share what the fixes leave.
    const auto more = [this](int column, int shown) {
        return shown == 0 || isBlank(column) ? 0 : std::max(shareOf(column) - shown, 0);
    };
    const int moreWhere = more(IssueModel::Where, where), morePlace = more(IssueModel::Place, place);
    if (const int both = moreWhere + morePlace; both > 0) {
        const int spare = std::min(left() - fix, both);
        where += spare * moreWhere / both;
        place += spare * morePlace / both;
    }
    m_table->setColumnWidth(IssueModel::Fix, fix);
    const auto put = [this](int column, int shown) {
        m_table->setColumnHidden(column, shown == 0);
        if (shown > 0) m_table->setColumnWidth(column, shown);
    };
    put(IssueModel::Where, where);
    put(IssueModel::Place, place);
    resizeRows();
}

void IssueList::resizeRows() {
    const int width = m_table->horizontalHeader()->sectionSize(IssueModel::What);
    for (int row = 0; row < m_model.rowCount(); ++row)
        m_table->setRowHeight(row, IssueDelegate::heightOf(m_model.index(row, IssueModel::What), width));
}

void IssueList::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    resizeColumns();
}

}  // namespace rw::ui
