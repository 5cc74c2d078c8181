#include "app/cli/commands.h"
#include "app/cli/compare_report.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/secrets/ask_tokens.h"
#include "app/cli/signals.h"
#include "app/cli/target_lookup.h"
#include "app/cli/what_if/compare_variants.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

Result<CompareSide> sideNamed(const std::string& name) {
    CompareSide side;
    side.name = name;
    if (name == kEmbeddedSide) return side;
    RW_TRY_ASSIGN(Target target, targetToRunOn(name));
    side.target = std::move(target);
    return side;
}

void printRefusals(const CompareReport& report) {
    for (const CompareRefusal& refusal : report.refusals) printMessage("refused", refusalText(refusal));
}

int failCompare(const CompareCommand& command, const ComparedNames& names, const Status& status, int exit) {
    printMessage("error", english(status.error()));
    if (!command.json) return exit;
    Json all = compareJson({}, names, command.rows);
    all["error"] = english(status.error());
    const Status told = writeOut(indented(all) + "\n");
    if (!told.ok()) printMessage("error", english(told.error()));
    return exit;
}

int tellCompared(const CompareCommand& command, const ComparedNames& names, const CompareReport& report) {
    printRefusals(report);
    const int exit = !report.refusals.empty() ? 2 : report.same() ? 0 : 1;
    std::string text;
    if (command.json) {
        Json all = compareJson(report, names, command.rows);
        all["error"] = Json();
        text = indented(all) + "\n";
    } else if (exit != 2) {
        text = compareText(report, names, command.rows);
    }
    const Status told = text.empty() ? Status() : writeOut(text);
    if (!told.ok()) {
        printMessage("error", english(told.error()));
        return exit == 0 ? 1 : exit;
    }
    if (exit != 2) printMessage("done", exit == 0 ? "the rows are the same" : "rows differ");
    return exit;
}

/// A run that is compared uses no connection: these are all that need a secret.
std::vector<Target> targetsOf(const CompareRequest& request) {
    std::vector<Target> targets;
    for (const CompareSide* side : {&request.a, &request.b}) {
        if (side->target) targets.push_back(*side->target);
    }
    return targets;
}

/// Either engines or variants are compared.
Status checkWhat(const CompareCommand& command) {
    if (command.targets.empty() && command.with.empty()) {
        return {ErrorCode::Invalid, RW_TEXT("cli", "It is not said what to compare."),
                RW_TEXT("cli",
                        "Name two targets, as --targets embedded,local, or variants, as --with delay=10s.")};
    }
    if (!command.targets.empty() && !command.with.empty()) {
        return {ErrorCode::Invalid,
                RW_TEXT("cli", "Variants are compared by the engine here, and not on clusters."),
                RW_TEXT("cli", "Take --targets or --with, not both.")};
    }
    return {};
}

}  // namespace

int compare(const CompareCommand& command) {
    if (const Status what = checkWhat(command); !what.ok()) {
        printMessage("error", english(what.error()));
        return 2;
    }
    if (!command.with.empty()) return compareVariants(command);
    CompareRequest request;
    const std::size_t comma = command.targets.find(',');
    for (CompareSide* side : {&request.a, &request.b}) {
        Result<CompareSide> found = sideNamed(side == &request.a ? command.targets.substr(0, comma)
                                                                 : command.targets.substr(comma + 1));
        if (!found.ok()) {
            printMessage("error", english(found.error()));
            return 2;
        }
        *side = std::move(*found);
    }
    const std::optional<Loaded> loaded = load(command.pipeline);
    if (!loaded) return 2;
    printIssues(loaded->warnings);
    request.pipeline = loaded->pipeline;
    request.validate = validateOptions(command.pipeline);
    const Validated validated = rw::validate(request.pipeline, catalogue(), request.validate);
    printIssues(validated.issues);
    if (!checkRunnable(validated)) return 2;
    request.catalogue = std::shared_ptr<const Catalogue>(std::shared_ptr<const Catalogue>(), &catalogue());
    request.secrets = secretSource();
    if (!askForTokens(targetsOf(request), request.secrets, "not compared")) return 2;
    catchSignals();  // until here there is nothing that would have to end in order
    request.progress = [](const Text& what) { printMessage("compare", english(what)); };
    const SignalFlag signals;
    request.cancelled = signals.flag();
    const ComparedNames names = comparedNames(request.a.name, request.b.name);
    const Result<CompareReport> report = comparePipeline(request);
    if (!report.ok()) return failCompare(command, names, report.status(), 1);
    return tellCompared(command, names, *report);
}

}  // namespace rw::cli
