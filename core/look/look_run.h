// The run of a look: a part of a pipeline with collectors at the ports that are watched. Inside of core/look.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/look/look.h"
#include "core/look/look_clock.h"
#include "core/look/look_player.h"
#include "core/look/reaching_out.h"
#include "core/runtime/run.h"

namespace rw {

/// A port that is looked at, and the collector of its rows.
struct Watched {
    LookedPort port{};
    PortRef from{};  ///< in the expanded pipeline
    NodeId collector{};
};

class LookRun {
 public:
    /// `request` outlives it.
    explicit LookRun(const LookRequest& request);

    bool isLate() const;
    bool stops() const { return m_request.isCancelled() || isLate(); }
    double seconds() const;

    /// The pipeline that would run of what was validated: without what only stood for a subflow.
    static Pipeline flatOf(const Pipeline& pipeline, const Validated& checked);
    /// Plans the run of the ports, which outlive it, with all above them. False: it has errors, or no port.
    /// May be called again, as long as nothing ran.
    bool plan(const Pipeline& flat, std::vector<Watched*> watched, std::vector<Issue>& issues);
    /// The nodes of the plan but for its sources that have no look, and why.
    std::vector<std::pair<NodeId, NoLook>> withoutLook() const;
    /// Its live sources of which no rows are known.
    std::vector<LookedSource> silentSources() const;

    /// Samples the sources, runs the plan and fills the ports. Sets of `result` all but issues and ports.
    void run(LookResult& result);

 private:
    bool isCollector(const NodeId& node) const { return node.compare(0, m_prefix.size(), m_prefix) == 0; }
    void nameCollectors(const Pipeline& cut);
    /// What is known of a live source, which is asked once.
    const HeardSource& heardOf(const PlannedNode& node) const;
    LookedSource liveSource(const PlannedNode& node, NoLook why) const;
    MakeContext contextOf(const PlannedNode& node) const;
    void sampleSources(LookPlayer& player, LookResult& result);
    void drive(Run& run, LookResult& result);
    void fail(const Status& status, LookResult& result) const;
    void measure(const Run& run, LookResult& result);
    void collect(const LookPlayer& player);
    StreamType typeOf(const NodeId& collector) const;

    const LookRequest& m_request;
    const std::shared_ptr<Clock> m_real;
    const std::shared_ptr<LookClock> m_clock;
    const std::shared_ptr<const Files> m_files;
    const std::int64_t m_began;
    Instant m_now = 0;
    std::vector<Watched*> m_watched{};
    std::shared_ptr<const Catalogue> m_kinds{};  ///< outlives the plan
    std::shared_ptr<const Plan> m_plan{};
    std::string m_prefix{};   ///< of the ids of collectors
    mutable std::map<NodeId, HeardSource> m_heard{};
    std::map<NodeId, std::map<std::string, std::size_t>> m_unread{};  ///< LookedPort::unread of each source
    std::size_t m_drawn = 0;  ///< wires of the cut, without those to collectors
};

/// What `work` gives, at low priority; of what it throws, that it failed.
LookResult lookSafely(const std::function<LookResult()>& work);
/// Adds it, unless one of the same node says the same.
void addIssue(std::vector<Issue>& issues, Issue issue);
/// That the node has no look, as an issue of the one that is drawn.
Issue issueOf(const NodeId& node, const NoLook& why);
/// What is said of a file that is out of reach, with what helps.
Issue outOfReach(Issue issue);

}  // namespace rw
