#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "app/cli/output.h"
#include "core/base/table_text.h"
#include "core/forecast/forecast.h"
#include "core/forecast/outputs.h"
#include "core/history/version_history.h"
#include "core/pipeline/checks/trust.h"
#include "core/pipeline/diff.h"
#include "core/pipeline/differences.h"
#include "core/pipeline/json/json_layout.h"

namespace rw::cli {

namespace {

/// git gives this for a file that one side does not have.
constexpr std::string_view kNoFile = "/dev/null";

struct DiffSide {
    Pipeline pipeline{};
    ValidateOptions options{};  ///< which look at no files but those of subflows
};

std::optional<DiffSide> sideOf(const std::string& file) {
    DiffSide side;
    if (file == kNoFile) return side;
    PipelineOptions options;
    options.file = file;
    std::optional<Loaded> loaded = load(options);
    if (!loaded) return std::nullopt;
    side.pipeline = std::move(loaded->pipeline);
    side.options = validateOptions(options);
    side.options.files = false;
    return side;
}

/// As JSON, on one line.
std::string valueText(const Json& value) {
    return printableLine(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// The elements of lists of texts that only one of both has; nothing: they are no such lists, or their order
/// alone differs.
std::string listLines(const PipelineDifference& found) {
    const auto isList = [](const Json& value) {
        return value.is_array() &&
               std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_string(); });
    };
    if (!isList(found.before) || !isList(found.after)) return {};
    std::string out;
    const auto only = [&](const Json& in, const Json& without, char mark) {
        std::unordered_map<std::string, int> left;
        for (const Json& each : without) ++left[each.get<std::string>()];
        for (const Json& each : in) {
            if (left[each.get<std::string>()]-- <= 0)
                out += fmt::format("    {}: {} {}\n", printableLine(found.part), mark, valueText(each));
        }
    };
    only(found.before, found.after, '-');
    only(found.after, found.before, '+');
    return out;
}

std::string changeLine(const PipelineDifference& found) {
    if (const std::string lines = listLines(found); !lines.empty()) return lines;
    const auto text = [](const Json& value) { return value.is_null() ? "not set" : valueText(value); };
    return fmt::format("    {}: {} → {}\n", printableLine(found.part), text(found.before), text(found.after));
}

char markOf(DifferenceKind kind) {
    switch (kind) {
        case DifferenceKind::Added:
            return '+';
        case DifferenceKind::Removed:
            return '-';
        case DifferenceKind::Changed:
            return '~';
        case DifferenceKind::Moved:
            break;
    }
    return '>';
}

/// The lines below a node that comes or goes: what it does.
std::string paramLines(const Json& node) {
    std::string out;
    const auto params = node.find("params");
    if (params == node.end()) return out;
    for (const auto& [name, value] : params->items())
        out += fmt::format("    {}: {}\n", printableLine(name), valueText(value));
    return out;
}

/// “+ node big (filter)”.
std::string headLine(const PipelineDifference& found) {
    std::string out = fmt::format("{} {} {}", markOf(found.kind), found.of, printableLine(found.name));
    if (!found.type.empty()) out += " (" + printableLine(found.type) + ")";
    return out;
}

std::string differenceLines(const std::vector<PipelineDifference>& differences) {
    std::string out, under;
    for (const PipelineDifference& found : differences) {
        if (!found.part.empty()) {
            if (under != found.name) out += headLine(found) + "\n";
            under = found.name;
            out += changeLine(found);
            continue;
        }
        under.clear();
        const Json& there = found.kind == DifferenceKind::Added ? found.after : found.before;
        out += headLine(found);
        if (found.kind == DifferenceKind::Changed) {
            out += fmt::format(": {} → {}", valueText(found.before), valueText(found.after));
        } else if (found.of == "variable" || found.of == "setting") {
            out += ": " + valueText(there);
        }
        out += '\n';
        if (found.of == "node" && found.kind != DifferenceKind::Moved) out += paramLines(there);
    }
    return out;
}

/// An error where a subflow lies outside the folder of the pipeline, which nobody has agreed to.
Status mayRead(const DiffSide& side) {
    ValidateOptions looking = side.options;
    looking.files = true;
    Trust trust;
    trust.agreed = false;
    FileReach reach = trust.reachFrom(looking.folder);
    std::vector<Issue> issues;
    (void)expand(side.pipeline, catalogue(), looking, trust, reach, issues);
    const auto outside = std::find_if(issues.begin(), issues.end(), isNotLookedAt);
    return outside == issues.end() ? Status() : Status(ErrorCode::Denied, outside->message);
}

struct Resumed {
    Forecast state{};
    std::vector<OutputForecast> outputs{};
};

/// What becomes of the state of each node that has some, and of the rows of outputs, when a run of `before`
/// is resumed as `after`.
Result<Resumed> resumedAs(const DiffSide& before, const DiffSide& after) {
    RW_TRY(mayRead(before));
    RW_TRY(mayRead(after));
    const ForecastOf old{before.pipeline, before.options}, now{after.pipeline, after.options};
    Resumed out;
    RW_TRY_ASSIGN(out.state, forecast(old, now, catalogue(), {}));
    RW_TRY_ASSIGN(out.outputs, outputForecasts(old, now, catalogue(), out.state));
    return out;
}

bool isTold(const NodeForecast& node) {
    return node.fate != StateFate::NoState;
}

std::string outputLines(const std::vector<OutputForecast>& outputs) {
    std::string out;
    for (const OutputForecast& output : outputs)
        out += fmt::format("  {}: {}\n", output.node, printableLine(english(output.what)));
    return out.empty() ? out : "rows of outputs, when a run of the first is resumed as the second:\n" + out;
}

std::string resumedLines(const Result<Resumed>& resumed) {
    if (!resumed.ok()) return "state: not known. " + printableLine(english(resumed.error())) + "\n";
    std::string out;
    for (const auto& [id, node] : resumed->state.nodes) {
        if (!isTold(node)) continue;
        out += fmt::format("  {}: {}.", id, english(stateFateText(node)));
        if (!node.why.empty()) out += " " + printableLine(english(node.why));
        out += '\n';
    }
    if (!out.empty()) out.insert(0, "state, when a run of the first is resumed as the second:\n");
    return out + outputLines(resumed->outputs);
}

Json diffJson(const std::vector<PipelineDifference>& differences,
              const std::optional<Result<Resumed>>& resumed) {
    Json out{{"same", differences.empty()}, {"differences", Json::array()}};
    for (const PipelineDifference& found : differences) {
        Json one{{"kind", differenceName(found.kind)}, {"of", found.of}, {"name", found.name}};
        if (!found.type.empty()) one["type"] = found.type;
        if (!found.part.empty()) one[found.parameter ? "param" : "part"] = found.part;
        if (!found.before.is_null()) one["before"] = found.before;
        if (!found.after.is_null()) one["after"] = found.after;
        out["differences"].push_back(std::move(one));
    }
    if (!resumed) return out;
    if (!resumed->ok()) {
        out["state_unknown"] = english(resumed->error());
        return out;
    }
    out["state"] = Json::array();
    for (const auto& [id, node] : (*resumed)->state.nodes) {
        if (isTold(node))
            out["state"].push_back({{"node", id},
                                    {"fate", stateFateName(node.fate)},
                                    {"gone", node.gone},
                                    {"why", english(node.why)}});
    }
    out["outputs"] = Json::array();
    for (const OutputForecast& output : (*resumed)->outputs)
        out["outputs"].push_back({{"node", output.node},
                                  {"fate", outputFateName(output.fate)},
                                  {"may_be_refused", output.mayBeRefused},
                                  {"what", english(output.what)}});
    return out;
}

/// 0: they are the same, 1: they are not, 2: one of them can't be read, which was printed. `both`: neither is
/// without a file.
int diffSides(const std::optional<DiffSide>& before, const std::optional<DiffSide>& after, bool both,
              bool json) {
    if (!before || !after) return 2;
    const std::vector<PipelineDifference> differences = differencesBetween(before->pipeline, after->pipeline);
    // A pipeline that only one side has keeps nothing, and neither does one that runs as before lose
    // anything.
    std::optional<Result<Resumed>> resumed;
    if (both && !runAlike(before->pipeline, after->pipeline)) resumed = resumedAs(*before, *after);
    std::string text;
    if (json) {
        text = indented(diffJson(differences, resumed)) + "\n";
    } else if (differences.empty()) {
        text = "no differences\n";
    } else {
        text = differenceLines(differences) + (resumed ? resumedLines(*resumed) : std::string());
    }
    if (const Status told = writeOut(text); !told.ok()) {
        printMessage("error", english(told.error()));
        return 2;
    }
    return differences.empty() ? 0 : 1;
}

int diffFiles(const std::string& first, const std::string& second, bool json) {
    return diffSides(sideOf(first), sideOf(second), first != kNoFile && second != kNoFile, json);
}

/// A version of the history of a file; nothing after its error was printed.
std::optional<DiffSide> versionOf(const std::string& file, std::int64_t number) {
    DiffSide side;
    PipelineOptions options;
    options.file = file;
    side.options = validateOptions(options);
    side.options.files = false;
    const Result<std::string> text = versionText(side.options.file, number);
    Result<Loaded> loaded = text.ok() ? loadPipeline(*text) : Result<Loaded>(text.status());
    if (!loaded.ok()) {
        printMessage("error", english(loaded.error()));
        return std::nullopt;
    }
    side.pipeline = std::move(loaded->pipeline);
    return side;
}

}  // namespace

// To git every other status than 0 is the end of its own command.
int diff(const DiffCommand& command) {
    const std::vector<std::string>& words = command.words;
    if (command.version > 0) {
        if (words.size() == 1)
            return diffSides(versionOf(words[0], command.version), sideOf(words[0]), true, command.json);
        printMessage("error", "name one pipeline file: rillwright diff FILE --version N");
        return 2;
    }
    if (words.size() == 2) return diffFiles(words[0], words[1], command.json);
    if (std::getenv("GIT_DIFF_PATH_TOTAL") == nullptr) {
        printMessage("error", "name two pipeline files: rillwright diff OLD NEW");
        return 2;
    }
    constexpr std::size_t kPath = 0, kOld = 1, kNew = 4, kGitWords = 7;
    std::printf("%s\n", printableLine(words[kPath]).c_str());
    if (words.size() < kGitWords) {
        std::printf("is not merged yet\n");
        return 0;
    }
    std::fflush(stdout);
    (void)diffFiles(words[kOld], words[kNew], command.json);
    return 0;
}

}  // namespace rw::cli
