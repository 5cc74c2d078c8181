#include "app/cli/commands.h"
#include "app/cli/lineage/why_report.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "core/launch/replay.h"
#include "core/lineage/lineage.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

int failWhy(const WhyCommand& command, const Status& status) {
    printMessage("error", english(status.error()));
    if (!command.missing && status.error().code == ErrorCode::NotFound)
        printMessage("hint", "--missing tells what became of the rows that it would need");
    const int exit = status.error().code == ErrorCode::Invalid ? 2 : 1;
    if (!command.json) return exit;
    const Json all{{"error", english(status.error())}};
    const Status told = writeOut(indented(all) + "\n");
    if (!told.ok()) printMessage("error", english(told.error()));
    return exit;
}

int tell(const std::string& text) {
    const Status told = writeOut(text);
    if (told.ok()) return 0;
    printMessage("error", english(told.error()));
    return 1;
}

template <class Answer>
int answer(const WhyCommand& command, const Result<Answer>& found, std::string (*text)(const Answer&),
           Json (*json)(const Answer&)) {
    if (!found.ok()) return failWhy(command, found.status());
    return tell(command.json ? indented(json(*found)) + "\n" : text(*found));
}

}  // namespace

int why(const WhyCommand& command) {
    catchSignals();
    // Nobody is asked for the secret of a connection: nothing is connected to.
    const auto noSecrets = [] { return SecretSource(environmentSecret); };
    const std::optional<ToRun> of = toRun(command.pipeline, 0, noSecrets, {}, true);
    if (!of) return 2;
    LineageQuestion question;
    question.plan = of->plan;
    question.catalogue = &catalogue();
    question.node = command.node;
    question.port = command.port;
    question.where = command.where;
    question.displaced = command.displaced;
    question.after = command.after;
    question.isCancelled = [] { return signalsSoFar() > 0; };
    if (!command.replayFile.empty()) {
        Result<TapeFileRef> tape = openReplayable(command.replayFile);
        if (!tape.ok()) return failWhy(command, tape.status());
        if (const Text cut = incompleteTape(**tape); !cut.empty()) printMessage("warning", english(cut));
        question.tape = std::move(*tape);
    }
    if (command.missing) return answer(command, whyNoRow(question), missingText, missingJson);
    return answer(command, whyRow(question), lineageText, lineageJson);
}

}  // namespace rw::cli
