// Below the settings of a source or sink: what it guarantees, how it stands to the outside world while it
// runs, and its partitions, the worst first. Hidden where there is nothing of that to tell.
#pragma once
#include <QWidget>

#include "widgets/session/live_text.h"

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace rw::ui {

class HintBox;

class StandingBox : public QWidget {
    Q_OBJECT
 public:
    StandingBox(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);
    void setNode(const NodeId& node);
    /// The settings are shown; otherwise it is hidden.
    void setWanted(bool wanted);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    bool showGuarantee();
    bool showStanding(const NodeMetrics* metrics);
    void showPartitions(const NodeMetrics& metrics, const LiveSummary& live);
    void fill(QTreeWidgetItem& row, const PartitionMetrics& partition, double share);

    PipelineDocument& m_document;
    RunSession& m_session;
    NodeId m_node;
    bool m_wanted = true;
    int m_frames = 0;
    QLabel *m_guarantee, *m_head, *m_lag, *m_more;
    QTreeWidget* m_partitions;
    HintBox* m_why;
};

}  // namespace rw::ui
