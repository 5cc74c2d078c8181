#include "widgets/sql/query_result_model.h"

#include <algorithm>
#include <limits>

#include "core/base/figures.h"
#include "core/connect/sqlite/values.h"
#include "core/query/query_rows.h"
#include "widgets/charts/quick/quick_chart.h"
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

QString valueText(const QueryValue& value) {
    if (const auto* number = std::get_if<double>(&value))
        return QString::fromStdString(figures::shown(*number));
    if (const auto* blob = std::get_if<QueryBlob>(&value))
        return translated(figures::counted(blob->bytes.size(), RW_TEXT("query", "BLOB, 1 byte"),
                                           RW_TEXT("query", "BLOB, %1 bytes")));
    return QString::fromStdString(exactText(value));
}

int rowsOf(const QueryRunner::Answer& answer) {
    constexpr std::size_t kMost = std::numeric_limits<int>::max() / 64;  // of pixels, when rows are high
    return static_cast<int>(std::min(answer->result.rows.size(), kMost));
}

}  // namespace

void QueryResultModel::set(QueryRunner::Answer answer) {
    beginResetModel();
    m_answer = std::move(answer);
    endResetModel();
}

void QueryResultModel::update(QueryRunner::Answer answer) {
    const auto names = [](const QueryRunner::Answer& of) {
        std::vector<std::pair<std::string, std::string_view>> all;
        for (const SqliteColumn& column : of->result.columns)
            all.emplace_back(column.name, shownType(column));
        return all;
    };
    if (!m_answer || !answer || names(m_answer) != names(answer)) return set(std::move(answer));
    const int before = rowCount(), after = rowsOf(answer);
    if (after > before) beginInsertRows({}, before, after - 1);
    if (after < before) beginRemoveRows({}, after, before - 1);
    m_answer = std::move(answer);
    if (after > before) endInsertRows();
    if (after < before) endRemoveRows();
    if (const int both = std::min(before, after); both > 0)
        Q_EMIT dataChanged(index(0, 0), index(both - 1, columnCount() - 1));
}

void QueryResultModel::refresh() {
    if (columnCount() == 0) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int QueryResultModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_answer ? 0 : rowsOf(m_answer);
}

int QueryResultModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_answer ? 0 : static_cast<int>(m_answer->result.columns.size());
}

const QueryValue& QueryResultModel::valueAt(const QModelIndex& index) const {
    return m_answer->result
        .rows[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
}

QVariant QueryResultModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_answer) return {};
    const Theme& theme = Theme::of(this);
    if (role == Qt::FontRole) return theme.font(TextStyle::CodeSmall);
    if (role == Qt::TextAlignmentRole) return headerData(index.column(), Qt::Horizontal, role);
    const QueryValue& value = valueAt(index);
    const bool null = std::holds_alternative<std::monostate>(value);
    if (role == Qt::ForegroundRole)
        return null || std::holds_alternative<QueryBlob>(value) ? QVariant(theme.tokens().dim) : QVariant();
    if (role == kOwnWordsRole) return !std::holds_alternative<std::string>(value);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (null) return QStringLiteral("NULL");
    const QString whole = valueText(value);
    return role == Qt::ToolTipRole ? tipText(whole) : shownText(whole, kShownLetters);
}

QVariant QueryResultModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (!m_answer) return {};
    if (orientation == Qt::Vertical) {
        if (role == Qt::FontRole) return Theme::of(this).font(TextStyle::CodeSmall);
        return role == Qt::DisplayRole ? QVariant(countText(static_cast<std::uint64_t>(section) + 1))
                                       : QVariant();
    }
    if (section >= columnCount()) return {};
    const SqliteColumn& column = m_answer->result.columns[static_cast<std::size_t>(section)];
    const QString name = QString::fromStdString(column.name);
    const QString type = QString::fromStdString(std::string(shownType(column)));
    switch (role) {
        case Qt::DisplayRole:
            return shownText(name);
        case TypedHeader::kTypeRole:
            return shownText(type);
        case Qt::ToolTipRole:
            return tipText(name + u' ' + type);
        case Qt::TextAlignmentRole:
            return QVariant::fromValue((holdsNumbers(column) ? Qt::AlignRight : Qt::AlignLeft) |
                                       Qt::AlignVCenter);
        default:
            return {};
    }
}

}  // namespace rw::ui
