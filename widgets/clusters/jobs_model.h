// The jobs of a pipeline on clusters, the newest first: target, state, since when, savepoints left.
#pragma once
#include <QAbstractTableModel>
#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/cluster/targets/known_jobs.h"
#include "widgets/theme/tokens.h"

namespace rw::ui {

/// A job that is shown on the canvas: of it more is known than a list tells.
struct ShownJob {
    std::string job{};
    ClusterState state = ClusterState::Checking;
    Status connectionProblem{};
    bool operator==(const ShownJob& other) const;
};

class JobsModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    enum Column { Where, Job, State, Started, Ended, Savepoints, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// Nothing is reset while they are the same jobs.
    void set(std::vector<KnownJob> jobs, const std::optional<ShownJob>& shown);
    /// The same jobs, of which another is shown, or does otherwise; false: it is as it was.
    bool setShown(const std::optional<ShownJob>& shown);
    const KnownJob& job(int row) const { return m_jobs[static_cast<std::size_t>(row)]; }
    int rowOf(const std::string& job) const;  ///< -1: it is not among them
    bool isShown(int row) const;              ///< on the canvas
    bool isSilent(int row) const;             ///< shown, but its cluster does not answer
    /// It can be ended, as far as is known.
    bool mayRun(int row) const;
    void refresh();  ///< after a change of language or theme

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct StateSign {
        QString words, icon;
        ColorRole role = ColorRole::Dim;
    };
    StateSign signOf(int row) const;
    StateSign signOf(ClusterState state) const;
    StateSign signOf(const std::string& word, bool unseen) const;
    QString text(int row, int column) const;
    QString tip(int row, int column) const;

    std::vector<KnownJob> m_jobs;
    std::optional<ShownJob> m_shown;
};

}  // namespace rw::ui
