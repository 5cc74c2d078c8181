#include <fmt/format.h>

#include <set>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "core/base/table_text.h"
#include "core/data/trim.h"
#include "core/pipeline/json/json_layout.h"
#include "core/pipeline/merging/merge.h"

namespace rw::cli {

namespace {

/// Nothing after its error was printed. `added`: an empty file is a pipeline without nodes; git gives one as
/// the base of a file that both sides added.
std::optional<Pipeline> versionIn(const std::string& file, bool added) {
    const Result<std::string> text = readPipelineText(file);
    if (text.ok() && added && trimmed(*text).empty()) return Pipeline();
    Result<Loaded> loaded = text.ok() ? loadPipeline(*text) : Result<Loaded>(text.status());
    if (loaded.ok()) return std::move(loaded->pipeline);
    printMessage("error", file + ": " + english(loaded.error()));
    return std::nullopt;
}

/// The errors of a pipeline, as lines. No file is looked at: git gives versions other names in another
/// folder.
std::set<std::string> errorsOf(const Pipeline& pipeline) {
    ValidateOptions options;
    options.files = false;
    std::set<std::string> errors;
    for (const Issue& issue : validate(pipeline, catalogue(), options).issues) {
        if (issue.severity == Severity::Error) errors.insert(english(issue));
    }
    return errors;
}

/// What is wrong of the result and of neither side: the changes of both do not work together.
std::vector<std::string> newErrors(const Pipeline& ours, const Pipeline& theirs, const Pipeline& result) {
    const std::set<std::string> first = errorsOf(ours), second = errorsOf(theirs);
    std::vector<std::string> errors;
    for (const std::string& error : errorsOf(result)) {
        if (!first.contains(error) && !second.contains(error)) errors.push_back(error);
    }
    return errors;
}

std::string_view sideName(MergeSide side) {
    return side == MergeSide::Ours ? "ours" : "theirs";
}

std::string placeText(const MergePlace& place) {
    std::string out = fmt::format("{} {}", place.of, printableLine(place.name));
    if (!place.type.empty()) out += " (" + printableLine(place.type) + ")";
    if (!place.part.empty()) out += ", " + printableLine(place.part);
    if (!place.element.empty()) out += ", " + printableLine(place.element);
    return out;
}

std::string clashLines(const MergeClash& clash) {
    std::string out = "! " + placeText(clash.place) + ": " + printableLine(english(clashText(clash))) + "\n";
    const auto line = [&](const char* label, const Json& value, bool taken) {
        const std::string text =
            value.is_null() ? "not there"
                            : printableLine(value.dump(-1, ' ', false, Json::error_handler_t::replace));
        out += fmt::format("    {:7} {}{}\n", label, text, taken ? " (taken)" : "");
    };
    const bool ours = clash.taken == MergeSide::Ours;
    if (clash.kind != ClashKind::Added) line("base:", clash.base, false);
    line("ours:", clash.ours, ours || !clash.renamed.empty());
    line("theirs:", clash.theirs, !ours || !clash.renamed.empty());
    return out;
}

std::string endLine(const Merged& merged, const MergeCommand& command) {
    if (merged.clashes.empty()) return "merged without a clash\n";
    const char* const clashes = merged.clashes.size() == 1 ? "clash" : "clashes";
    if (command.rule != MergeRule::Tell)
        return fmt::format("merged; {} {}: {} taken\n", merged.clashes.size(), clashes,
                           sideName(merged.clashes.front().taken));
    return fmt::format("{} {}; look at {}\n", merged.clashes.size(), clashes, printableLine(command.out));
}

Json clashJson(const MergeClash& clash) {
    const MergePlace& place = clash.place;
    Json one{{"kind", clashName(clash.kind)}, {"of", place.of}, {"name", place.name}};
    if (!place.type.empty()) one["type"] = place.type;
    if (!place.part.empty()) one[place.parameter ? "param" : "part"] = place.part;
    if (!place.element.empty()) one["element"] = place.element;
    one["base"] = clash.base;
    one["ours"] = clash.ours;
    one["theirs"] = clash.theirs;
    one["taken"] = sideName(clash.taken);
    if (!clash.renamed.empty()) one["renamed"] = clash.renamed;
    one["text"] = english(clashText(clash));
    return one;
}

std::string report(const Merged& merged, const std::vector<std::string>& errors, bool clean,
                   const MergeCommand& command) {
    if (command.json) {
        Json out{{"clean", clean}, {"clashes", Json::array()}, {"errors", errors}};
        for (const MergeClash& clash : merged.clashes) out["clashes"].push_back(clashJson(clash));
        return indented(out) + "\n";
    }
    std::string out;
    for (const MergeClash& clash : merged.clashes) out += clashLines(clash);
    for (const std::string& error : errors)
        out += "! an error that neither side has: " + printableLine(error) + "\n";
    return out + endLine(merged, command);
}

}  // namespace

// All three are read before one is written: git names that of ours as OUT.
int merge(const MergeCommand& command) {
    const std::optional<Pipeline> base = versionIn(command.base, true), ours = versionIn(command.ours, false),
                                  theirs = versionIn(command.theirs, false);
    if (!base || !ours || !theirs) return 2;
    const Merged merged = rw::merge(*base, *ours, *theirs, catalogue(), command.rule);
    if (const Status written = savePipelineFile(merged.pipeline, command.out); !written.ok()) {
        printMessage("error", english(written.error()));
        return 2;
    }
    const std::vector<std::string> errors = newErrors(*ours, *theirs, merged.pipeline);
    const bool clean = errors.empty() && (merged.clashes.empty() || command.rule != MergeRule::Tell);
    if (const Status told = writeOut(report(merged, errors, clean, command)); !told.ok()) {
        printMessage("error", english(told.error()));
        return 1;
    }
    return clean ? 0 : 1;
}

}  // namespace rw::cli
