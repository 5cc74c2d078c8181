#include "tests/cluster/judged_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "core/pipeline/json/json.h"
#include "tests/support/random_cases.h"

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

/// The words of each line, two blanks or more between them.
std::vector<std::vector<std::string>> linesOf(const std::filesystem::path& file) {
    std::vector<std::vector<std::string>> out;
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string>& words = out.emplace_back();
        for (std::size_t from = 0; from < line.size();) {
            const std::size_t to = std::min(line.find("  ", from), line.size());
            words.push_back(line.substr(from, to - from));
            from = std::min(line.find_first_not_of(' ', to), line.size());
        }
    }
    return out;
}

[[noreturn]] void wrongLine(const std::filesystem::path& file, const std::vector<std::string>& words,
                            const char* form) {
    throw std::runtime_error(
        fmt::format("{}: “{}” is not of the form “{}”", file.string(), fmt::join(words, "  "), form));
}

}  // namespace

CaseList notExactIn(const std::filesystem::path& file) {
    CaseList list;
    for (const std::vector<std::string>& words : linesOf(file)) {
        const bool refused = words.size() == 2 && words[1] == "refused";
        const bool approximated = words.size() == 3 && words[1] == "approximated";
        if (!refused && !approximated)
            wrongLine(file, words, "case  refused” or “case  approximated  what may differ");
        ListedCase& listed = list[words[0]];
        listed.verdict = words[1];
        if (approximated) listed.allowed.emplace(words[2]);
    }
    return list;
}

CaseList knownIn(const std::filesystem::path& file) {
    CaseList list;
    for (const std::vector<std::string>& words : linesOf(file)) {
        if (words.size() != 3) wrongLine(file, words, "case  what may differ  why");
        ListedCase& listed = list[words[0]];
        listed.allowed.emplace(words[1]);
        listed.why = words[2];
    }
    return list;
}

std::map<std::string, std::string> reasonsIn(const std::filesystem::path& file) {
    std::map<std::string, std::string> reasons;
    for (const std::vector<std::string>& words : linesOf(file)) {
        if (words.size() != 2) wrongLine(file, words, "function  why");
        reasons[words[0]] = words[1];
    }
    return reasons;
}

std::vector<std::filesystem::path> halfOf(const std::vector<std::filesystem::path>& cases, int half) {
    constexpr test::Suite kHalves{"GoldenHalves", 0, 0};
    std::vector<std::filesystem::path> out;
    for (std::size_t i = (test::firstSeedOf(kHalves) + static_cast<unsigned>(half)) % 2; i < cases.size();
         i += 2)
        out.push_back(cases[i]);
    return out;
}

std::set<std::string> namesIn(const std::filesystem::path& file) {
    std::set<std::string> names;
    for (const std::vector<std::string>& words : linesOf(file)) {
        if (words.size() != 1) wrongLine(file, words, "case");
        names.insert(words[0]);
    }
    return names;
}

const golden::MayDiffer* ListedCases::allowed(const std::string& name, const CaseOutcome& outcome) const {
    const bool approximated = outcome.worst == Verdict::Approximated;
    if (!approximated && outcome.conditions.empty()) return nullptr;
    const CaseList& list = approximated ? notExact : known;
    const auto found = list.find(name);
    return found != list.end() && found->second.allowed ? &*found->second.allowed : nullptr;
}

void ListedCases::mustFit(const std::filesystem::path& cases) const {
    for (const CaseList* list : {&notExact, &known}) {
        for (const auto& [name, listed] : *list) {
            const bool there = std::filesystem::exists(cases / name);
            const std::string unknown = !there           ? "there is no such case"
                                        : listed.allowed ? listed.allowed->unknownIn(cases / name)
                                                         : std::string();
            if (!unknown.empty()) throw std::runtime_error(fmt::format("{}: {}", name, unknown));
        }
    }
}

OpenedCase::OpenedCase(const std::filesystem::path& folder, const Catalogue& catalogue, Engine engine,
                       const ListedCases& listed)
    : m_folder(folder), m_listed(listed) {
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

void OpenedCase::run(const golden::RunPipeline& ran) {
    const golden::MayDiffer* const allowed = m_listed.allowed(m_folder.filename().string(), outcome);
    outcome.difference = golden::runCase(
        m_folder, ran, [&](const auto& expectation, const auto& actual, golden::Columns columns) {
            std::string why = golden::compareFiles(expectation, actual, columns);
            if (why.empty() || allowed == nullptr) return why;
            std::string notAllowed = (*allowed)(expectation, actual, columns);
            if (notAllowed.empty())
                outcome.differsAsSaid += fmt::format("{}: {}\n", actual.filename().string(), why);
            return notAllowed;
        });
}

JudgedCase judged(const std::string& name, const CaseOutcome& outcome, const ListedCases& listed) {
    const std::string refusals = fmt::format("{}", fmt::join(outcome.refusals, "; "));
    const auto found = listed.notExact.find(name);
    if (outcome.worst >= Verdict::Approximated && found == listed.notExact.end())
        return {CaseResult::Failed, "FAIL: it should be exact or equivalent\n" + refusals, refusals};
    if (outcome.worst == Verdict::Refused && found->second.verdict != verdictName(Verdict::Refused))
        return {CaseResult::Failed, "FAIL: it should be approximated at worst\n" + refusals, refusals};
    if (outcome.worst == Verdict::Refused) return {CaseResult::Refused, "not run: " + refusals, refusals};
    const auto excuse = listed.known.find(name);
    const std::string why =
        excuse != listed.known.end() && !outcome.conditions.empty() ? excuse->second.why : std::string();
    if (!outcome.difference.empty()) {
        const std::string holds =
            outcome.conditions.empty() ? "" : fmt::format(", while {}", fmt::join(outcome.conditions, ", "));
        const char* const rest =
            outcome.worst == Verdict::Approximated || !why.empty() ? " in all that may not differ" : "";
        return {CaseResult::Failed,
                fmt::format("FAIL: it should be the same{}{}\n{}", rest, holds, outcome.difference),
                outcome.difference};
    }
    if (outcome.differsAsSaid.empty()) return {CaseResult::Same, "the same", why};
    if (outcome.worst == Verdict::Approximated)
        return {CaseResult::Approximated, "differs, as was said\n" + outcome.differsAsSaid, why};
    return {CaseResult::Known, "differs: " + why, why};
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
