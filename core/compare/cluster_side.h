// A pipeline on a cluster for its rows alone: each sink and chart is a query.
#pragma once
#include <atomic>
#include <string>

#include "core/cluster/target.h"
#include "core/compare/here_side.h"
#include "core/deploy/translation.h"

namespace rw {

/// Refers to objects that outlive it.
struct ClusterSide {
    const Target& target;
    const SecretSource& secrets;
    const Pipeline& pipeline;
    const ValidateOptions& validate;
    const Validated& validated;
    /// As comparedAs() says, of which nothing is refused.
    const Translation& translation;
    std::string folder{};  ///< ours alone, as the cluster sees it, too; its content is deleted afterwards
    std::string staged{};  ///< where copies of the sources lie; empty: they are read as they are
    const std::atomic<bool>* cancelled = nullptr;
    Millis within = 30 * 60'000;  ///< Flink: for one query, at most
};

/// How such a pipeline is translated: its sources read as a deployed job reads them, or as copies.
TranslateOptions comparedAs(const ValidateOptions& validate, Sources sources);

/// On the engine of the target, with one task; waits until all queries are done. Jobs that fail or are
/// cancelled are ended.
Result<CollectedRows> rowsOnCluster(const ClusterSide& side);

// Of each engine.
#define RW_ENGINE(Name, word) Result<CollectedRows> rowsOn##Name(const ClusterSide& side);
#include "core/deploy/engines.def"
#undef RW_ENGINE

}  // namespace rw
