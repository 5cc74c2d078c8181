#include "widgets/panels/batch_model.h"

#include <algorithm>
#include <utility>

#include "core/data/text.h"
#include "widgets/document/data_text.h"
#include "widgets/document/zoned_text.h"
#include "widgets/theme/cell_delegate.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

void BatchModel::setColumns(SchemaRef schema, int eventTime) {
    beginResetModel();
    m_schema = std::move(schema);
    m_eventTime = eventTime;
    m_batches.clear();
    m_firstRows.clear();
    m_rows = m_kindColumns = 0;
    endResetModel();
}

void BatchModel::setTimeZone(const std::string& zone) {
    if (std::exchange(m_zone, zone) != zone && columnCount() > 0)
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

void BatchModel::setBatches(std::vector<Batch> batches) {
    const bool kinds = std::any_of(batches.begin(), batches.end(),
                                   [](const Batch& batch) { return batch.kinds != nullptr; });
    if (kinds && m_kindColumns == 0) {
        beginInsertColumns({}, 0, 0);
        m_kindColumns = 1;
        endInsertColumns();
    }
    int rows = 0;
    std::vector<int> firsts;
    for (const Batch& batch : batches) {
        firsts.push_back(rows);
        rows += static_cast<int>(batch.rows);
    }
    // Rows are told as changed, not as new, so that the selection stays where it is on the screen.
    const int before = m_rows;
    if (rows > before) beginInsertRows({}, before, rows - 1);
    if (rows < before) beginRemoveRows({}, rows, before - 1);
    m_batches = std::move(batches);
    m_firstRows = std::move(firsts);
    m_rows = rows;
    if (rows > before) endInsertRows();
    if (rows < before) endRemoveRows();
    if (rows > 0 && columnCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rows - 1, columnCount() - 1));
}

BatchModel::Cell BatchModel::cellAt(int row) const {
    const auto next = std::upper_bound(m_firstRows.begin(), m_firstRows.end(), row) - 1;
    const auto batch = static_cast<std::size_t>(next - m_firstRows.begin());
    return {&m_batches[batch], static_cast<std::size_t>(row - *next)};
}

std::vector<Batch> BatchModel::picked(const std::vector<int>& rows) const {
    std::vector<std::vector<std::uint32_t>> perBatch(m_batches.size());
    for (const int row : rows) {
        const Cell cell = cellAt(row);
        perBatch[static_cast<std::size_t>(cell.batch - m_batches.data())].push_back(
            static_cast<std::uint32_t>(cell.row));
    }
    std::vector<Batch> out;
    for (std::size_t i = 0; i < perBatch.size(); ++i) {
        if (!perBatch[i].empty()) out.push_back(m_batches[i].select(perBatch[i]));
    }
    return out;
}

void BatchModel::refresh() {
    if (columnCount() == 0) return;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (m_rows > 0) Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
}

int BatchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int BatchModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_schema->size()) + m_kindColumns;
}

QVariant BatchModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole) return headerData(index.column(), Qt::Horizontal, role);
    const Theme& theme = Theme::of(this);
    if (role == Qt::FontRole) return theme.font(TextStyle::CodeSmall);
    const Cell cell = cellAt(index.row());
    if (index.column() < m_kindColumns) {
        if (role == Qt::ForegroundRole) return theme.tokens().dim;
        if (role != Qt::DisplayRole) return {};
        return QString::fromUtf8(toString(cell.batch->kind(cell.row)).data());
    }
    const ColumnRef& column = cell.batch->columns[static_cast<std::size_t>(index.column() - m_kindColumns)];
    const bool null = !column || column->isNull(cell.row);
    if (role == Qt::ForegroundRole) return null ? QVariant(theme.tokens().dim) : QVariant();
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (null) return QStringLiteral("NULL");
    const QString whole = dataText(*column, cell.row);
    return role == Qt::ToolTipRole ? tipText(withZoned(whole, *column, cell.row, m_zone)) : shownCell(whole);
}

QVariant BatchModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    const bool kind = section < m_kindColumns;
    const auto at = static_cast<std::size_t>(section - m_kindColumns);
    switch (role) {
        case Qt::DisplayRole:
            return kind ? QStringLiteral("op") : shownText(QString::fromStdString(m_schema->fields[at].name));
        case TypedHeader::kTypeRole:
            if (kind) return tr("change");
            return withUtc(static_cast<int>(at) == m_eventTime
                               ? tr("event time")
                               : QString::fromStdString(toString(m_schema->fields[at].type)),
                           m_schema->fields[at].type, m_zone);
        case Qt::ToolTipRole:
            return kind ? tr("+I new row, -U and +U a row before and after its change, -D row gone")
                        : tipText(QString::fromStdString(m_schema->fields[at].name + ' ' +
                                                         toString(m_schema->fields[at].type)));
        case Qt::TextAlignmentRole: {
            const bool right = !kind && m_schema->fields[at].type.isNumeric();
            return QVariant::fromValue((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        default:
            return {};
    }
}

}  // namespace rw::ui
