#include "core/what_if/what_if.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/readable.h"
#include "core/connect/files/system_files.h"
#include "core/look/look_turn.h"
#include "core/runtime/executors/task.h"
#include "core/what_if/difference.h"
#include "core/what_if/settings.h"
#include "core/what_if/steady_files.h"
#include "core/what_if/variant_plan.h"
#include "core/what_if/variant_run.h"

namespace rw {

namespace {

constexpr std::size_t kLongestLabel = 200;  ///< in a message

/// The same error, said to be of the variant.
Status ofVariant(const Status& status, const std::string& label) {
    if (status.ok() || status.error().code == ErrorCode::Cancelled) return status;
    Error error = status.error();
    error.message = RW_TEXT("what_if", "With “%1”: %2").with(shortened(label, kLongestLabel), error.message);
    return Status(std::move(error));
}

Status ended() {
    return {ErrorCode::Cancelled, RW_TEXT("what_if", "The comparison was ended before it was done.")};
}

const PlannedNode* plannedNode(const Plan& plan, const NodeId& id) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (node.node == id) return &node;
        }
    }
    return nullptr;
}

class Trying {
 public:
    explicit Trying(const WhatIfRequest& request)
        : m_request(request),
          m_clock(request.clock ? request.clock : systemClock()),
          m_files(std::make_shared<SteadyFiles>(request.files ? request.files : systemFiles())) {}

    Result<WhatIfAnswer> answer() {
        const LookTurn turn(m_request.isCancelled);
        if (!turn.has()) return ended();
        if (m_request.variants.empty() || m_request.variants.size() > kMostVariants) {
            return Status(ErrorCode::Invalid, RW_TEXT("what_if", "There must be one to four variants."),
                          RW_TEXT("what_if", "Compare the others in another turn."));
        }
        RW_TRY(prepare());
        const CommonRun common{m_request, m_files, m_clock->now()};
        RW_TRY_ASSIGN(const RanVariant base, run(common, m_base));
        RW_TRY(base.side.failed);
        m_answer.sides.push_back(base.side);
        for (std::size_t i = 0; i < m_ports.size(); ++i) {
            WhatIfPort port;
            port.shown = m_ports[i].shown;
            if (!m_base.ports[i].from.empty()) port.from = m_base.ports[i].from.front();
            port.sides.push_back(base.ports[i].side);
            m_answer.ports.push_back(std::move(port));
        }
        for (std::size_t i = 0; i < m_variants.size(); ++i) {
            RW_TRY_ASSIGN(RanVariant ran, run(common, m_variants[i]));
            ran.side.label = m_request.variants[i].label;
            addNotes(i, ran.side);
            compare(base, ran);
            m_answer.sides.push_back(std::move(ran.side));
        }
        return std::move(m_answer);
    }

 private:
    /// The plans of all, so that nothing runs where one of them is wrong.
    Status prepare() {
        RW_TRY_ASSIGN(m_ports, comparedPorts(m_request));
        Varied asItIs;
        asItIs.pipeline = m_request.pipeline;
        asItIs.variables = m_request.validating.variables;
        RW_TRY_ASSIGN(m_base, planVariant(m_request, asItIs, m_ports));
        for (const WhatIfVariant& variant : m_request.variants) {
            const Pipeline& of = variant.pipeline ? *variant.pipeline : m_request.pipeline;
            Result<Varied> varied = vary(of, m_request.catalogue, m_request.validating, variant.settings);
            if (!varied.ok()) return ofVariant(varied.status(), variant.label);
            Result<VariantPlan> planned = planVariant(m_request, *varied, m_ports);
            if (!planned.ok()) return ofVariant(planned.status(), variant.label);
            m_variants.push_back(std::move(planned).value());
            m_set.push_back(std::move(varied->nodes));
        }
        return {};
    }

    Result<RanVariant> run(const CommonRun& common, const VariantPlan& planned) {
        const std::int64_t before = m_clock->steadyMillis();
        RW_TRY_ASSIGN(RanVariant ran, runVariant(common, planned));
        ran.side.seconds = static_cast<double>(m_clock->steadyMillis() - before) / 1'000;
        RW_TRY(m_files->unchanged());
        return ran;
    }

    /// Of settings that change nothing, where a person would wonder.
    void addNotes(std::size_t variant, WhatIfSide& side) const {
        const VariantPlan& planned = m_variants[variant];
        for (const NodeId& id : m_set[variant]) {
            const PlannedNode* const node = plannedNode(*planned.plan, id);
            const PlannedNode* const before = plannedNode(*m_base.plan, id);
            const bool inside = std::any_of(planned.order.begin(), planned.order.end(),
                                            [&](const NodeId& each) { return outermost(each) == id; });
            if (!inside) {
                side.notes.push_back(
                    RW_TEXT("what_if",
                            "“%1” is not above what is compared: its settings change nothing there.")
                        .with(id));
            } else if (m_request.tape && node != nullptr && before != nullptr &&
                       node->kind->group == NodeGroup::Source &&
                       node->bound->outputs == before->bound->outputs &&
                       node->bound->watermarkDelay == before->bound->watermarkDelay) {
                side.notes.push_back(
                    RW_TEXT("what_if",
                            "“%1” is replayed from the tape: of its settings only those of event time count.")
                        .with(id));
            }
        }
    }

    void compare(const RanVariant& base, const RanVariant& ran) {
        for (std::size_t i = 0; i < m_answer.ports.size(); ++i) {
            WhatIfPort& port = m_answer.ports[i];
            const RanPort* const other = i < ran.ports.size() ? &ran.ports[i] : nullptr;
            port.sides.push_back(other != nullptr ? other->side : WhatIfPortSide());
            WhatIfDifference difference;
            if (other == nullptr) {
                difference.missing = RW_TEXT("what_if", "The run failed.");
            } else if (!other->there) {
                difference.missing = RW_TEXT("what_if", "This version has no such port.");
            } else {
                difference =
                    differenceOf(base.ports[i].rows, other->rows, m_request.limits, m_request.isCancelled);
            }
            port.differences.push_back(std::move(difference));
        }
    }

    const WhatIfRequest& m_request;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<const SteadyFiles> m_files;
    std::vector<ComparedPort> m_ports{};
    VariantPlan m_base{};
    std::vector<VariantPlan> m_variants{};
    std::vector<std::set<NodeId>> m_set{};  ///< the nodes that each variant sets
    WhatIfAnswer m_answer{};
};

}  // namespace

bool WhatIfAnswer::isSame() const {
    return std::all_of(ports.begin(), ports.end(), [](const WhatIfPort& port) {
        return std::all_of(port.differences.begin(), port.differences.end(),
                           [](const WhatIfDifference& each) { return each.compared() && each.isSame(); });
    });
}

Result<WhatIfAnswer> whatIf(const WhatIfRequest& request) {
    Result<WhatIfAnswer> answer = WhatIfAnswer();
    const auto work = [&] {
        try {
            answer = Trying(request).answer();
        } catch (...) {
            answer = statusOfException();
        }
    };
    if (request.givesWay) {
        atLowPriority(work);
    } else {
        work();
    }
    if (answer.ok() && request.isCancelled()) return ended();
    return answer;
}

}  // namespace rw
