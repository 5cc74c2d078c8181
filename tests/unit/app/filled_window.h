// The whole window with something in every page, panel and form: long names, large numbers, late and rejected
// rows, checkpoints, jobs, a comparison, problems, alerts, charts of every kind, tables of results.
#pragma once
#include "tests/support/made_comparison.h"
#include "tests/unit/app/made_cluster.h"

namespace rw::ui {

struct FilledWindow : ClusterWindow {
    FilledWindow(QSize size, int percent, const QString& language);
    ~FilledWindow();

    NodeId perMinute;

 private:
    void addShops();
    void addSinks();
    void runShops() const;
    void addJobs() const;
    void compareEngines() const;
    void addProblems();

    std::shared_ptr<testing::MadeComparison> m_comparison = std::make_shared<testing::MadeComparison>();
};

}  // namespace rw::ui
