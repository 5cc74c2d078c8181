// Scores rows: each goes on at once, with its stamp and position, and the columns of the model.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/score/model_file.h"
#include "core/score/model_fit.h"
#include "core/stream/operator.h"

namespace rw::score {

/// The column that ScorePlan::explain adds.
inline constexpr const char* kContributions = "contributions";

/// What a bound node knows of its model before the file is read.
struct ScorePlan {
    std::string path{};  ///< absolute
    ModelOptions options{};
    std::vector<sql::BoundRef> features{};  ///< of type DOUBLE
    std::vector<std::string> names{};       ///< theirs
    Schema columns{};                       ///< outputs of the model
    SchemaRef schema{};                     ///< of the rows that leave
    Impute impute = Impute::None;
    bool explain = false;
};

/// Whether a model fits the node.
Status fitPlan(const ModelHead& head, const ScorePlan& plan);

/// Reads the model; all instances of a node share it. The plan outlives the operator.
Result<std::unique_ptr<Operator>> makeScoreOperator(const ScorePlan& plan, const MakeContext& context,
                                                    const std::shared_ptr<const Files>& files);

}  // namespace rw::score
