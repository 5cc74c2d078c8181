#include "tests/cluster/judged_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "core/pipeline/json.h"

namespace rw::cluster {

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

std::string judged(const std::string& name, const CaseOutcome& outcome, const ListedCases& known,
                   const ListedCases& notExact, OutcomeCounts& counts) {
    if (outcome.worst >= Verdict::Approximated && !notExact.contains(name)) {
        ++counts.failed;
        return fmt::format("FAIL: it should be exact or equivalent\n{}", fmt::join(outcome.refusals, "; "));
    }
    if (outcome.worst == Verdict::Refused) {
        ++counts.refused;
        return fmt::format("not run: {}", fmt::join(outcome.refusals, "; "));
    }
    if (outcome.difference.empty()) {
        ++counts.same;
        return "the same";
    }
    if (outcome.worst == Verdict::Approximated) {
        ++counts.approximated;
        return "differs, as was said\n" + outcome.difference;
    }
    const auto excuse = known.find(name);
    if (excuse != known.end() && !outcome.conditions.empty()) {
        ++counts.known;
        return "differs: " + excuse->second;
    }
    ++counts.failed;
    const std::string holds =
        outcome.conditions.empty() ? "" : fmt::format(", while {}", fmt::join(outcome.conditions, ", "));
    return fmt::format("FAIL: it should be the same{}\n{}", holds, outcome.difference);
}

std::string summary(const OutcomeCounts& counts) {
    return fmt::format(
        "{} cases: {} the same, {} refused, {} approximated and different, {} different as known, {} failed",
        counts.all(), counts.same, counts.refused, counts.approximated, counts.known, counts.failed);
}

}  // namespace rw::cluster
