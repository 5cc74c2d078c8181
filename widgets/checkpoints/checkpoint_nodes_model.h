// The figures of each node in a checkpoint, the largest state first: its size, how much of that is new,
// how long its rows waited for the barrier, how long it stood still.
#pragma once
#include <QAbstractTableModel>
#include <map>
#include <utility>
#include <vector>

#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

class CheckpointNodesModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Which, State, Written, Alignment, Snapshot, ColumnCount };

    /// The document, which has the titles, must outlive it.
    explicit CheckpointNodesModel(const PipelineDocument& document) : m_document(document) {}

    /// Of subflows those inside are told, not the whole. Nothing is reset while they are the same nodes.
    void set(const std::map<NodeId, NodeCheckpoint>& nodes);
    void refresh();  ///< after a change of language, theme or titles
    const NodeId& node(int row) const { return m_rows[static_cast<std::size_t>(row)].first; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    QString cell(int row, int column) const;

    const PipelineDocument& m_document;
    std::vector<std::pair<NodeId, NodeCheckpoint>> m_rows{};
};

}  // namespace rw::ui
