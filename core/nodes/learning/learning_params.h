// The parameters and ports that nodes share which learn, and how they are bound.
#pragma once
#include <string>
#include <vector>

#include "core/learn/learning_plan.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// Of one model.
inline constexpr std::size_t kMostFeatures = 1'000;

/// Ports of one node type besides those of all.
struct LearningPorts {
    std::vector<PortSpec> outputs{};  ///< of rows, behind “out”
    bool laterLabels = false;         ///< it has a target, which may come by a port of its own
    PortSpec asks{};                  ///< an input behind “in”; without a name: none
};

/// The ports of a node with these parameters: inputs “in”, asks, “labels”, “control”; outputs “out”, the
/// node's own, “late” and one for each other input, “unmatched”, “rejected”.
Ports learningPorts(const Json& params, const LearningPorts& own);

/// `features`.
ParamSpec featuresParam();
/// `target` or `label`: a column. Required.
ParamSpec targetParam(std::string name, Text label, Text help, std::string columnTypes);
/// `keys`, `warm_up` (by default so many rows), `scale` (by default this one), `impute`, `learn`, `seed`,
/// `model`, `save_model`, `state_ttl`, `control`, and of nodes with a target `labels`, `id`, `label_within`;
/// `on_error`.
std::vector<ParamSpec> learningParams(const LearningPorts& own, int warmUp, const char* scale = "none");

/// learningParams() without those that `leaves` names.
std::vector<ParamSpec> learningParamsWithout(const std::vector<std::string_view>& leaves,
                                             const LearningPorts& own, int warmUp);

/// A learning node as it was bound.
class BoundLearning final : public BoundNode, public TellsContributors {
 public:
    learn::LearningPlanRef plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override;
    /// The row itself, and the earlier rows of its key, which are counted and not listed.
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override;
};

/// Binds one node: the inputs first, then what the node makes of them, then finish().
class LearningBinder {
 public:
    LearningBinder(BindContext& context, const LearningPorts& own);

    /// Keys, event times, and the shared parameters. False after an error was reported.
    bool bindInputs();
    /// `features` as the numbers of the rows: none, or fewer than `least`, or more than `most`, is an error.
    bool bindFeatures(std::size_t least, std::size_t most);
    /// The numeric column that `param` names as the only feature: the value of a series.
    bool bindValue(const std::string& param);
    /// The text columns that the node encodes itself, of the input of that role.
    bool bindTexts(learn::InputRole role, const std::vector<std::string>& params);
    /// The numeric column that `param` names as a number of the asks.
    bool bindAsked(const std::string& param);
    /// The numeric column that `param` names as the target; of rows or, where they come later, of labels.
    bool bindTarget(const std::string& param);
    /// The same of a class, whose name the node encodes.
    bool bindLabel(const std::string& param);

    /// The model of that name in knownModels(), of the node's features.
    void setModel(std::string_view name, const learn::ModelOptions& options);

    learn::LearningPlan& plan() { return *m_plan; }
    std::size_t features() const { return m_plan->rows().numbers.size(); }
    BindContext& context() { return m_context; }
    /// Adds the columns that the node makes at output port `port`; gives their number for MadeRows::begin().
    std::size_t make(int port, learn::MadePrefix prefix, const std::vector<Field>& columns);
    /// Ends with the plan's model and output set; `summary` is the card's line.
    BoundNodeRef finish(Text summary);

 private:
    bool bindInput(learn::InputRole role, int port);
    bool bindKeys(learn::LearningInput& input, int port);
    bool bindIds();
    learn::LearningInput* input(learn::InputRole role);
    void readShared();
    void typeOutputs(BoundLearning& bound) const;
    Distribution distribution() const;
    Text stateText() const;

    BindContext& m_context;
    const LearningPorts m_own;
    const Ports m_ports;
    std::shared_ptr<learn::LearningPlan> m_plan = std::make_shared<learn::LearningPlan>();
};

/// NodeKind::checkFiles of nodes that learn: `model` and `save_model`.
void checkLearningFiles(const BoundNode& node, BindContext& context);
/// Makes the operator of a BoundLearning.
Result<Made> makeLearning(const BoundNode& bound, const MakeContext& context);

}  // namespace rw
