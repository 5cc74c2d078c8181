// Runs of pipelines that tests make by hand.
#pragma once
#include <string>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/expect.h"
#include "tests/support/pipeline_of.h"

namespace rw::test {

/// All node types, alive as long as any plan.
inline const Catalogue& kinds() {
    static const Catalogue kBuiltin = builtin();
    return kBuiltin;
}

/// The plan; null with the issues printed when there is none.
inline std::shared_ptr<const Plan> planOf(const Pipeline& pipeline, int parallelism = 2) {
    PlanOptions options;
    options.parallelism = parallelism;
    const Planned planned = makePlan(pipeline, kinds(), options);
    if (!planned.plan) {
        for (const Issue& issue : planned.issues) std::printf("%s\n", english(issue).c_str());
    }
    return planned.plan;
}

/// Runs to the end; null when it does not start. Prints why it failed.
inline std::unique_ptr<Run> runToEnd(const std::shared_ptr<const Plan>& plan,
                                     const RunOptions& options = {}) {
    if (!plan) return nullptr;
    auto started = Run::start(plan, options);
    if (!started.ok()) {
        std::printf("%s\n", english(started.error()).c_str());
        return nullptr;
    }
    (*started)->wait();
    if (!(*started)->status().ok()) std::printf("%s\n", english((*started)->status().error()).c_str());
    return std::move(*started);
}

}  // namespace rw::test
