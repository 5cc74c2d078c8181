// A node that was bound to a trained model.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/score/score_plan.h"
#include "core/stream/lineage/contributors.h"

namespace rw::score {

class BoundScore final : public BoundNode, public TellsContributors {
 public:
    ScorePlan plan{};

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>& inputs) const override;
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override;
};

}  // namespace rw::score
