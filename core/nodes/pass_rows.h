// Nodes through which rows go as they are.
#pragma once
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/operator.h"

namespace rw {

/// Reads the columns that are wanted behind it.
class BoundPass final : public BoundNode, public TellsContributors {
 public:
    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        return {wanted.front()};
    }
    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
    }
    std::optional<Passage> passage(int, int, const Batch& row, const sql::EvalContext&) const override {
        return Passage{.becomes = row};
    }
    std::optional<Passing> passing(int, int, const Batch& rows, const sql::EvalContext&) const override {
        return Passing{{}, rows};
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
