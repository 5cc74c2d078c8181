// One run of a part of a pipeline that gathers rows of some of its ports, and writes nothing.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/lineage/collector.h"
#include "core/lineage/lineage.h"
#include "core/lineage/upstream.h"
#include "core/look/look_turn.h"
#include "core/runtime/metrics/metrics.h"
#include "core/runtime/run.h"

namespace rw {

/// Gives the rows of a port as often as it is asked, each time by a run of its own at low priority. It has
/// one of the turns to look for as long as it exists. One thread.
class Gatherer {
 public:
    /// `question` and `upstream` outlive it. An error where the input can't be read again: a source that is
    /// live or read once, and no tape. Waits for its turn until the question is cancelled, which is an error,
    /// too.
    static Result<std::unique_ptr<Gatherer>> make(const LineageQuestion& question, const Upstream& upstream);

    /// Another plan for the run in place of that one.
    using PlanEdit = std::function<std::shared_ptr<const Plan>(const std::shared_ptr<const Plan>&)>;
    /// An entry for each that is wanted. An error of the run, or that it was cancelled.
    Result<std::vector<GatheredRows>> gather(std::vector<WantedRows> wanted, const PlanEdit& edit = nullptr);
    /// Sets what is kept at most where nothing is said: as many as the question says.
    void limit(WantedRows& wanted) const;

    const sql::EvalContext& eval() const { return m_eval; }
    /// For people: how far the input goes back that was read.
    std::vector<Text> notes() const;
    /// UTC, to the second, from when on the input is there; empty: from the start of the run on.
    std::string begins() const;
    /// Of the nodes of the last run, at its end.
    const std::map<NodeId, NodeMetrics>& metrics() const { return m_metrics; }

 private:
    Gatherer(const LineageQuestion& question, const Upstream& upstream);
    Status setTimes();
    Status checkInputs(const Plan& plan) const;
    Result<std::shared_ptr<const Plan>> planOf(const std::vector<WantedRows>& wanted) const;
    Status run(const std::shared_ptr<const Plan>& plan, RunOptions options);

    const LookTurn m_turn;
    const LineageQuestion& m_question;
    const Upstream& m_upstream;
    const Catalogue m_catalogue;
    const std::shared_ptr<Clock> m_clock;
    sql::EvalContext m_eval{};
    std::map<NodeId, NodeMetrics> m_metrics{};
    bool m_beganEmpty = false;
};

}  // namespace rw
