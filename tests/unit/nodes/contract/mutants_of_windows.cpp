// Operators that pass their rows on, wrongly only with parameters or rows that few nodes meet; and windows
// whose rows are added up wrongly before they reach them.
#include <numeric>

#include "core/nodes/catalogue.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/combiner.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/nodes/contract/mutants.h"

namespace rw::test {

namespace {

class BoundTurning final : public BoundNode {
 public:
    bool wrong = false;

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        return {wanted.front()};
    }
};

/// Turns the rows of each batch around when it is wrong.
class Turning final : public Operator {
 public:
    explicit Turning(bool wrong) : m_wrong(wrong) {}
    Status onBatch(int, const Batch& batch, Output& out) override {
        std::vector<std::uint32_t> rows(batch.rows);
        std::iota(rows.rbegin(), rows.rend(), 0U);
        out.emit(0, m_wrong ? batch.select(rows) : batch);
        return {};
    }

 private:
    const bool m_wrong;
};

enum class WrongWhere { Nowhere, Early, Windows };

template <WrongWhere where>
BoundNodeRef bindTurning(BindContext& context) {
    auto bound = std::make_shared<BoundTurning>();
    bound->outputs = {context.input()};
    const Millis early = context.duration("early");
    if (where == WrongWhere::Early) bound->wrong = early > 0 && early < context.duration("size");
    if (where == WrongWhere::Windows) bound->wrong = context.input().windowed;
    return bound;
}

template <WrongWhere where>
NodeKind turningKind(const char* type) {
    NodeKind kind;
    kind.type = type;
    kind.inputs = {{"in", {}}};
    kind.outputs = {{"out", {}}};
    ParamSpec size = makeParam("size", ParamKind::Duration, {}, {});
    size.required = true;
    kind.params = {std::move(size), makeParam("early", ParamKind::Duration, {}, {}, "0s")};
    kind.bind = bindTurning<where>;
    kind.make = [](const BoundNode& bound, const MakeContext&) -> Result<Made> {
        return Made(std::make_unique<Turning>(static_cast<const BoundTurning&>(bound).wrong));
    };
    return kind;
}

const NodeKind& windows() {
    static const NodeKind kWindows = *builtin().find("window_aggregate");
    return kWindows;
}

/// Gives a combiner of windows rows that it ought not to have, or too few.
class WrongCombiner : public Combiner {
 public:
    explicit WrongCombiner(std::unique_ptr<Combiner> honest) : m_honest(std::move(honest)) {}

 protected:
    const std::unique_ptr<Combiner> m_honest;
};

class TakesLateRows final : public WrongCombiner {
 public:
    using WrongCombiner::WrongCombiner;
    bool combine(const Batch& batch, std::span<Batch> combined, std::vector<std::uint32_t>& rest) override {
        Batch clean = batch;
        clean.stamps = nullptr;
        return m_honest->combine(clean, combined, rest);
    }
};

class LosesTheRest final : public WrongCombiner {
 public:
    using WrongCombiner::WrongCombiner;
    bool combine(const Batch& batch, std::span<Batch> combined, std::vector<std::uint32_t>& rest) override {
        const bool done = m_honest->combine(batch, combined, rest);
        rest.clear();
        return done;
    }
};

template <class Wrong>
NodeKind combiningKind(const char* type) {
    NodeKind kind = windows();
    kind.type = type;
    kind.makeCombiner = [](const BoundNode& bound, const MakeContext& context) -> std::unique_ptr<Combiner> {
        return std::make_unique<Wrong>(windows().makeCombiner(bound, context));
    };
    return kind;
}

}  // namespace

std::vector<Mutant> windowMutants() {
    return {
        {combiningKind<TakesLateRows>("adds_late_rows_up"), "rows added up first: "},
        {combiningKind<LosesTheRest>("loses_rows_not_added_up"), "rows added up first: "},
        {turningKind<WrongWhere::Early>("wrong_when_early"), R"({"early":"2s","size":"10s"}, )"},
        {turningKind<WrongWhere::Windows>("wrong_with_windows"), "rows of a window, seed 1, batches of 3"}};
}

NodeKind inWindowsKind() {
    return turningKind<WrongWhere::Nowhere>("in_windows");
}

}  // namespace rw::test
