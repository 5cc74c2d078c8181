// Shared by all commands: loads a pipeline, and prints its errors on standard error.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/cli/commands.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/node_kind.h"
#include "core/pipeline/validate.h"

namespace rw::cli {

/// “error: text” on a line of its own, printableLine(), on standard error.
void printMessage(const char* what, const std::string& text);

/// The node types; made once per process.
const Catalogue& catalogue();
/// Before the first command: these, which are to outlive all commands, in place of the built-in ones.
void useCatalogue(const Catalogue& kinds);

/// Prints the error if it can't be read; nothing then. `text`, where it is not null, gets what was read.
std::optional<Loaded> load(const PipelineOptions& options, std::string* text = nullptr);
ValidateOptions validateOptions(const PipelineOptions& options);
void printIssues(const std::vector<Issue>& issues);
/// {"severity": …, "message": …, …}.
Json issueJson(const Issue& issue);
/// False: it has errors, which were printed, or no node at all, which is printed here.
bool checkRunnable(const Validated& validated);

/// The name of a chart's picture: of one inside a subflow “outer.inner.png”.
std::string pictureOf(const NodeId& chart);

/// Files that a command writes besides the pipeline's outputs; empty: none.
struct ExtraOutputs {
    std::string metricsFile{}, chartsFolder{}, picture{}, tape{};
};

/// Checks a pipeline that is not run, and prints the issues: only files in its folder are looked at, or, with
/// --trusted, all. `options` as they are afterwards allow no more than that.
Validated look(const Pipeline& pipeline, const PipelineOptions& command, ValidateOptions& options);

/// As plan(), with the checks of look(): for a pipeline that is not run.
std::shared_ptr<const Plan> planToLookAt(const PipelineOptions& options);

/// A pipeline that is to be run.
struct ToRun {
    Pipeline pipeline;  ///< as it stands in its file
    ValidateOptions validating;
    std::shared_ptr<const Plan> plan;
    std::shared_ptr<const Connections> connections;  ///< null: no node names one, or a keyring
};
/// Nothing after printing why there is no plan. Files that the pipeline names are looked at. `secrets` is
/// called where a node names a connection or a keyring, on this thread. `replays`: a tape, which knows what
/// the sources gave; a connection that is not known is an error of the nodes that still need it, when they
/// are made.
std::optional<ToRun> toRun(const PipelineOptions& options, int parallelism,
                           const std::function<SecretSource()>& secrets, const ExtraOutputs& extra = {},
                           bool replays = false);

}  // namespace rw::cli
