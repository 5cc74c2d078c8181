// The summaries of nodes that cannot be typed now because something before them is broken: the last true
// sentence for the same parameters. An error is told where it is, and nowhere else.
#pragma once
#include <map>

#include "core/pipeline/validate.h"

namespace rw::ui {

class LastSummaries {
 public:
    using Summaries = std::map<NodeId, Text>;
    /// Of the nodes that `checked`, which is of `pipeline`, could not type and that were typed before with
    /// these parameters.
    Summaries learn(const Pipeline& pipeline, const Validated& checked);

 private:
    struct Known {
        Json params;
        Text summary;
    };
    std::map<NodeId, Known> m_known;
};

}  // namespace rw::ui
