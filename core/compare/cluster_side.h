// A pipeline on a cluster for its rows alone: sources are the copies, each sink and chart a query.
#pragma once
#include <atomic>
#include <string>

#include "core/cluster/target.h"
#include "core/compare/here_side.h"
#include "core/deploy/translation.h"

namespace rw {

/// Refers to what outlives it.
struct ClusterSide {
    const Target& target;
    const SecretSource& secrets;
    const Pipeline& pipeline;
    const ValidateOptions& validate;
    const Validated& validated;
    /// With Sources::Staged and Results::Selects, of which nothing is refused.
    const Translation& translation;
    std::string folder{};  ///< ours alone, as the cluster sees it, too; copies of the sources lie in `staged`
    std::string staged{};
    const std::atomic<bool>* cancelled = nullptr;
};

/// How such a pipeline is translated.
TranslateOptions comparedAs(const ValidateOptions& validate);

/// With one task; waits until all queries are done. Jobs of what fails or is cancelled are ended.
Result<CollectedRows> rowsOnFlink(const ClusterSide& side);
/// The same by a program under the target's spark-submit, which ends with this call.
Result<CollectedRows> rowsOnSpark(const ClusterSide& side);

}  // namespace rw
