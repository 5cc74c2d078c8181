#include "widgets/charts/table_model.h"

#include "core/data/text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

void TableModel::setInfo(const TableInfo& info) {
    beginResetModel();
    m_info = info;
    m_shot = {};
    endResetModel();
}

void TableModel::setSnapshot(TableSnapshot snapshot) {
    // Rows are told as changed, not as new, so that selection and scrolling stay where they are.
    const int before = static_cast<int>(m_shot.rows.size()), after = static_cast<int>(snapshot.rows.size());
    if (after > before) {
        beginInsertRows({}, before, after - 1);
    } else if (after < before) {
        beginRemoveRows({}, after, before - 1);
    }
    m_shot = std::move(snapshot);
    if (after > before) endInsertRows();
    if (after < before) endRemoveRows();
    if (after > 0 && columnCount() > 0) Q_EMIT dataChanged(index(0, 0), index(after - 1, columnCount() - 1));
}

QString TableModel::text(std::size_t row, std::size_t column) const {
    const Value& value = (*m_shot.rows[row])[column];
    return isNull(value) ? QStringLiteral("NULL")
                         : QString::fromStdString(toText(value, m_info.columns[column].type));
}

int TableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shot.rows.size());
}

int TableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_info.columns.size());
}

QVariant TableModel::data(const QModelIndex& index, int role) const {
    const auto row = static_cast<std::size_t>(index.row()), column = static_cast<std::size_t>(index.column());
    if (!index.isValid() || row >= m_shot.rows.size()) return {};
    switch (role) {
        case Qt::DisplayRole:
            return shownText(text(row, column));
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(
                (m_info.columns[column].type.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) |
                Qt::AlignVCenter);
        case Qt::FontRole:
            return Theme::of(this).font(TextStyle::CodeSmall);
        case Qt::ForegroundRole:
            if (isNull((*m_shot.rows[row])[column])) return Theme::of(this).tokens().dim;
            return {};
        default:
            return {};
    }
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    const ChartColumn& column = m_info.columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole) return shownText(QString::fromStdString(column.name));
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((column.type.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) return QString::fromStdString(toString(column.type));
    return {};
}

}  // namespace rw::ui
