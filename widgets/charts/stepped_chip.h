// On a chart, while the run stands after a step: how many rows the step brought to it.
#pragma once
#include "core/pipeline/pipeline.h"
#include "widgets/theme/chip.h"

namespace rw::ui {

class RunSession;

/// Hidden while no step has brought any. It says what the wires to the chart say.
class SteppedChip : public Chip {
    Q_OBJECT
 public:
    explicit SteppedChip(QWidget* parent = nullptr);

    void refresh(const RunSession& session, const NodeId& chart);
    /// Its words are never cut.
    QSize minimumSizeHint() const override { return sizeHint(); }
};

}  // namespace rw::ui
