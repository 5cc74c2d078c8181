#include "widgets/theme/column_widths.h"

#include <QEvent>
#include <QHeaderView>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <algorithm>
#include <numeric>
#include <utility>

#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kEssential = 14;  // characters: a dozen, and the ellipsis
constexpr int kHiddenRows = 100;
constexpr int kAround = 40;     // pixels at 100 %: an icon, and the edges of a cell

}  // namespace

void ColumnWidths::keep(QTableView& table, std::vector<Column> columns) {
    new ColumnWidths(table, std::move(columns));
}

ColumnWidths& ColumnWidths::keepFigures(QTableView& table) {
    return *new ColumnWidths(table, {});
}

ColumnWidths::ColumnWidths(QTableView& table, std::vector<Column> columns)
    : QObject(&table), m_table(table), m_columns(std::move(columns)), m_allFigures(m_columns.empty()) {
    QHeaderView& head = *table.horizontalHeader();
    head.setStretchLastSection(false);
    head.setResizeContentsPrecision(0);  // the rows in sight: this is done often
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &ColumnWidths::fit);
    const auto soon = [this] {
        if (m_table.isVisible()) m_soon.start();
    };
    const QAbstractItemModel* model = table.model();
    connect(model, &QAbstractItemModel::modelReset, this, [this, soon] {
        m_grown.clear();
        m_allFigures ? fit() : soon();  // other columns must not be seen with the old widths
    });
    connect(model, &QAbstractItemModel::rowsInserted, this, soon);
    connect(model, &QAbstractItemModel::columnsInserted, this, soon);
    connect(model, &QAbstractItemModel::columnsRemoved, this, soon);
    connect(model, &QAbstractItemModel::dataChanged, this, soon);
    connect(model, &QAbstractItemModel::headerDataChanged, this, [this, soon] {
        m_grown.clear();
        soon();
    });
    connect(table.verticalScrollBar(), &QScrollBar::valueChanged, this, soon);  // other rows are in sight
    connect(&Theme::of(&table), &Theme::changed, this, &ColumnWidths::startOver);
    connect(&head, &QHeaderView::sectionResized, this, [this](int section, int, int width) {
        if (!m_fitting && m_table.isVisible()) m_byHand[section] = width;
    });
    table.viewport()->installEventFilter(this);
}

bool ColumnWidths::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::Show) fit();
    return QObject::eventFilter(watched, event);
}

void ColumnWidths::startOver() {
    m_grown.clear();
    m_byHand.clear();
    if (m_table.isVisible()) m_soon.start();
}

int ColumnWidths::leastOf(int column) const {
    const QAbstractItemView& view = m_table;  // of a table it is not public
    const int head = m_table.horizontalHeader()->sectionSizeHint(column);
    const int cells = view.sizeHintForColumn(column);
    if (m_columns[static_cast<std::size_t>(column)].of == Of::Figures) return std::max(head, cells);
    const int essential =
        kEssential * m_table.fontMetrics().averageCharWidth() + Theme::of(&m_table).scaled(kAround);
    return std::max(head, std::min(cells, essential));
}

// A width that a person has chosen stays.
int ColumnWidths::shareOf(std::size_t column) const {
    return m_byHand.contains(static_cast<int>(column)) ? 0 : m_columns[column].share;
}

std::vector<int> ColumnWidths::shared(std::vector<int> least, int room) const {
    std::vector<int> widths = least;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (m_byHand.contains(static_cast<int>(i))) continue;
        widths[i] = std::max(least[i], Theme::of(&m_table).scaled(m_columns[i].width));
    }
    const int over = std::accumulate(widths.begin(), widths.end(), -room);
    if (over > 0) {
        const int loose = over + room - std::accumulate(least.begin(), least.end(), 0);
        const int taken = std::min(over, loose);
        for (std::size_t i = 0; i < widths.size() && loose > 0; ++i)
            widths[i] -= (widths[i] - least[i]) * taken / loose;
        return widths;
    }
    int shares = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) shares += shareOf(i);
    for (std::size_t i = 0; i < widths.size() && shares > 0; ++i) widths[i] += -over * shareOf(i) / shares;
    widths.back() += room - std::accumulate(widths.begin(), widths.end(), 0);
    return widths;
}

// Of the rows and the table alone, never of the scroll bars that are there: those come and go with the
// widths, and one would chase the other.
int ColumnWidths::room() const {
    const QSize whole = m_table.maximumViewportSize();
    const QScrollBar& bar = *m_table.verticalScrollBar();
    const bool scrolled = m_table.verticalHeader()->length() > whole.height();
    return whole.width() - (scrolled ? bar.sizeHint().width() : 0);
}

void ColumnWidths::fit() {
    m_soon.stop();
    if (m_table.isVisible() && !m_fitting) setWidths();
}

void ColumnWidths::fitHidden() {
    if (m_table.isVisible()) return;
    QHeaderView& head = *m_table.horizontalHeader();
    head.setResizeContentsPrecision(kHiddenRows);  // none are in sight
    setWidths();
    head.setResizeContentsPrecision(0);
}

void ColumnWidths::setWidths() {
    const int count = m_table.horizontalHeader()->count();
    if (m_allFigures && static_cast<std::size_t>(count) != m_columns.size()) {
        m_columns.assign(static_cast<std::size_t>(count), Column{Of::Figures, 0, 1});
        m_grown.clear();
        m_byHand.clear();
    }
    if (m_columns.empty()) return;
    const QScopedValueRollback busy(m_fitting, true);
    std::vector<int> least;
    for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
        int& grown = m_grown[column];
        grown = std::max(grown, leastOf(column));
        const auto chosen = m_byHand.find(column);
        least.push_back(chosen != m_byHand.end() ? chosen->second : grown);
    }
    const std::vector<int> widths = shared(std::move(least), room());
    for (std::size_t i = 0; i < widths.size(); ++i) m_table.setColumnWidth(static_cast<int>(i), widths[i]);
}

}  // namespace rw::ui
