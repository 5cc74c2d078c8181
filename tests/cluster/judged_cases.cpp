#include "tests/cluster/judged_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "core/pipeline/json/json.h"

namespace rw::cluster {

namespace {

const char* wordOf(CaseResult result) {
    switch (result) {
        case CaseResult::Same:
            return "same";
        case CaseResult::Refused:
            return "refused";
        case CaseResult::Approximated:
            return "differs as said";
        case CaseResult::Known:
            return "differs as known";
        case CaseResult::Failed:
            break;
    }
    return "FAILED";
}

/// On one line, in one cell.
std::string asCell(std::string text) {
    for (char& c : text) {
        if (c == '\t' || c == '\n' || c == '\r') c = ' ';
    }
    return text;
}

}  // namespace

OpenedCase::OpenedCase(const std::filesystem::path& folder, const Catalogue& catalogue, Engine engine) {
    Result<Loaded> loaded = loadPipelineFile((folder / "pipeline.rill").string());
    if (!loaded.ok()) {
        outcome.difference = english(loaded.error());
        return;
    }
    how.validate.folder = folder.string();
    how.sources = Sources::Staged;
    how.results = Results::Selects;
    pipeline = std::move(loaded->pipeline);
    validated = validate(pipeline, catalogue, how.validate);
    translation = translate(pipeline, catalogue, validated, engine, how);
    outcome = outcomeOf(translation);
    runs = outcome.worst != Verdict::Refused;
}

CaseOutcome outcomeOf(const Translation& translation) {
    CaseOutcome outcome;
    outcome.worst = translation.worst;
    for (const auto& [id, node] : translation.nodes) {
        for (const Remark& finding : node.findings) {
            if (finding.verdict == Verdict::Refused)
                outcome.refusals.push_back(id + ": " + english(finding.what));
            if (finding.condition.empty()) continue;
            std::string condition = english(finding.condition);
            auto& all = outcome.conditions;
            if (std::find(all.begin(), all.end(), condition) == all.end())
                all.push_back(std::move(condition));
        }
    }
    return outcome;
}

ListedCases listedIn(const std::filesystem::path& file) {
    ListedCases listed;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == '#') continue;
        const std::size_t cut = std::min(line.find("  "), line.size());
        const std::size_t reason = std::min(line.find_first_not_of(' ', cut), line.size());
        listed[line.substr(0, cut)] = line.substr(reason);
    }
    return listed;
}

JudgedCase judged(const std::string& name, const CaseOutcome& outcome, const ListedCases& known,
                  const ListedCases& notExact) {
    const std::string refusals = fmt::format("{}", fmt::join(outcome.refusals, "; "));
    if (outcome.worst >= Verdict::Approximated && !notExact.contains(name))
        return {CaseResult::Failed, "FAIL: it should be exact or equivalent\n" + refusals, refusals};
    if (outcome.worst == Verdict::Refused) return {CaseResult::Refused, "not run: " + refusals, refusals};
    const auto excuse = known.find(name);
    const std::string why =
        excuse != known.end() && !outcome.conditions.empty() ? excuse->second : std::string();
    if (outcome.difference.empty()) return {CaseResult::Same, "the same", why};
    if (outcome.worst == Verdict::Approximated)
        return {CaseResult::Approximated, "differs, as was said\n" + outcome.difference, why};
    if (!why.empty()) return {CaseResult::Known, "differs: " + why, why};
    const std::string holds =
        outcome.conditions.empty() ? "" : fmt::format(", while {}", fmt::join(outcome.conditions, ", "));
    return {CaseResult::Failed, fmt::format("FAIL: it should be the same{}\n{}", holds, outcome.difference),
            outcome.difference};
}

int allOf(const ResultCounts& counts) {
    int all = 0;
    for (const auto& [result, count] : counts) all += count;
    return all;
}

std::string summary(const ResultCounts& counts) {
    const auto of = [&counts](CaseResult result) {
        const auto found = counts.find(result);
        return found != counts.end() ? found->second : 0;
    };
    return fmt::format(
        "{} cases: {} the same, {} refused, {} approximated and different, {} different as known, {} failed",
        allOf(counts), of(CaseResult::Same), of(CaseResult::Refused), of(CaseResult::Approximated),
        of(CaseResult::Known), of(CaseResult::Failed));
}

void tellCase(const std::string& name, const CasePlace& place, const CaseOutcome& outcome,
              const JudgedCase& came) {
    const char* const file = std::getenv("RILLWRIGHT_CASE_TABLE");
    if (file == nullptr || *file == 0) return;
    const std::string line = fmt::format("{}\t{}\t{}\t{}\t{}\t{}\n", name, place.engine, place.parallelism,
                                         verdictName(outcome.worst), wordOf(came.result), asCell(came.why));
    // Opened for each line, which then is written at once.
    std::ofstream out(file, std::ios::app | std::ios::binary);
    out << line;
    if (!out.flush()) fmt::print("{} can't be written\n", file);
}

}  // namespace rw::cluster
