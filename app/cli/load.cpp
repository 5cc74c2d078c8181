#include "app/cli/load.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/cli/allowed_connections.h"
#include "app/cli/secrets/ask_secrets.h"
#include "core/base/table_text.h"
#include "core/connect/connections/connection_file.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/subflow.h"

namespace rw::cli {

namespace {

const Catalogue*& otherCatalogue() {
    static const Catalogue* kinds = nullptr;
    return kinds;
}

}  // namespace

const Catalogue& catalogue() {
    if (const Catalogue* kinds = otherCatalogue()) return *kinds;
    static const Catalogue kCatalogue = builtin();
    return kCatalogue;
}

void useCatalogue(const Catalogue& kinds) {
    otherCatalogue() = &kinds;
}

std::optional<Loaded> load(const PipelineOptions& options, std::string* text) {
    const Result<std::string> read = readPipelineText(options.file);
    Result<Loaded> loaded = read.ok() ? loadPipeline(*read) : Result<Loaded>(read.status());
    if (text != nullptr && read.ok()) *text = *read;
    if (!loaded.ok()) {
        printMessage("error", english(loaded.error()));
        return std::nullopt;
    }
    return std::move(*loaded);
}

ValidateOptions validateOptions(const PipelineOptions& options) {
    ValidateOptions out;
    std::error_code ignored;
    const std::filesystem::path file = std::filesystem::absolute(options.file, ignored);
    out.folder = file.parent_path().string();
    out.file = file.string();
    out.variables = options.variables;
    out.connections = connectionsIn(connectionsPath(), {})->known();
    return out;
}

void printIssues(const std::vector<Issue>& issues) {
    for (const Issue& issue : issues) {
        printMessage(issue.severity == Severity::Error ? "error" : "warning", english(issue));
    }
}

Json issueJson(const Issue& issue) {
    return {{"severity", issue.severity == Severity::Error ? "error" : "warning"},
            {"message", english(issue.message)},
            {"mend", english(issue.fix)},
            {"node", issue.node},
            {"param", issue.param},
            {"item", issue.item},
            {"position", issue.position},
            {"length", issue.length}};
}

bool checkRunnable(const Validated& validated) {
    if (!validated.runnable() && !hasErrors(validated.issues)) {
        const Text nothing = RW_TEXT("run", "The pipeline has no node that could run.");
        const Text fix = RW_TEXT("run", "Add a source and something that takes its rows.");
        printMessage("error", english(nothing) + " " + english(fix));
    }
    return validated.runnable();
}

namespace {

std::vector<std::pair<std::string, std::string>> filesOf(const ExtraOutputs& extra,
                                                         const Pipeline& pipeline) {
    std::vector<std::pair<std::string, std::string>> files;
    if (!extra.metricsFile.empty()) files.emplace_back("--metrics", extra.metricsFile);
    if (!extra.tape.empty()) files.emplace_back("--record", extra.tape);
    if (!extra.picture.empty()) files.emplace_back("--out", extra.picture);
    if (extra.chartsFolder.empty()) return files;
    for (const Node& node : pipeline.nodes) {
        const NodeKind* kind = catalogue().of(node);
        if (kind != nullptr && kind->chart)
            files.emplace_back("--charts", extra.chartsFolder + '/' + pictureOf(node.id));
    }
    return files;
}

bool namesConnection(const PlannedNode& node) {
    const auto& params = node.kind->params;
    return std::any_of(params.begin(), params.end(), [&](const ParamSpec& spec) {
        return !connectionsNamedBy(spec, node.declared->params).empty();
    });
}

/// A node that takes what others send may name a place of a token itself.
bool namesKeyring(const Plan& plan) {
    const std::vector<NeededSecret> tokens =
        neededSecrets(needyNodes(plan), Connections({}, environmentSecret));
    return std::any_of(tokens.begin(), tokens.end(), [](const NeededSecret& token) {
        return token.where.kind == SecretRef::Kind::Keyring;
    });
}

/// Null: no node needs any.
std::shared_ptr<const Connections> connectionsOf(const Plan& plan,
                                                 const std::function<SecretSource()>& secrets) {
    const bool named = std::any_of(plan.stages.begin(), plan.stages.end(), [](const Stage& stage) {
        return std::any_of(stage.nodes.begin(), stage.nodes.end(), namesConnection);
    });
    return named || namesKeyring(plan) ? connectionsIn(connectionsPath(), secrets()) : nullptr;
}

}  // namespace

std::string pictureOf(const NodeId& chart) {
    std::string name = chart;
    std::replace(name.begin(), name.end(), '/', '.');
    return name + ".png";
}

std::optional<ToRun> toRun(const PipelineOptions& options, int parallelism,
                           const std::function<SecretSource()>& secrets, const ExtraOutputs& extra,
                           bool replays) {
    std::string text;
    std::optional<Loaded> loaded = load(options, &text);
    if (!loaded) return std::nullopt;
    PlanOptions planOptions;
    planOptions.validate = validateOptions(options);
    if (replays) planOptions.validate.connections = nullptr;
    std::vector<Issue> reported;  // by the plan
    const auto expanded = expand(loaded->pipeline, catalogue(), planOptions.validate, reported);
    planOptions.validate.alsoWritten = filesOf(extra, expanded ? expanded->pipeline : loaded->pipeline);
    planOptions.parallelism = parallelism;
    Planned planned = makePlan(loaded->pipeline, catalogue(), planOptions);
    // Before anything is printed: to have these secrets the program may be replaced by another one.
    std::shared_ptr<const Connections> connections;
    if (planned.plan) connections = connectionsOf(*planned.plan, secrets);
    printIssues(loaded->warnings);
    printIssues(planned.issues);
    if (!planned.plan || !connectionsAllowed(*planned.plan, text, options, replays)) return std::nullopt;
    return ToRun{std::move(loaded->pipeline), std::move(planOptions.validate), std::move(planned.plan),
                 std::move(connections)};
}

Validated look(const Pipeline& pipeline, const PipelineOptions& command, ValidateOptions& options) {
    Trust trust;
    trust.agreed = command.trusted;
    Validated validated = validate(pipeline, catalogue(), options, trust);
    printIssues(validated.issues);
    if (command.trusted) return validated;
    options.files = false;
    if (std::any_of(validated.issues.begin(), validated.issues.end(), isNotLookedAt))
        printMessage("note", "--trusted looks at files outside the folder of the pipeline, too");
    return validated;
}

std::shared_ptr<const Plan> planToLookAt(const PipelineOptions& options) {
    const std::optional<Loaded> loaded = load(options);
    if (!loaded) return nullptr;
    printIssues(loaded->warnings);
    PlanOptions planOptions;
    planOptions.validate = validateOptions(options);
    if (!checkRunnable(look(loaded->pipeline, options, planOptions.validate))) return nullptr;
    Planned planned = makePlan(loaded->pipeline, catalogue(), planOptions);
    if (!planned.plan) printIssues(planned.issues);
    return std::move(planned.plan);
}

void printMessage(const char* what, const std::string& text) {
    std::fprintf(stderr, "%s: %s\n", what, printableLine(text).c_str());
}

}  // namespace rw::cli
