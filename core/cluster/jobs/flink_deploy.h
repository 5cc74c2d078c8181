// Submitting a pipeline to a Flink, and asking its planner before.
#pragma once
#include <functional>
#include <string>

#include "core/cluster/deployment.h"
#include "core/cluster/flink/flink_program.h"
#include "core/pipeline/issue.h"

namespace rw {

struct PlannedProgram;

struct FlinkCheck {
    std::vector<Issue> issues{};  ///< what the cluster rejected; each at its node where that is known
    FlinkGraph graph{};           ///< without issues; empty also when it could not be read
};

/// Sends the tables and views of a program one by one, then has the whole explained: nothing runs. The
/// cluster's error on a statement is an issue of its node, with parameter and place in the user's text where
/// that can be found there. An error: the cluster did not answer. `session` is a fresh one; afterwards
/// startOnFlink() may be called with it.
Result<FlinkCheck> checkOnFlink(FlinkSession& session, const FlinkProgram& program, const Pipeline& pipeline);

struct StartOptions {
    std::string savepoint{};          ///< to resume from; empty: none
    bool allowLostState = false;      ///< state in it that no node claims any more is dropped
    Millis checkpointEvery = 10'000;  ///< 0: never
    /// Asked for the job when it is not known whether it was started; its error is told then. May be null.
    std::function<Result<std::string>(const Status& why)> whenLost{};
    /// The plan of the program, of the same session; null: it is submitted as SQL.
    const PlannedProgram* planned = nullptr;
};

/// Starts the job of a program that was checked in this session. The record has all but target and file.
/// A program of charts alone has no job: an error. So is a plan that Flink does not take.
Result<Deployment> startOnFlink(FlinkSession& session, const FlinkProgram& program, const FlinkCheck& check,
                                const Pipeline& pipeline, const StartOptions& options = {});

}  // namespace rw
