// The metrics of a node of the running pipeline. Hidden, it does nothing, and catches up when it
// is shown.
#pragma once
#include <QTreeWidget>

#include "widgets/session/run_session.h"

namespace rw::ui {

class MetricsPage : public QTreeWidget {
    Q_OBJECT
 public:
    explicit MetricsPage(RunSession& session, QWidget* parent = nullptr);
    void setNode(const NodeId& node);

 protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void refresh();
    /// Each fills the rows from `row` on, and leaves it at the next.
    void showFigures(const LiveNode& live, int& row);
    /// How it stands to the outside world, its guarantee, and its partitions.
    void showLive(const NodeMetrics& metrics, int& row);
    void showPartition(const PartitionMetrics& partition, int& row);
    void showHold(int& row);
    void showHeldBack(const WatermarkHold& hold, int& row);
    void showSpread(const NodeMetrics& metrics, int& row);
    void showFindings(int& row);
    void showFigure(int row, const QString& name, const QString& value, const QString& tip = {});
    QTreeWidgetItem* showRemark(int row, const QString& words);
    QString untold() const;  ///< the text for a figure that the cluster does not give
    QTreeWidgetItem* rowAt(int place);

    RunSession& m_session;
    NodeId m_node;
    int m_frames = 0;
};

}  // namespace rw::ui
