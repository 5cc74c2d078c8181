// The differential run: a pipeline on two engines, and how their rows differ.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/cluster/target.h"
#include "core/compare/causes.h"
#include "core/compare/evidence.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"

namespace rw {

/// The engine here, as people write it.
inline constexpr const char* kEmbeddedSide = "embedded";

/// One of the two. No target: the engine here.
struct CompareSide {
    std::string name{};
    std::optional<Target> target{};
};

struct CompareRequest {
    Pipeline pipeline{};
    ValidateOptions validate{};  ///< folder, file, variables
    std::shared_ptr<const Catalogue> catalogue{};
    CompareSide a{}, b{};
    SecretSource secrets = environmentSecret;
    std::shared_ptr<const Files> files{};  ///< that are read here; null: the machine's
    const std::atomic<bool>* cancelled = nullptr;  ///< ends it soon, when it is set
    std::function<void(const Text&)> progress{};   ///< the present step
};

/// A sink or chart with the rows that came to it.
struct ComparedNode {
    NodeId node{};
    SchemaRef schema{};
    std::uint64_t rowsA = 0, rowsB = 0;
    RowDifference difference{};
    std::vector<Cause> causes{};
};

/// Why nothing was run.
struct CompareRefusal {
    std::string target{};  ///< empty: it can't be compared on any
    NodeId node{};
    std::string param{};
    Text what{}, fix{};
    std::vector<QuickFix> quickFixes{};
};

struct CompareReport {
    std::vector<CompareRefusal> refusals{};  ///< some: nothing was run
    std::vector<ComparedNode> nodes{};       ///< in the order of the run
    std::vector<CheckedCondition> conditions{};
    bool same() const;
};

/// Runs the pipeline on both, one after the other, and once more here where neither is, for evidence. Waits
/// until all is done. An error: a run failed, or was cancelled. Writes nothing but copies of sources, which
/// are gone afterwards: in a target's folder where it has one, which must be seen here, too.
Result<CompareReport> comparePipeline(const CompareRequest& request);

}  // namespace rw
