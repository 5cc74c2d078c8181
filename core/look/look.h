// A look: a run that writes nothing, made to answer what a node would give.
//
// The pipeline is cut above the node, so that errors elsewhere do not matter; its sources are sampled
// (sample.h), its sinks left out. No output is touched, no connection opened, no code of users run, nobody
// asked. It runs on one thread of low priority; at most two looks run at a time in the program.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/look/collector.h"
#include "core/look/heard_source.h"
#include "core/look/sample.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/validate.h"
#include "core/runtime/metrics/metrics.h"

namespace rw {

struct LookRequest {
    const Pipeline& pipeline;    ///< as in its file
    const Catalogue& catalogue;  ///< outlives the call
    ValidateOptions validating{};
    Trust trust{};  ///< of a pipeline that nobody agreed to files outside its folder are not read
    NodeId node{};  ///< that is looked at; of no matter to lookAtAll()
    SampleLimits limits{};
    CollectLimits kept{};          ///< of each port of the node
    bool closeOpenWindows = true;  ///< those that are open at the end of the samples fire
    Millis longest = 5'000;        ///< then the look ends with what it has
    std::function<bool()> isCancelled = [] { return false; };  ///< asked on the thread of the look
    HeardSources heard{};  ///< of live sources; null: nothing is known of their rows
    std::shared_ptr<const Files> files{};                      ///< null: the machine's
    std::shared_ptr<Clock> clock{};                            ///< null: the system's
    /// CURRENT_TIMESTAMP, from which sources that make rows count their times; nothing: it is now.
    std::optional<Instant> at{};
    /// Rows are kept with their stamps, by which it can be told for which windows they came too late.
    bool stamps = false;
};

/// The rows of one port of the node.
struct LookedPort {
    PortRef from{};      ///< of an output: the node's own; of an input: whose rows come here
    std::string port{};  ///< its name at the node
    int number = 0;      ///< among the inputs, or the outputs, of the node; -1: it has no such input
    PortRole role = PortRole::Rows;
    StreamType type{};
    std::uint64_t count = 0;       ///< rows that came
    std::size_t rows = 0;          ///< of these, kept: the first
    std::vector<Batch> batches{};  ///< in order; their `wire` is that at this port
    int ways = 1;                  ///< as InputInfo::wires
    /// Of the rows of a source: by column the rows that it rejected for a value of this column that is not of
    /// its type. Of a row with several of them the first column counts.
    std::map<std::string, std::size_t> unread{};
};

/// What came of a node above, or of the node itself.
struct LookedNode {
    std::uint64_t in = 0, out = 0, late = 0, rejected = 0;
    bool operator==(const LookedNode&) const = default;
};

/// The first window of a node whose rows are still to come.
struct LookedWindow {
    Instant from = kMaxTimestamp, until = kMaxTimestamp;  ///< kMaxTimestamp: not known
};

/// A source above the node.
struct LookedSource {
    NodeId node{};
    std::size_t rows = 0;  ///< of the sample, good and bad
    bool whole = false;    ///< it has no more
    Text missing{};        ///< why there is no sample of it, or no more; empty: there is
    Text fix{};
    bool live = false;                   ///< it is not read: its rows, if any are known, came at `heardAt`
    Instant heardAt = 0;                 ///< wall time; 0: none are known
    bool ofRun = false;                  ///< as HeardSource
    bool listens = false;                ///< the same
    std::string heardKey{};              ///< HeardSource::key
    bool spreads = false;                ///< its rows can be taken from places spread over its input
    std::vector<SampledBlock> blocks{};  ///< as SourceSample
};

struct LookResult {
    enum class End {
        Whole,      ///< all rows of the samples went through
        TimeLimit,  ///< only the first did
        Cancelled,
        Failed,  ///< as `failed` says; the rows before are there
        None     ///< nothing ran: `issues` say why
    } end = End::None;
    /// Errors of the node, and of those above it that keep rows from it; as validate() words them.
    std::vector<Issue> issues{};
    Status failed{};
    std::vector<LookedPort> inputs{};      ///< in the order of the wires
    std::vector<LookedPort> outputs{};     ///< in the order of the ports
    std::vector<KeptRow> setAside{};       ///< late and rejected rows of the node, with their reasons
    std::map<NodeId, LookedNode> nodes{};  ///< of the expanded pipeline: the node and all above it
    std::vector<std::pair<Wire, std::uint64_t>> wires{};  ///< rows on each between these
    std::vector<LookedSource> sources{};
    /// The first window of the node whose rows are still to come, for open windows do not fire;
    /// kMaxTimestamp: there is none.
    Instant openFrom = kMaxTimestamp;
    std::map<NodeId, LookedWindow> open{};  ///< of all nodes that have one, also inside of subflows
    std::vector<Text> notes{};
    double seconds = 0;
    Instant at = 0;  ///< CURRENT_TIMESTAMP: another look at it has the same rows
};

/// Looks, and waits for the answer.
LookResult look(const LookRequest& request);

/// One look at the whole pipeline, taps at all ports. A node that is broken or has no look is left out with
/// all below it: the result has an issue of each, and `outputs` the ports of all others, in the order of the
/// pipeline, with `CollectLimits::bytes` for all of them together. `inputs` is empty, and `setAside` has the
/// rows of all nodes.
LookResult lookAtAll(const LookRequest& request);

}  // namespace rw
