#include "widgets/results/result_model.h"

#include <algorithm>

#include "core/base/figures.h"
#include "core/connect/sqlite/values.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {
namespace {

constexpr qsizetype kShownLetters = 1000;  // of a long text; a copy or an export has all of it

}  // namespace

bool isNumeric(const SqliteColumn& column) {
    if (column.values != TypeId::Null) return column.values == TypeId::Decimal;
    const QString upper = QString::fromStdString(column.type).toUpper();
    for (const char* word : {"INT", "REAL", "DOUB", "FLOA", "NUM", "DEC"})
        if (upper.contains(QLatin1String(word))) return true;
    return false;
}

// SQLite's text, but for a DOUBLE. A whole number and a DECIMAL have digits that no DOUBLE holds.
QString cellText(const SqliteCell& cell, const SqliteColumn& column) {
    if (cell.kind == SqliteCell::Kind::Null) return QStringLiteral("NULL");
    if (cell.kind == SqliteCell::Kind::Blob) {
        const std::size_t bytes = (cell.text.size() - 3) / 2;  // X'00FF'
        return translated(figures::counted(bytes, RW_TEXT("results", "BLOB, 1 byte"),
                                           RW_TEXT("results", "BLOB, %1 bytes")));
    }
    const char* const kept = column.values == TypeId::Decimal ? "-.0123456789" : "-0123456789";
    const bool binary =
        cell.kind == SqliteCell::Kind::Number && cell.text.find_first_not_of(kept) != std::string::npos;
    return QString::fromStdString(binary ? figures::shown(cell.number) : cell.text);
}

ResultModel::ResultModel(ResultReader& reader, QObject* parent)
    : QAbstractTableModel(parent), m_reader(reader) {
    connect(&reader, &ResultReader::rowsRead, this, &ResultModel::take);
    connect(&reader, &ResultReader::readFailed, this, &ResultModel::drop);
}

void ResultModel::setMatch(ResultReader::Match match) {
    const bool same = match && m_match && match->query.path == m_match->query.path &&
                      match->query.table == m_match->query.table &&
                      match->query.table.columns == m_match->query.table.columns;
    m_wanted.clear();
    if (!same) {
        beginResetModel();
        m_match = std::move(match);
        m_pages.clear();
        endResetModel();
        return;
    }
    const bool foreign = !sameQuestion(match->query, m_match->query);
    const int before = rowCount(), after = static_cast<int>(match->rows);
    if (after > before) beginInsertRows({}, before, after - 1);
    if (after < before) beginRemoveRows({}, after, before - 1);
    m_match = std::move(match);
    for (auto& [number, page] : m_pages) {
        page.outdated = true;
        page.foreign = page.foreign || foreign;
    }
    if (after > before) endInsertRows();
    if (after < before) endRemoveRows();
    refresh();
}

