// The folders that a job writes, and the handling of the results that are there.
#include <algorithm>

#include "core/cluster/jobs/flink_resume.h"
#include "core/cluster/jobs/flink_run.h"
#include "core/cluster/seen_here.h"

namespace rw {

Result<bool> FlinkRun::chooseOutputs(ProgramOptions options) {
    if (m_program.outputs.empty()) return true;
    const std::vector<Deployment> known =
        (m_request.deployments.empty() ? DeploymentStore() : DeploymentStore(m_request.deployments)).all();
    std::vector<Issue> issues;
    for (const auto& [sink, choice] : m_request.outputs.of) {
        if (m_program.outputs.contains(sink)) continue;
        Issue& issue = issues.emplace_back();
        issue.message = RW_TEXT("cluster", "The pipeline has no file sink “%1” that runs.").with(sink);
        issue.fix = RW_TEXT("cluster", "Name a CSV or JSON lines sink by its id.");
    }
    for (Issue& issue :
         m_request.savepoint.empty() ? standingIssues(known, options) : resumedOutputs(known, options))
        issues.push_back(std::move(issue));
    // Nothing is written: an output without a choice is a note, and does not hide the cluster's answer.
    if (m_request.checkOnly) {
        for (const Issue& issue : issues) m_board.note(issue.message);
        return true;
    }
    for (const StandingOutput& found : m_toReplace) {
        RW_TRY_ASSIGN(std::optional<Issue> writer, stillWritten(found, known));
        if (writer) issues.push_back(std::move(*writer));
    }
    if (!issues.empty()) {
        refuse(std::move(issues));
        return false;
    }
    if (options.outputs.empty()) return true;
    std::vector<ClusterChart> charts = std::move(m_program.charts);
    RW_TRY_ASSIGN(m_program, flinkProgram(m_pipeline, *m_request.catalogue, options));
    m_program.charts = std::move(charts);
    return true;
}

std::vector<Issue> FlinkRun::standingIssues(const std::vector<Deployment>& known, ProgramOptions& options) {
    std::vector<Issue> issues;
    const std::string& folder = m_request.target.folder;
    const FileReach reach =
        m_request.trust.reachFrom(folder.empty() ? m_request.validate.folder : folderSeenHere(folder));
    for (StandingOutput& found : standingOutputs(m_program, m_request.target, known, reach)) {
        const std::optional<OutputChoice> choice = m_request.outputs.find(found.sink);
        if (!m_request.checkOnly) {
            if (const Status back = putBackReplaced(found); !back.ok()) {
                issues.push_back(issueOf(back.error()));
                continue;
            }
        }
        if (!choice || (*choice == OutputChoice::Replace && !found.replaceable())) {
            issues.push_back(outputIssue(found));
        } else if (*choice == OutputChoice::NewFolder) {
            std::string fresh = newOutputFolder(found.folder, m_request.target, known);
            m_board.note(RW_TEXT("cluster", "“%1” writes into “%2”.").with(found.sink, fresh));
            options.outputs[found.sink] = std::move(fresh);
        } else if (*choice == OutputChoice::Replace) {
            m_toReplace.push_back(std::move(found));
        }
    }
    return issues;
}

/// Asks the JobManager for jobs whose end was not observed: their files must not be taken from them.
Result<std::optional<Issue>> FlinkRun::stillWritten(const StandingOutput& found,
                                                    const std::vector<Deployment>& known) {
    FlinkRest rest(m_jobManager);
    const ClientGate::Entry atJobManager(m_gate, rest.http());
    for (const Deployment& each : jobsThatMayWriteTo(found.folder, m_request.target, known)) {
        RW_TRY_ASSIGN(const std::optional<FlinkJob> job, rest.find(each.job));
        if (!job || job->ended()) continue;
        Issue issue;
        issue.node = found.sink;
        issue.param = "path";
        issue.message =
            RW_TEXT("cluster", "The job %1 still writes into “%2”: its results can't be replaced.")
                .with(shownJob(each.job), found.folder);
        issue.fix = RW_TEXT("cluster", "End it first, or choose a new folder.");
        return std::optional(std::move(issue));
    }
    return std::optional<Issue>();
}

/// A job that goes on writes where the one before it did.
std::vector<Issue> FlinkRun::resumedOutputs(const std::vector<Deployment>& known,
                                            ProgramOptions& options) const {
    std::vector<Issue> issues;
    const std::optional<Deployment> from = deploymentOfSavepoint(known, m_request.savepoint);
    for (const auto& [sink, folder] : m_program.outputs) {
        const std::optional<OutputChoice> choice = m_request.outputs.find(sink);
        if (choice == OutputChoice::NewFolder) {
            options.outputs[sink] = newOutputFolder(folder, m_request.target, known);
        } else if (choice == OutputChoice::Replace) {
            Issue& issue = issues.emplace_back();
            issue.node = sink;
            issue.param = "path";
            issue.message = RW_TEXT(
                "cluster", "A job that resumes from a savepoint adds to the results of the one before.");
            issue.fix =
                RW_TEXT("cluster", "Choose append or new-folder, or deploy anew, without the savepoint.");
        } else if (from) {
            const auto before = from->outputs.find(sink);
            if (before != from->outputs.end() && isNewOutputFolder(before->second, folder))
                options.outputs[sink] = before->second;
        }
    }
    return issues;
}

}  // namespace rw
