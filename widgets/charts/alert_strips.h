// The strips of states below a chart: what the alert rules on its rows were from one time to the next.
#pragma once
#include <vector>

#include "core/pipeline/pipeline.h"
#include "widgets/charts/drawing/state_strip.h"

namespace rw::ui {

class AlertFeed;
class PipelineDocument;

/// Of the alerts that judge the rows which the chart draws; none while no run has judged them.
std::vector<StateStrip> alertStrips(const PipelineDocument& document, const AlertFeed& feed,
                                    const NodeId& chart);
/// Of one rule, with the words in its blocks.
StateStrip stripOf(const AlertBoard::Look& look, const NodeId& rule, Instant judged);

}  // namespace rw::ui
