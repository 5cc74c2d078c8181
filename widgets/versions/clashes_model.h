// The clashes of a merge, in words: a list of them, and the values of each.
#pragma once
#include <QAbstractListModel>

#include "widgets/versions/merge_state.h"

namespace rw::ui {

/// “Ours”, “Theirs”, “Base”, “Both”.
QString mergeSideName(MergeSide side);
/// Where the two disagree: “Sums”, Size.
QString clashTitle(const MergeClash& clash, const MergeState& state);
/// What the side has there, line by line; words where it has nothing. Of Both: how the other one is called.
QString clashValue(const MergeClash& clash, MergeSide side, const MergeState& state);

class ClashesModel final : public QAbstractListModel {
    Q_OBJECT
 public:
    using QAbstractListModel::QAbstractListModel;

    /// As they are in `state` now; null: none.
    void set(const MergeState* state);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

 private:
    struct Row {
        QString title{}, what{}, decision{};
        bool decided = false;
    };
    std::vector<Row> m_rows{};
};

}  // namespace rw::ui
