// The checkpoints and savepoints of a pipeline, the newest first: number or name, when, how large, how much
// of it is new, how long the nodes stood still for it, how long it took.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <optional>
#include <vector>

#include "widgets/checkpoints/checkpoint_list.h"

namespace rw::ui {

class CheckpointsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Which, Taken, Age, Size, Written, Stopped, Duration, ColumnCount };

    /// The list must outlive it.
    explicit CheckpointsModel(const CheckpointList& list) : m_list(list) {}

    /// Takes the present list; nothing is reset while they are the same checkpoints.
    void update();
    void refreshAges();  ///< they grow
    void refresh();      ///< after a change of language or theme
    const SavedCheckpoint& at(int row) const { return m_rows[static_cast<std::size_t>(row)].saved; }
    int rowOf(const SavedCheckpoint& saved) const;  ///< -1: it is not among them
    /// As lines with tabs, its heads first.
    QString text() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Row {
        SavedCheckpoint saved{};
        std::optional<CheckpointFigures> figures{};  ///< none: no run here took it
    };
    QString cell(int row, int column) const;
    QString tip(int row, int column) const;
    QString title(const SavedCheckpoint& saved) const;

    const CheckpointList& m_list;
    std::vector<Row> m_rows{};
};

}  // namespace rw::ui
