// The whole window with something in every pane, made as a person would make it: a run that rejected a row
// and had a late one, charts, a database with results, problems, jobs, a comparison, checkpoints.
#pragma once
#include <map>
#include <memory>

#include "tests/support/made_comparison.h"
#include "tests/unit/app/made_cluster.h"

namespace rw::ui {

struct FilledWindow : ClusterWindow {
    /// `mark` stands in whatever others than this program wrote: titles, data, names of targets and jobs.
    explicit FilledWindow(const QString& mark = {});
    ~FilledWindow();

    /// Fills the pane, opens it and waits until its tables have rows. Why that can't be; empty: it is filled.
    QString fill(Pane& pane);
    static void settle();  ///< until all that was posted is done

    QString mark;
    NodeId perMinute, table;
    std::shared_ptr<rw::testing::MadeComparison> comparison = std::make_shared<rw::testing::MadeComparison>();

 private:
    /// How a pane is filled, and whether it lists something then.
    struct Filling {
        bool (FilledWindow::*make)();
        bool lists;
    };
    static const std::map<QString, Filling>& fillings();

    bool validated() const;
    bool addSales();
    bool runSales();
    bool chooseRows();
    bool chooseCluster();
    bool addProblems();
    bool rememberJobs();
    bool compareEngines();
    bool takeCheckpoints();
};

}  // namespace rw::ui
