#include "widgets/checkpoints/checkpoint_nodes_model.h"

#include <algorithm>
#include <utility>

#include "core/base/byte_size.h"
#include "widgets/checkpoints/checkpoints_model.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

/// Counted once more as the sum of the nodes inside it.
bool isWhole(const std::map<NodeId, NodeCheckpoint>& nodes, const NodeId& id) {
    const std::string inside = id + '/';
    const auto next = nodes.lower_bound(inside);
    return next != nodes.end() && next->first.compare(0, inside.size(), inside) == 0;
}

}  // namespace

void CheckpointNodesModel::set(const std::map<NodeId, NodeCheckpoint>& nodes) {
    std::vector<std::pair<NodeId, NodeCheckpoint>> rows;
    for (const auto& each : nodes) {
        if (!isWhole(nodes, each.first)) rows.push_back(each);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.second.bytes > b.second.bytes; });
    const bool same = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(),
                                 [](const auto& a, const auto& b) { return a.first == b.first; });
    if (!same) beginResetModel();
    m_rows = std::move(rows);
    if (!same) return endResetModel();
    refresh();
}

void CheckpointNodesModel::refresh() {
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int CheckpointNodesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CheckpointNodesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QString CheckpointNodesModel::cell(int row, int column) const {
    const auto& [id, figures] = m_rows[static_cast<std::size_t>(row)];
    switch (column) {
        case Which:
            return titleOf(m_document.pipeline(), id);
        case State:
            return sizeText(figures.bytes);
        case Written:
            return figures.written ? sizeText(*figures.written) : QStringLiteral("–");
        case Alignment:
            return tookText(figures.alignSeconds);
        default:
            return tookText(figures.snapshotSeconds);
    }
}

QVariant CheckpointNodesModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return shownText(cell(index.row(), index.column()));
        case Qt::FontRole:
            if (index.column() == Which) return {};
            return Theme::of(this).font(TextStyle::CodeSmall);
        case Qt::DecorationRole: {
            if (index.column() != Which) return {};
            const NodeAppearance looks = appearanceOf(m_document, node(index.row()));
            return looks.icon.isEmpty() ? QVariant() : QVariant(Theme::of(this).icon(looks.icon, looks.role));
        }
        default:
            return {};
    }
}

QVariant CheckpointNodesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole && section == Alignment)
        return tr("From the first way by which the barrier came to the last; the longest of its tasks");
    if (role == Qt::ToolTipRole && section == Snapshot)
        return tr(
            "How long it stood still, to write its state or to note what of it has changed; the longest of "
            "its tasks");
    if (role == Qt::ToolTipRole && section == Written) return tr("What was not in the checkpoint before");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Which:
            return tr("Node");
        case State:
            return tr("State");
        case Written:
            return tr("Written");
        case Alignment:
            return tr("Alignment");
        default:
            return tr("Snapshot");
    }
}

}  // namespace rw::ui