void ResultModel::refresh() {
    if (!m_match || columnCount() == 0) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void ResultModel::take(const ResultReader::Match& match, qint64 first, const std::vector<SqliteRow>& rows) {
    if (match != m_match) return;
    const int number = static_cast<int>(first / kPage);
    m_wanted.erase(number);
    m_pages[number] = {rows, ++m_use};
    while (m_pages.size() > kKeptPages) {
        m_pages.erase(std::min_element(m_pages.begin(), m_pages.end(), [](const auto& a, const auto& b) {
            return a.second.use < b.second.use;
        }));
    }
    const int last = std::min(static_cast<int>(first) + static_cast<int>(rows.size()), rowCount()) - 1;
    if (last >= first) Q_EMIT dataChanged(index(static_cast<int>(first), 0), index(last, columnCount() - 1));
}

void ResultModel::drop(const ResultReader::Match& match, qint64 first) {
    if (match != m_match) return;
    const int number = static_cast<int>(first / kPage);
    m_wanted.erase(number);
    const auto found = m_pages.find(number);
    if (found == m_pages.end() || !found->second.foreign) return;
    m_pages.erase(found);
    refresh();
}

void ResultModel::want(int page) const {
    if (m_wanted.insert(page).second) m_reader.read(m_match, static_cast<std::int64_t>(page) * kPage, kPage);
}

const SqliteRow* ResultModel::rowAt(int row) const {
    if (row < 0 || row >= rowCount()) return nullptr;
    const auto found = m_pages.find(row / kPage);
    if (found == m_pages.end() || found->second.foreign) return nullptr;
    const auto place = static_cast<std::size_t>(row % kPage);
    return place < found->second.rows.size() ? &found->second.rows[place] : nullptr;
}

const SqliteCell* ResultModel::cellAt(const QModelIndex& index) const {
    const int number = index.row() / kPage;
    const auto found = m_pages.find(number);
    if (found == m_pages.end() || found->second.outdated) want(number);
    if (found == m_pages.end()) return nullptr;
    found->second.use = ++m_use;
    const auto row = static_cast<std::size_t>(index.row() % kPage),
               column = static_cast<std::size_t>(index.column());
    const auto& rows = found->second.rows;
    return row < rows.size() && column < rows[row].size() ? &rows[row][column] : nullptr;
}

int ResultModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_match ? 0 : static_cast<int>(m_match->rows);
}

int ResultModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_match ? 0 : static_cast<int>(m_match->query.table.columns.size());
}

QVariant ResultModel::barOf(const SqliteCell& cell, int column) const {
    const bool sorted = column == m_match->query.sortColumn && m_match->most && *m_match->least >= 0;
    if (!sorted || cell.kind != SqliteCell::Kind::Number || *m_match->most <= 0) return {};
    return std::clamp(cell.number / *m_match->most, 0.0, 1.0);
}

QVariant ResultModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Theme& theme = Theme::of(this);
    if (role == Qt::FontRole) return theme.font(TextStyle::CodeSmall);
    if (role == Qt::TextAlignmentRole) return headerData(index.column(), Qt::Horizontal, role);
    if (role != Qt::DisplayRole && role != Qt::ForegroundRole && role != kBarRole &&
        role != Qt::ToolTipRole && role != kOwnWordsRole)
        return {};
    const SqliteCell* cell = cellAt(index);
    if (cell == nullptr) return {};
    const bool null = cell->kind == SqliteCell::Kind::Null, blob = cell->kind == SqliteCell::Kind::Blob;
    switch (role) {
        case kBarRole:
            return barOf(*cell, index.column());
        case kOwnWordsRole:
            return null || blob || cell->kind == SqliteCell::Kind::Number;
        case Qt::ForegroundRole:
            return null || blob ? QVariant(theme.tokens().dim) : QVariant();
        default: {
            const QString whole =
                cellText(*cell, m_match->query.table.columns[static_cast<std::size_t>(index.column())]);
            if (null || blob) return whole;
            return role == Qt::ToolTipRole ? tipText(whole) : shownText(whole, kShownLetters);
        }
    }
}

QVariant ResultModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (!m_match) return {};
    if (orientation == Qt::Vertical && role == Qt::FontRole)
        return Theme::of(this).font(TextStyle::CodeSmall);
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(countText(static_cast<std::uint64_t>(section) + 1))
                                       : QVariant();
    if (section >= columnCount()) return {};
    const SqliteColumn& column = m_match->query.table.columns[static_cast<std::size_t>(section)];
    switch (role) {
        case Qt::DisplayRole:
            return shownText(QString::fromStdString(column.name));
        case TypedHeader::kTypeRole:
            return shownText(QString::fromStdString(std::string(shownType(column))));
        case Qt::ToolTipRole:
            return tipText(tr("Click to sort by “%1”").arg(shownText(QString::fromStdString(column.name))));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue((isNumeric(column) ? Qt::AlignRight : Qt::AlignLeft) |
                                       Qt::AlignVCenter);
        default:
            return {};
    }
}

}  // namespace rw::ui
