#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "app/cli/secrets/ask_tokens.h"
#include "app/cli/target_lookup.h"
#include "core/base/figures.h"
#include "core/base/table_text.h"
#include "core/cluster/engine_backend.h"
#include "core/cluster/target_file.h"
#include "core/cluster/targets/target_check.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

std::string reportText(const Target& target, const TargetReport& report) {
    std::string text = fmt::format("{} {}", engineName(target.engine), report.version);
    if (report.room)
        text +=
            fmt::format(" · {} of {} free", report.room->freeSlots,
                        figures::counted(static_cast<std::uint64_t>(report.room->allSlots), "slot", "slots"));
    if (!report.plans.empty()) text += fmt::format(" · plans in {}", report.plans);
    return text + " · " + english(figures::took(static_cast<double>(report.latency) / 1000));
}

Json targetJson(const Target& target, const Result<TargetReport>& report) {
    Json all = {{"name", target.name}, {"engine", engineName(target.engine)}};
    for (const TargetField& field : backendOf(target.engine).fields()) {
        const auto* const line = std::get_if<TargetField::Line>(&field.place);
        if (field.listed && line != nullptr) all[field.name] = fieldValue(target, *line);
    }
    all["folder"] = target.folder;
    all["answers"] = report.ok();
    all["error"] = report.ok() ? Json() : Json(english(report.error()));
    if (!report.ok()) return all;
    all["version"] = report->version;
    all["latency_ms"] = report->latency;
    if (report->room) {
        all["task_managers"] = report->room->taskManagers;
        all["free_slots"] = report->room->freeSlots;
        all["slots"] = report->room->allSlots;
    }
    all["warnings"] = Json::array();
    for (const Text& warning : report->warnings) all["warnings"].push_back(english(warning));
    return all;
}

}  // namespace

int targets(bool json) {
    Result<std::vector<Target>> known = readTargets();
    if (!known.ok()) {
        printMessage("error", english(known.error()));
        return 2;
    }
    if (localRuns(*known)) known->push_back(localTarget());
    if (known->empty()) {
        printMessage("note", "there are no targets in " + targetsPath() +
                                 ", and no Flink of app/cluster answers on this computer");
    }
    const SecretSource secrets = secretSource();
    askForTokensOfList(*known, secrets);
    bool allAnswer = true;
    Json all = Json::array();
    std::vector<std::vector<std::string>> rows{{"NAME", "ENGINE", "WHERE", "CHECK"}};
    for (const Target& target : *known) {
        const Result<TargetReport> report = checkTarget(target, secrets);
        allAnswer = allAnswer && report.ok();
        if (json) {
            all.push_back(targetJson(target, report));
            continue;
        }
        if (!report.ok()) printMessage("error", target.name + ": " + english(report.error()));
        if (report.ok()) {
            for (const Text& warning : report->warnings)
                printMessage("warning", target.name + ": " + english(warning));
        }
        rows.push_back({target.name, std::string(engineName(target.engine)),
                        backendOf(target.engine).addressOf(target),
                        report.ok() ? reportText(target, *report) : "does not answer as it should"});
    }
    const bool table = !json && rows.size() > 1;
    const Status told = json || table ? writeOut(json ? indented(all) + "\n" : tableText(rows)) : Status();
    if (!told.ok()) printMessage("error", english(told.error()));
    return allAnswer && told.ok() ? 0 : 1;
}

}  // namespace rw::cli
