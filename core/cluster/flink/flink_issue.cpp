#include "core/cluster/flink/flink_issue.h"

#include <re2/re2.h>

#include "core/cluster/flink/param_place.h"

namespace rw {

namespace {

bool says(std::string_view words, std::string_view part) {
    return words.find(part) != std::string_view::npos;
}

/// The action against it, as far as the words tell.
Text mendOf(const std::string& words) {
    if (says(words, "factory for identifier"))
        return RW_TEXT("cluster",
                       "Put the JAR file of this connector or format into the folder lib of the SQL gateway "
                       "and of each machine of the cluster, and start them anew.");
    if (says(words, "No match found for function signature"))
        return RW_TEXT("cluster",
                       "See whether the cluster is a Flink 2.3: statements are written for that version.");
    return RW_TEXT("cluster",
                   "Change the node. If it looks right, see whether the cluster is a Flink 2.3: statements "
                   "are written for that version.");
}

/// Words that Flink puts in single quotes: Column 'prize' not found.
std::vector<std::string> wordsInQuotes(const std::string& words) {
    static const RE2 kQuoted("'([^' ]+)'");
    std::vector<std::string> out;
    std::string word;
    re2::StringPiece rest(words);
    while (RE2::FindAndConsume(&rest, kQuoted, &word)) out.push_back(word);
    return out;
}

/// The whole stretch, else the name in the words, else a column in the stretch.
std::optional<ParamPlace> placeOfRefusal(const Node& node, const FlinkRefusal& refusal) {
    if (!refusal.place) return std::nullopt;
    const std::string stretch = textAt(refusal.statement, *refusal.place);
    std::vector<std::string> wanted{stretch};
    for (std::string& word : wordsInQuotes(shortFlinkWords(refusal.words))) wanted.push_back(std::move(word));
    for (std::string& name : quotedNames(stretch)) wanted.push_back(std::move(name));
    std::optional<ParamPlace> vague;
    for (const std::string& words : wanted) {
        const std::optional<ParamPlace> found = placeOfWords(node, words);
        if (found && found->length > 0) return found;
        if (!vague) vague = found;
    }
    return vague;
}

}  // namespace

std::string shortFlinkWords(std::string_view words) {
    std::string line(words.substr(0, words.find('\n')));
    static const RE2 kSaid(R"(^(?:SQL (?:parse|validation) failed\. )+)");
    static const RE2 kStretch(R"([Ff]rom line \d+, column \d+ to line \d+, column \d+: )");
    static const RE2 kPoint(R"(,? ?\b[Aa]t line \d+, column \d+)");
    static const RE2 kCatalogue(R"(`?default_catalog`?\.`?default_database`?\.)");
    RE2::Replace(&line, kSaid, "");
    RE2::GlobalReplace(&line, kStretch, "");
    RE2::GlobalReplace(&line, kPoint, "");
    RE2::GlobalReplace(&line, kCatalogue, "");
    while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.pop_back();
    return line;
}

Issue flinkIssue(const Pipeline& pipeline, const NodeId& node, const FlinkRefusal& refusal) {
    const std::string words = shortFlinkWords(refusal.words);
    Issue issue;
    issue.node = outermost(node);
    issue.fix = mendOf(words);
    if (isInside(node)) {
        issue.message = RW_TEXT("cluster", "Flink says of “%1”: %2").with(node, words);
        return issue;
    }
    issue.message = RW_TEXT("cluster", "Flink: %1").with(words);
    const Node* const there = pipeline.find(node);
    const auto place = there ? placeOfRefusal(*there, refusal) : std::nullopt;
    if (!place) return issue;
    issue.param = place->param;
    issue.item = place->item;
    issue.position = place->position;
    issue.length = place->length;
    return issue;
}

Status flinkStartError(std::string_view words, const std::string& savepoint) {
    if (says(words, "Cannot map checkpoint/savepoint state"))
        return {ErrorCode::Invalid,
                RW_TEXT("cluster", "The savepoint holds what a node had kept that the pipeline has no more."),
                RW_TEXT("cluster", "Let it be dropped, or deploy anew, without the savepoint.")};
    if (says(words, "Max parallelism mismatch"))
        return {
            ErrorCode::Invalid,
            RW_TEXT("cluster",
                    "The savepoint does not fit: a node keeps its rows by other keys now, or without any."),
            RW_TEXT("cluster", "Deploy anew, without the savepoint, or take the change back.")};
    if (says(words, "must not be incompatible") || says(words, "must be compatible with the previous"))
        return {ErrorCode::Invalid,
                RW_TEXT("cluster", "The savepoint does not fit: a node keeps other columns now."),
                RW_TEXT("cluster", "Deploy anew, without the savepoint, or take the change back.")};
    if (says(words, "Cannot find checkpoint or savepoint"))
        return {ErrorCode::NotFound,
                RW_TEXT("cluster", "The cluster finds no savepoint at “%1”.").with(savepoint),
                RW_TEXT("cluster", "Choose another savepoint, or deploy anew, without one.")};
    std::string scheme;
    static const RE2 kScheme("Could not find a file system implementation for scheme '([^']+)'");
    if (RE2::PartialMatch(re2::StringPiece(words.data(), words.size()), kScheme, &scheme))
        return {
            ErrorCode::Invalid, RW_TEXT("cluster", "The cluster can't reach files at %1://.").with(scheme),
            RW_TEXT("cluster",
                    "Put Flink's plugin for that into the folder plugins of each machine of the cluster.")};
    return {ErrorCode::Invalid, RW_TEXT("cluster", "Flink: %1").with(shortFlinkWords(words))};
}

}  // namespace rw
