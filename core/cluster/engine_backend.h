// An engine that runs pipelines: the fields of its targets, the life of a run there, the savepoints that a run
// leaves. Callers ask backendOf() and never compare engines. core/deploy/engine_writer.h writes a pipeline for
// an engine.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/cluster/cluster_run.h"
#include "core/cluster/target_field.h"
#include "core/cluster/target_report.h"
#include "core/deploy/translation.h"
#include "core/forecast/forecast.h"

namespace rw {

struct KnownJob;
struct SeenSources;
struct SourceCheck;
struct StandingOutput;

/// Properties of the runs on an engine, for code that offers actions on them, and explains them.
struct EngineFacts {
    /// A run goes on without the program that began it, and any program can watch and end it. Else it is a
    /// process of that program.
    bool outlivesUs = false;
    /// A stop leaves a savepoint in a folder of one's choice, and there may be many. Else a run writes one
    /// checkpoint all along, from which one run at a time goes on.
    bool savepoints = false;
    bool planner = false;     ///< a check asks the cluster's planner; else the program is run dry
    bool dropState = false;   ///< state that no node claims any more can be left behind
    /// The files of sources are looked at before an export, which may hold for these alone then: seenSources().
    bool readsSources = false;
    Text untold{};            ///< why nodes have no figures, in a few words; empty: they have
    Text oldFigures{};        ///< the note on figures that are old though the engine answers
    bool oldIsWrong = false;  ///< such figures are a warning
    Text toGetOne{};          ///< how to have one on this computer: behind “Targets…”
    Text toDeploy{};          ///< the same, for users who can only export yet
};

/// Asks one cluster how its jobs do. One thread asks, any may cancel.
class JobAsker {
 public:
    virtual ~JobAsker() = default;
    /// The state of each job that it knows, by the job's id.
    virtual Result<std::map<std::string, std::string>> states() = 0;
    /// The savepoint of a job whose end was not observed; without a path: it left none.
    virtual Result<Savepoint> leftBy(const std::string& job) = 0;
    virtual void cancel() = 0;  ///< the requests under way, and all that follow
};

/// Without state: any thread may call.
class EngineBackend {
 public:
    virtual ~EngineBackend() = default;
    virtual const EngineFacts& facts() const = 0;

    // A target.
    /// In the order of a form.
    virtual const std::vector<TargetField>& fields() const = 0;
    /// As it is added, before anybody changed it; without a name.
    virtual Target usualTarget() const = 0;
    /// The field that is missing or invalid, as usableTarget().
    virtual Status usable(const Target& target) const = 0;
    /// Where it is, for a list.
    virtual std::string addressOf(const Target& target) const = 0;
    /// As checkTarget(), of one that is usable.
    virtual Result<TargetReport> check(const Target& target, const SecretSource& secrets,
                                       const std::atomic<bool>* cancelled) const = 0;
    /// The address of a page about a job; empty: there is none.
    virtual std::string pageOf(const Target& target, const std::string& job, bool runs) const;

    // A run.
    /// Why the pipeline is not sent at all; `verdicts` gets those of all nodes. Looks at no file.
    virtual Status checkProgram(const ClusterRequest& request, Translation& verdicts) const = 0;
    /// Rows that it would misread without an error, in files that this program can read.
    virtual std::vector<Issue> misread(const Pipeline& pipeline, const Catalogue& catalogue,
                                       const SourceCheck& check) const;
    /// Surveys of the files that this program can read, of sources whose text depends on their content, and the
    /// rows that it would misread.
    virtual SeenSources seenSources(const Pipeline& pipeline, const Catalogue& catalogue,
                                    const SourceCheck& check) const;
    /// Folders of file sinks that hold results which the request has no choice for yet.
    virtual std::vector<StandingOutput> standingOutputs(const ClusterRequest& request) const;
    virtual std::unique_ptr<ClusterRun> deploy(ClusterRequest request) const = 0;
    /// Watches a job that was submitted before, by any program of ours; `request.pipeline` is not looked
    /// at: the deployment has its own. Null: its runs do not outlive their programs.
    virtual std::unique_ptr<ClusterRun> watch(ClusterRequest request, Deployment deployment) const;

    // Earlier runs.
    /// The record, merged with the one that another program has written of the same run meanwhile.
    virtual Deployment merged(Deployment record, const Deployment& there) const;
    /// Adds what is known of a run that has no end yet without asking its cluster; `deployments`: the folder
    /// of the DeploymentStore.
    virtual void lookHere(KnownJob& job, const std::string& deployments) const;
    /// Of engines whose runs outlive their programs. An error: the target has no usable address.
    virtual Result<std::unique_ptr<JobAsker>> asker(const Target& target, const SecretSource& secrets) const;
    /// How the state of a run is kept for the next one.
    virtual StateKeeper keeperOf(const Deployment& deployment) const = 0;
    /// Removes all that a run left, but for its record.
    virtual void forget(const std::string& deployments, const Deployment& deployment) const;
};

const EngineBackend& backendOf(Engine engine);

// Each in the folder of its engine.
#define RW_ENGINE(Name, word) const EngineBackend& word##Backend();
#include "core/deploy/engines.def"
#undef RW_ENGINE

}  // namespace rw
