// Before a deployment whose file sinks find older results: asks how to treat them, sink by sink.
#pragma once
#include <QDialog>
#include <map>
#include <vector>

#include "core/cluster/jobs/flink_outputs.h"
#include "core/pipeline/pipeline.h"

class QComboBox;
class QGridLayout;

namespace rw::ui {

class OutputDialog : public QDialog {
    Q_OBJECT
 public:
    /// A new folder is proposed for each: nothing is lost by that, and nothing is counted twice.
    OutputDialog(const std::vector<StandingOutput>& found, const Pipeline& pipeline,
                 QWidget* parent = nullptr);

    OutputChoices choices() const;

 private:
    void addRow(QGridLayout& grid, int row, const StandingOutput& found, const QString& title);

    std::map<NodeId, QComboBox*> m_boxes{};
};

}  // namespace rw::ui
