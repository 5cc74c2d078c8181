#include "app/cli/what_if/compare_variants.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/what_if/what_if_report.h"
#include "core/launch/replay.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/variables.h"
#include "core/what_if/settings.h"
#include "core/what_if/what_if.h"

namespace rw::cli {

namespace {

int failVariants(const CompareCommand& command, const Status& status) {
    printMessage("error", english(status.error()));
    const ErrorCode code = status.error().code;
    const int exit = code == ErrorCode::Invalid || code == ErrorCode::Denied ? 2 : 1;
    if (!command.json) return exit;
    const Status told = writeOut(indented(Json{{"error", english(status.error())}}) + "\n");
    if (!told.ok()) printMessage("error", english(told.error()));
    return exit;
}

/// Nothing after printing why a file can't be read.
Result<std::optional<WhatIfVariant>> variantOf(const std::string& text) {
    RW_TRY_ASSIGN(WrittenVariant written, parseVariant(text));
    WhatIfVariant variant;
    variant.label = text;
    variant.settings = std::move(written.settings);
    if (written.file.empty()) return std::optional(std::move(variant));
    PipelineOptions other;
    other.file = written.file;
    std::optional<Loaded> loaded = load(other);
    if (!loaded) return std::optional<WhatIfVariant>();
    printIssues(loaded->warnings);
    variant.pipeline = std::move(loaded->pipeline);
    return std::optional(std::move(variant));
}

int tellVariants(const CompareCommand& command, const WhatIfAnswer& answer) {
    const std::string text = command.json ? indented(whatIfJson(answer, command.rows)) + "\n"
                                          : whatIfText(answer, command.pipeline.file, command.rows);
    const Status told = writeOut(text);
    if (!told.ok()) {
        printMessage("error", english(told.error()));
        return 1;
    }
    const bool failed = std::any_of(answer.sides.begin(), answer.sides.end(),
                                    [](const WhatIfSide& side) { return !side.failed.ok(); });
    return failed || (command.exitCode && !answer.isSame()) ? 1 : 0;
}

}  // namespace

int compareVariants(const CompareCommand& command) {
    catchSignals();
    const std::optional<Loaded> loaded = load(command.pipeline);
    if (!loaded) return 2;
    printIssues(loaded->warnings);
    WhatIfRequest request{loaded->pipeline, catalogue()};
    request.validating = validateOptions(command.pipeline);
    std::vector<Issue> ofVariables;  // --set names one that there is not
    (void)variablesOf(loaded->pipeline, request.validating, ofVariables);
    printIssues(ofVariables);
    request.node = command.node;
    request.port = command.port;
    request.givesWay = false;
    request.isCancelled = [] { return signalsSoFar() > 0; };
    for (const std::string& text : command.with) {
        Result<std::optional<WhatIfVariant>> variant = variantOf(text);
        if (!variant.ok()) return failVariants(command, variant.status());
        if (!*variant) return 2;
        request.variants.push_back(std::move(**variant));
    }
    if (!command.replayFile.empty()) {
        Result<TapeFileRef> tape = openReplayable(command.replayFile);
        if (!tape.ok()) return failVariants(command, tape.status());
        if (const Text cut = incompleteTape(**tape); !cut.empty()) printMessage("warning", english(cut));
        request.tape = std::move(*tape);
    }
    const Result<WhatIfAnswer> answer = whatIf(request);
    if (!answer.ok()) return failVariants(command, answer.status());
    return tellVariants(command, *answer);
}

}  // namespace rw::cli
