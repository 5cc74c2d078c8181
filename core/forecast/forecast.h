// Forecasts the state of each node when an edited pipeline resumes from a run of an older one, by comparing
// the two, for engines notice less. Flink, for one, gives the rows of old windows to new ones without an error.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string_view>

#include "core/base/status.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"

namespace rw {

struct CarriedAggregates;
struct ClosableWindows;

/// Whose state it is, and how that finds the nodes that it belongs to.
enum class StateKeeper {
    Embedded,   ///< a checkpoint of our own engine: each node's state is taken over, or left, by itself
    FlinkSql,   ///< a savepoint of a job that was submitted as SQL: by the places of operators in its plan
    FlinkPlan,  ///< of one that was submitted as a compiled plan: by numbers that we gave its operators
    Spark       ///< checkpoints of a program, one of each sink's query: by the places of operators in that
};

enum class StateFate {
    Keeps,        ///< it keeps its state
    CarriesOver,  ///< it keeps what the new definition shares with the old one
    StartsAnew,   ///< it is empty at first; a source begins with its first row
    Cannot,       ///< the engine would refuse, fail, or be wrong in silence: it can't be resumed
    NoState       ///< it has none there
};
/// In one English word, as --json has it: "keeps", "carries-over", "starts-anew", "cannot", "no-state".
std::string_view stateFateName(StateFate fate);

struct NodeForecast {
    StateFate fate = StateFate::NoState;
    Text why{};    ///< empty: nothing has changed that matters to it
    Text fix{};    ///< of Cannot
    NodeId was{};  ///< its id in the deployed pipeline; empty: it is new
    bool gone =
        false;  ///< only the deployed pipeline has it; StartsAnew then means that its state is dropped
    /// Of CarriesOver: how its state is made of the old one (core/state/carried); null: it goes on as it is.
    std::shared_ptr<const CarriedAggregates> carried{};
    /// Of StartsAnew: its windows can be closed first, so that rows up to now count in them
    /// (core/state/carried); null: they can't.
    std::shared_ptr<const ClosableWindows> closable{};

    /// It had nothing that could be lost: the deployed pipeline does not have it.
    bool isNew() const { return fate == StateFate::StartsAnew && was.empty() && !gone; }
};
/// “kept”, “carried over”, “lost” … for people: the words that stand everywhere for it.
Text stateFateText(const NodeForecast& node);

struct Forecast {
    /// Of every node that runs in the edited pipeline, and of those that ran in the deployed one, kept
    /// something and are gone. Nodes of a subflow by their paths, and the subflow itself: the worst of them.
    std::map<NodeId, NodeForecast> nodes{};
    /// Some state is dropped, or a source is read from its beginning, though another node goes on.
    bool anythingLost = false;
    std::set<NodeId> lost{};  ///< the nodes of which it is so
    /// Flink refuses the savepoint as it stands, Spark the checkpoint of some query; `refusal` says why.
    bool refusedAsIs = false;
    Text refusal{};
    /// Whether the pipeline can resume at all: no node Cannot.
    bool possible() const;
    /// Whether some node keeps only a part of its state.
    bool carriesAnything() const;
    /// Whether it is a subflow's: of that the nodes inside are told, too, by their paths.
    bool isSubflow(const NodeId& id) const;
};

/// A pipeline, and how it is validated: folder, variables. Refers to things that outlive the call.
struct ForecastOf {
    const Pipeline& pipeline;
    const ValidateOptions& options;
};

struct ForecastRules {
    StateKeeper keeper = StateKeeper::Embedded;
    /// On Flink: state that no operator claims may be dropped (StartOptions::allowLostState).
    bool allowLostState = false;
    /// FlinkSql: whether Flink's planner makes the same operators of both (sameOperators() of
    /// core/cluster/flink_graph.h). Not known: told from the pipelines, on the safe side.
    std::optional<bool> sameOperators{};
    /// Embedded: rows in the state have every column that reached the node, and not only those that were
    /// read (PlanOptions::pruneColumns).
    bool everyColumnKept = false;
};

/// An error when one of the pipelines has errors: of the deployed one (the files of its subflows may have
/// changed since), or of the edited one. Pure but for the files that validate() looks at.
Result<Forecast> forecast(ForecastOf deployed, ForecastOf edited, const Catalogue& catalogue,
                          const ForecastRules& rules);

}  // namespace rw
