// Listening to live sources: what they give in some seconds, without a trace in the systems that they read.
//
// Offsets are not committed, messages not acknowledged, no session is kept and no journal written. A source
// that takes what others send at a port of this computer takes what comes meanwhile. Nobody is asked: the
// caller has the consent of the person to the accesses of these sources.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/listen/heard_store.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/validate.h"
#include "core/runtime/planning/plan.h"

namespace rw {

struct ListenRequest {
    const Pipeline& pipeline;    ///< as in its file
    const Catalogue& catalogue;  ///< outlives the call
    ValidateOptions validating{};
    std::vector<NodeId> sources{};  ///< live ones, of the expanded pipeline (LookedSource::node)
    Millis within = 5'000;          ///< from when the systems have answered, which may take ten seconds
    SampleLimits limits{};          ///< of each source; bytes in memory
    std::shared_ptr<const Connections> connections{};
    /// Asked on any thread; by one that a client library holds up perhaps after the call.
    std::function<bool()> isCancelled = [] { return false; };
    std::shared_ptr<Clock> clock{};  ///< null: the system's
};

struct Heard {
    NodeId node{};  ///< of the expanded pipeline
    HeardBy by{};
    HeardRows rows{};
    Text missing{}, fix{};  ///< why there is no row, and what helps; empty: there is one
};

struct Listened {
    std::vector<Heard> sources{};  ///< in the order of the request
    std::vector<Issue> issues{};   ///< why nothing was listened to: errors of the sources
    Status failed{};               ///< why it ended before its time; the rows before are there
    bool cancelled = false;
    double seconds = 0;
};

/// What a run of these sources alone would be, for the question of consent: the pipeline without all the
/// rest. Sources inside subflows keep their names, “outer/inner”.
Pipeline onlySources(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                     const std::vector<NodeId>& sources);

/// The live sources from which rows come to the nodes `below`, or all of the pipeline where there are none,
/// that can be listened to. `checked`: of the pipeline as it is; sources that it did not type are left out.
std::vector<NodeId> sourcesToHear(const Pipeline& pipeline, const Catalogue& catalogue,
                                  const Validated& checked, const std::vector<NodeId>& below = {});

/// Listens, and waits for the end: that of the time, that all sources have enough, or that it is cancelled,
/// which is noticed at once. A call into a client library that does not come back is left alone after half a
/// second.
Listened listen(const ListenRequest& request);

}  // namespace rw
