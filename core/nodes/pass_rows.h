// Nodes through which rows go as they are.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/operator.h"

namespace rw {

/// Reads the columns that are wanted behind it.
class BoundPass final : public BoundNode {
 public:
    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        return {wanted.front()};
    }
};

class PassRows final : public Operator {
 public:
    Status onBatch(int, const Batch& batch, Output& out) override {
        out.emit(0, batch);
        return {};
    }
};

}  // namespace rw
