// throttle: rows at no more than a rate; none is dropped, the others wait.
#include "core/stream/rows/throttle.h"
#include "core/base/figures.h"

#include "core/base/readable.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr double kLeastRate = 0.001, kMostRate = 1e9;  // rows a second

class BoundThrottle final : public BoundNode, public TellsContributors {
 public:
    double rate = 0;
    StreamType input{};

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

BoundNodeRef bindThrottle(BindContext& context) {
    auto bound = std::make_shared<BoundThrottle>();
    bound->rate = context.number("rate");
    bound->input = context.input();
    bound->outputs = {context.input()};
    bound->distribution.kind = Distribution::Kind::Single;
    bound->paced = true;
    bound->state = RW_TEXT("throttle", "rows whose time has not come");
    bound->watermark = RW_TEXT("throttle", "its input's, behind the rows that have gone on");
    bound->summary = figures::countedAmount(bound->rate, RW_TEXT("throttle", "at most 1 row/s"),
                                            RW_TEXT("throttle", "at most %1 rows/s"));
    return bound;
}

Result<Made> makeThrottle(const BoundNode& bound, const MakeContext& context) {
    const auto& throttle = static_cast<const BoundThrottle&>(bound);
    return Made(std::make_unique<Throttle>(throttle.rate, throttle.input, context));
}

}  // namespace

NodeKind throttleKind() {
    NodeKind kind;
    kind.type = "throttle";
    kind.name = RW_TEXT("throttle", "Throttle");
    kind.palette = {{kind.name, RW_TEXT("throttle", "Slow rows down to a rate"), "throttle"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    ParamSpec rate = makeParam("rate", ParamKind::Number, RW_TEXT("throttle", "Rate"),
                               RW_TEXT("throttle",
                                       "So many rows go on in a second, whatever the parallelism. What comes "
                                       "faster waits, and the sources wait with it."));
    rate.required = true;
    rate.min = kLeastRate;
    rate.max = kMostRate;
    rate.unit = RW_TEXT("throttle", "rows/s");
    kind.params = {std::move(rate)};
    kind.bind = bindThrottle;
    kind.make = makeThrottle;
    return kind;
}

}  // namespace rw
