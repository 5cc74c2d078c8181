// The whole window with a pipeline in which others than this program wrote all titles, data and targets: a
// source, a window aggregate, a sink and a chart of every kind.
#pragma once
#include "tests/unit/app/made_cluster.h"

namespace rw::ui {

struct MarkedWindow : ClusterWindow {
    /// `mark` stands in whatever others wrote.
    explicit MarkedWindow(const QString& mark);

    /// With columns for every chart, to the end of the rows.
    void run();
    /// A node with a column that there is not, whose name has the mark in it.
    void addProblem();

    QString mark;
    NodeId perMinute, table;

 private:
    bool validated() const;
    bool addSales();
};

}  // namespace rw::ui
