// Evidence on the way to a sink from a run here and the verdicts; and which conditions of verdicts held.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/compare/causes.h"
#include "core/connect/csv/survey.h"
#include "core/deploy/translation.h"
#include "core/pipeline/validate.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

/// A condition of a verdict, and whether the rows kept it, as far as the counters of the run here, and the
/// files that were read before, tell.
struct CheckedCondition {
    enum class Held { Yes, No, Unknown };
    std::string target{};
    NodeId node{};
    Text condition{};
    Held held = Held::Unknown;
    bool operator==(const CheckedCondition&) const = default;
};

/// Of one comparison. Refers to objects that outlive it.
class CompareEvidence {
 public:
    /// `pipeline`: the one that runs, with its subflows put in; `here`: of a run of it.
    CompareEvidence(const Pipeline& pipeline, const Catalogue& catalogue, const Validated& validated,
                    const RunMetrics& here);

    /// Of each node and condition once. `surveys`: of the files that the target reads itself.
    std::vector<CheckedCondition> conditions(const std::string& target, const Translation& verdicts,
                                             const std::map<NodeId, CsvSurvey>& surveys = {}) const;
    /// `verdicts`: of the clusters that were compared, one or two.
    SinkEvidence ofSink(const NodeId& sink, const std::vector<const Translation*>& verdicts) const;

 private:
    /// The node and all before it, in the order of the run.
    std::vector<NodeId> wayTo(const NodeId& node) const;
    const NodeMetrics* metricsOf(const NodeId& node) const;
    CheckedCondition::Held held(const Node& node, const Text& condition) const;
    void addOrdered(const Node& node, SinkEvidence& out) const;
    void addWords(const Node& node, const Translation& verdicts, SinkEvidence& out) const;

    const Pipeline& m_pipeline;
    const Catalogue& m_catalogue;
    const Validated& m_validated;
    const RunMetrics& m_here;
    std::map<NodeId, const Node*> m_nodes{};
};

}  // namespace rw
