#include "core/deploy/artefact.h"

#include <algorithm>

#include "core/deploy/engine_writer.h"
#include "core/deploy/kept_variables.h"

namespace rw {

namespace {

// The first comment of each: “Rillwright 1.0.0: orders in the words of Flink SQL 2.3”.
constexpr std::string_view kMadeBy = "Rillwright ";
constexpr std::string_view kInWords = " in the words of ";

void addOnce(std::vector<std::string>& to, const Text& text) {
    if (text.empty()) return;
    std::string words = english(text);
    if (std::find(to.begin(), to.end(), words) == to.end()) to.push_back(std::move(words));
}

/// “a”, “a and b”, “a, b and c”.
std::string enumeration(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
        out += words[i];
    }
    return out;
}

}  // namespace

const std::vector<const Artefact*>& allArtefacts() {
    static const std::vector<const Artefact*> kArtefacts = [] {
        std::vector<const Artefact*> out;
        for (const Engine engine : kEngines) {
            for (const Artefact& each : writerOf(engine).artefacts) out.push_back(&each);
        }
        return out;
    }();
    return kArtefacts;
}

const Artefact* artefactOf(std::string_view name) {
    const auto& all = allArtefacts();
    const auto found =
        std::find_if(all.begin(), all.end(), [name](const Artefact* each) { return each->name == name; });
    return found == all.end() ? nullptr : *found;
}

std::string verdictLine(const NodeId& node, const NodeVerdict& verdict) {
    std::vector<std::string> said, conditions;
    for (const Remark& remark : verdict.findings) {
        addOnce(said, remark.what);
        addOnce(conditions, remark.condition);
    }
    std::string out = node + ": " + std::string(verdictName(verdict.verdict())) + ".";
    for (const std::string& sentence : said) out += " " + sentence;
    if (!conditions.empty()) out += " Holds while " + enumeration(conditions) + ".";
    return out;
}

std::string commentText(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "’";
        } else if (c == ';') {
            out += ',';
        } else {
            out += c >= 0 && c < ' ' ? ' ' : c;
        }
    }
    return out;
}

std::vector<std::string> headLines(const Pipeline& pipeline, const Translation& translation,
                                   std::string_view words) {
    const std::string name = pipeline.name.empty() ? "a pipeline" : pipeline.name;
    std::vector<std::string> out{
        commentText(fmt::format("{}{}: {}{}{}", kMadeBy, RILLWRIGHT_VERSION, name, kInWords, words)),
        "What each node is there, beside what it is in Rillwright:"};
    for (const Node& node : pipeline.nodes) {
        const auto found = translation.nodes.find(node.id);
        if (found != translation.nodes.end())
            out.push_back("  " + commentText(verdictLine(node.id, found->second)));
    }
    if (const auto notes = writerOf(translation.engine).notes; notes != nullptr) {
        for (std::string& line : notes(translation)) out.push_back(std::move(line));
    }
    return out;
}

std::vector<std::string> blankLines(const Translation& translation, std::string_view other) {
    std::vector<std::string> values, secrets;
    bool files = false;
    for (const Blank& blank : translation.blanks) {
        const std::string line = "  " + blank.name + ": " + english(blankText(blank));
        if (blank.secret) {
            secrets.push_back(commentText(line));
        } else {
            values.push_back(commentText(line + ", " + (blank.value.empty() ? "to be given" : blank.value)));
        }
        files = files || blank.file;
    }
    std::vector<std::string> out;
    if (!values.empty()) {
        out.push_back(commentText(fmt::format("Outside, as this computer knows it ({}):", other)));
        out.insert(out.end(), values.begin(), values.end());
        if (files) out.emplace_back("Files must lie at these paths on every machine of the cluster.");
    }
    if (secrets.empty()) return out;
    out.emplace_back("Secrets are not in this file. They are taken from the environment:");
    out.insert(out.end(), secrets.begin(), secrets.end());
    return out;
}

bool isArtefact(std::string_view text) {
    const auto nextLine = [&text] {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        return line;
    };
    std::string_view line = nextLine();
    if (line.starts_with("#!")) line = nextLine();
    if (line.starts_with("-- ")) {
        line.remove_prefix(3);
    } else if (line.starts_with("# ")) {
        line.remove_prefix(2);
    } else {
        return false;
    }
    if (!line.starts_with(kMadeBy)) return false;
    line.remove_prefix(kMadeBy.size());
    // Any version: a file of an older one is written again, too.
    const std::size_t version = line.find_first_not_of("0123456789.");
    return version != 0 && version != std::string_view::npos && line.substr(version).starts_with(": ") &&
           line.find(kInWords, version) != std::string_view::npos;
}

std::string commented(const std::vector<std::string>& lines, std::string_view mark) {
    std::string out;
    for (const std::string& line : lines) out += fmt::format("{} {}\n", mark, line);
    return out;
}

std::string nodeLine(const Statement& statement) {
    std::string out = "node: " + statement.node;
    if (!statement.type.empty()) out += " (" + statement.type + ")";
    if (!statement.note.empty()) out += ", " + statement.note;
    return commentText(out);
}

std::vector<Variable> usedVariables(const Pipeline& pipeline, const Translation& translation,
                                    const TranslateOptions& options) {
    std::vector<Variable> out;
    for (const Variable& variable : pipeline.variables) {
        const std::string named = "${" + variable.name + "}";
        const bool used = std::any_of(
            translation.statements.begin(), translation.statements.end(),
            [&](const Statement& statement) { return statement.text.find(named) != std::string::npos; });
        if (used && isKept(variable.name, variable.value, options)) out.push_back(variable);
    }
    return out;
}

Result<std::string> writeArtefact(const Pipeline& pipeline, const Translation& translation,
                                  const Artefact& artefact, const TranslateOptions& options) {
    std::vector<std::string> refused;
    for (const auto& [node, verdict] : translation.nodes) {
        if (isInside(node) || verdict.verdict() != Verdict::Refused) continue;
        const Node* shown = pipeline.find(node);
        refused.push_back("“" + (shown != nullptr ? shown->shownTitle() : node) + "”");
    }
    if (!refused.empty()) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("deploy", "%1 can't have these nodes: %2.")
                          .with(engineName(translation.engine), enumeration(refused)),
                      RW_TEXT("deploy", "Change them as is said of each."));
    }
    return artefact.write(pipeline, translation, options);
}

}  // namespace rw
