#include "core/stream/paged/paged_node.h"

#include "core/stream/finds_pairs.h"
#include "core/stream/paged/paged_operator.h"

namespace rw {

namespace {

/// Of a join.
class PagedJoin final : public PagedOperator, public FindsPairs {
 public:
    using PagedOperator::PagedOperator;
    Status restore(const StateReader& state, const KeyGroups& own) override {
        m_hasPair = true;
        return PagedOperator::restore(state, own);
    }
    bool hasPair() const override { return m_hasPair; }
    void forgetPairs() override { m_hasPair = false; }

 private:
    /// What it had before its page was written is known here.
    void restored(Operator& op) override { dynamic_cast<FindsPairs&>(op).forgetPairs(); }
    void worked(const Operator& op) override {
        m_hasPair = m_hasPair || dynamic_cast<const FindsPairs&>(op).hasPair();
    }

    bool m_hasPair = false;
};

std::vector<PagedPort> portsOf(const BoundNode& bound, const MakeContext& context) {
    std::vector<StreamType> types;
    for (const InputInfo& input : context.inputs) types.push_back(input.type);
    std::vector<ColumnSet> unwanted;
    for (const StreamType& output : bound.outputs) unwanted.emplace_back(output.schema->size());
    const std::vector<ColumnSet> read = bound.reads(unwanted, types);
    std::vector<PagedPort> ports;
    for (std::size_t port = 0; port < types.size(); ++port) {
        ports.push_back({types[port].schema, bound.distribution.keys[port], read[port]});
        for (const int key : ports.back().keys) ports.back().read[static_cast<std::size_t>(key)] = true;
    }
    return ports;
}

}  // namespace

std::unique_ptr<Operator> makePaged(const BoundNode& bound, const MakeContext& context,
                                    std::function<std::unique_ptr<Operator>(const MakeContext&)> make,
                                    bool ignoresWatermarks) {
    if (!bound.spills) return make(context);
    PagedShape shape{std::move(make), portsOf(bound, context), ignoresWatermarks};
    const bool joins = dynamic_cast<const FindsPairs*>(shape.make(context).get()) != nullptr;
    if (joins) return std::make_unique<PagedJoin>(std::move(shape), context);
    return std::make_unique<PagedOperator>(std::move(shape), context);
}

}  // namespace rw
