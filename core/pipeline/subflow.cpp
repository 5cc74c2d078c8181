// expand(): level by level, so that the wires of the outermost pipeline come first.
#include "core/pipeline/subflow.h"

#include <algorithm>
#include <deque>
#include <set>

#include "core/pipeline/bind_checks.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/checks/trust.h"

namespace rw {

namespace {

// A few small files that hold each other several times would else be more than a machine holds.
constexpr std::size_t kDeepestSubflow = 16, kMostNodesInside = 10'000, kMostMibInside = 64;

bool isSubflow(const NodeKind* kind) {
    return kind != nullptr && kind->subflow == SubflowRole::Whole;
}

std::string fileName(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

/// A pipeline whose nodes are put in: the outermost one, or that of a file.
struct Level {
    const Pipeline& pipeline;
    NodeId subflow{};                                           ///< that it stands for; empty: the outermost
    std::string folder{};                                       ///< its relative paths start there
    std::string variables{};                                    ///< before the names of its variables
    std::vector<std::pair<FileIdentity, std::string>> chain{};  ///< files from the outermost to it, by name

    NodeId inside(const NodeId& id) const { return subflow.empty() ? id : insideOf(subflow, id); }
};

class Expander {
 public:
    Expander(const Catalogue& catalogue, const ValidateOptions& options, const Trust& trust, FileReach& reach,
             std::vector<Issue>& issues)
        : m_catalogue(catalogue), m_options(options), m_trust(trust), m_reach(reach), m_issues(issues) {}

    std::shared_ptr<const Expanded> run(const Pipeline& pipeline) {
        std::vector<Issue> reported;  // by the caller that types the expanded pipeline
        m_variables = variablesOf(pipeline, m_options, reported);
        flat().name = pipeline.name;
        flat().variables = pipeline.variables;
        flat().settings = pipeline.settings;
        Level first{pipeline};
        first.folder = m_options.folder;
        if (!m_options.file.empty()) {
            FileIdentity own{m_options.file, {}};
            if (m_options.files) own = FileIdentity::of(m_options.file);
            first.chain.emplace_back(std::move(own), fileName(m_options.file));
        }
        m_levels.push_back(std::move(first));
        for (std::size_t i = 0; i < m_levels.size(); ++i) putIn(m_levels[i]);
        return m_out;
    }

 private:
    Pipeline& flat() { return m_out->pipeline; }

    Issue& issue(Severity severity, const NodeId& node, const char* param, Text message, Text fix = {}) {
        Issue& added = m_issues.emplace_back();
        added.severity = severity;
        added.node = node;
        added.param = param;
        added.message = std::move(message);
        added.fix = std::move(fix);
        return added;
    }

    // Levels that follow may move others of a vector, but not of a deque.
    void putIn(const Level& level) {
        for (const Node& node : level.pipeline.nodes) addNode(level, node);
        std::set<NodeId> taken;
        for (Wire wire : level.pipeline.wires) {
            wire.from.node = level.inside(wire.from.node);
            wire.to.node = level.inside(wire.to.node);
            taken.insert(wire.from.node);
            flat().wires.push_back(m_out->joined(std::move(wire)));
        }
        for (const Node& node : level.pipeline.nodes) {
            const NodeId id = level.inside(node.id);
            const auto gone = m_out->subflows.find(id);
            if (gone == m_out->subflows.end() || gone->second->outputs.empty() || taken.contains(id))
                continue;
            issue(Severity::Warning, id, "",
                  RW_TEXT("wires", "Nobody takes the rows of “%1”.")
                      .with(level.subflow.empty() ? node.shownTitle() : id),
                  RW_TEXT("wires", "Draw a wire from it to a chart, a table or a file."));
        }
    }

    void addNode(const Level& level, Node node) {
        const NodeKind* kind = m_catalogue.find(node.type);
        if (!level.subflow.empty()) moveIn(level, kind, node);
        if (isSubflow(kind)) expandNode(level, *kind, node);
        flat().nodes.push_back(std::move(node));
    }

    /// Makes the node of a file one of the expanded pipeline.
    void moveIn(const Level& level, const NodeKind* kind, Node& node) const {
        node.id = level.inside(node.id);
        node.title.clear();  // it is called by its path
        prefixVariables(node.params, level.variables);
        if (kind == nullptr) return;
        for (const ParamSpec& spec : kind->params) {
            if (spec.kind != ParamKind::InputPath && spec.kind != ParamKind::OutputPath) continue;
            const Json& value = paramValue(spec, node.params);
            if (!value.is_string()) continue;
            std::vector<std::string> unknown;
            const std::string text = substitute(value.get<std::string>(), m_variables, &unknown);
            if (text.empty() || text == "-" || text.find('\0') != std::string::npos || !unknown.empty())
                continue;
            node.params[spec.name] = withoutVariables(SubflowFiles::pathOf(level.folder, text));
        }
    }

    void expandNode(const Level& level, const NodeKind& kind, Node& node) {
        std::vector<Issue> unheard;
        const CheckedParams checked = checkParams(node, kind, m_variables, m_options.folder, nullptr,
                                                  node.disabled ? unheard : m_issues);
        const Json file = checked.node.params.value(kSubflowFile, Json());
        if (!checked.complete || !file.is_string()) return;
        const std::string text = file.get<std::string>();
        if (text.find('\0') != std::string::npos) {
            issue(Severity::Error, node.id, kSubflowFile,
                  RW_TEXT("params", "The path holds a NUL character."));
            return;
        }
        const std::string path = SubflowFiles::pathOf(m_options.folder, text);
        SubflowFiles& files = m_catalogue.subflows();
        m_out->files.emplace_back(path, outermost(node.id));
        const Json words = node.params[kSubflowFile];
        files.remember(words.get<std::string>(), path);
        node.params[kSubflowFile] = withoutVariables(path);  // the same in pipelines of other folders
        files.remember(node.params[kSubflowFile].get<std::string>(), path);
        const bool reached = !m_options.files || m_reach.allows(path);
        if (!reached && !node.disabled) m_issues.push_back(notLookedAt(node.id, kSubflowFile, path));
        if (!reached) return;
        const Result<SubflowFileRef> read =
            m_options.files ? files.read(path, m_catalogue) : Result<SubflowFileRef>(files.known(path));
        const bool strange = read.ok() && *read != nullptr && m_trust.knows && !m_trust.knows((*read)->text);
        if (m_options.files && strange) m_reach = FileReach::below(m_options.folder);
        if (node.disabled) return;
        if (!read.ok()) {
            issue(Severity::Error, node.id, kSubflowFile, read.error().message, read.error().fix);
        } else if (*read != nullptr && fits(level, node.id, path, **read)) {
            giveWay(level, node, path, *read, checked.node.params);
        }
    }

    /// Whether there is room for the file at this place.
    bool fits(const Level& level, const NodeId& node, const std::string& path, const SubflowFile& file) {
        const auto same = std::find_if(level.chain.begin(), level.chain.end(),
                                       [&](const auto& above) { return above.first == file.identity; });
        if (same != level.chain.end()) {
            std::string names;
            for (auto it = same; it != level.chain.end(); ++it) names += "“" + it->second + "” → ";
            issue(Severity::Error, node, kSubflowFile,
                  RW_TEXT("subflow", "A pipeline can't be a part of itself: %1.")
                      .with(names + "“" + fileName(path) + "”"),
                  RW_TEXT("subflow", "Choose another file, or take the subflow out of this one."));
            return false;
        }
        if (level.chain.size() > kDeepestSubflow) {
            issue(Severity::Error, node, kSubflowFile,
                  RW_TEXT("subflow", "Subflows lie in each other more than %1 deep.").with(kDeepestSubflow),
                  RW_TEXT("subflow", "Put the nodes of some into one file."));
            return false;
        }
        if (m_full) return false;
        m_nodes += file.pipeline.nodes.size();
        m_bytes += file.text.size() + file.names * node.size();  // which stands before each of them
        m_full = m_nodes > kMostNodesInside || m_bytes > kMostMibInside << 20;
        if (!m_full) return true;
        issue(Severity::Error, node, kSubflowFile,
              RW_TEXT("subflow", "The subflows hold too much: at most %1 nodes and %2 MiB of text.")
                  .with(kMostNodesInside, kMostMibInside),
              RW_TEXT("subflow", "Use fewer or smaller ones."));
        return false;
    }

    void giveWay(const Level& level, Node& node, const std::string& path, const SubflowFileRef& file,
                 const Json& params) {
        if (file->pipeline.settings.timeZone != flat().settings.timeZone) {
            issue(Severity::Warning, node.id, kSubflowFile,
                  RW_TEXT("subflow", "The time zone of “%1” is %2; here it runs in %3.")
                      .with(fileName(path), file->pipeline.settings.timeZone, flat().settings.timeZone),
                  RW_TEXT("subflow", "Set the same time zone in both pipelines."));
        }
        m_out->subflows.emplace(node.id, file);
        node.disabled = true;
        Level next{file->pipeline};
        next.subflow = node.id;
        next.folder = path.substr(0, path.rfind('/') + 1);
        next.chain = level.chain;
        next.chain.emplace_back(file->identity, fileName(path));
        next.variables = setVariables(node.id, *file, params.value(kSubflowValues, Json()));
        m_levels.push_back(std::move(next));
    }

    /// Gives the variables of the file their values. Returns the prefix of their names, which makes them differ
    /// from those of all other variables.
    std::string setVariables(const NodeId& node, const SubflowFile& file, const Json& values) {
        std::string prefix = insideOf(node, {});
        const auto taken = [&] {
            const auto first = m_variables.lower_bound(prefix);
            return first != m_variables.end() && first->first.starts_with(prefix);
        };
        while (taken()) prefix += '/';
        std::vector<std::string> names;
        for (const Variable& variable : file.pipeline.variables) {
            names.push_back(variable.name);
            const bool given = values.is_object() && values.contains(variable.name);
            const std::string value = given ? values[variable.name].get<std::string>() : variable.value;
            m_variables[prefix + variable.name] = value;
            flat().variables.push_back({prefix + variable.name, value});
        }
        for (const auto& item : values.items()) {
            if (std::find(names.begin(), names.end(), item.key()) != names.end()) continue;
            const std::string nearest = nearestOf(item.key(), names);
            issue(
                Severity::Warning, node, kSubflowValues,
                RW_TEXT("subflow", "The file has no variable “%1”; its value is not used.").with(item.key()),
                nearest.empty() ? Text() : RW_TEXT("subflow", "Is “%1” meant?").with(nearest));
        }
        return prefix;
    }

    const Catalogue& m_catalogue;
    const ValidateOptions& m_options;
    const Trust& m_trust;
    FileReach& m_reach;
    std::vector<Issue>& m_issues;
    const std::shared_ptr<Expanded> m_out = std::make_shared<Expanded>();
    Variables m_variables;  ///< of all levels, as the expanded pipeline calls them
    std::deque<Level> m_levels;
    std::size_t m_nodes = 0, m_bytes = 0;  ///< of the files that were put in, each time
    bool m_full = false;                   ///< and that was said
};

}  // namespace

Wire Expanded::joined(Wire wire) const {
    const auto has = [](const std::vector<NodeId>& ports, const std::string& port) {
        return std::find(ports.begin(), ports.end(), port) != ports.end();
    };
    const auto from = subflows.find(wire.from.node), to = subflows.find(wire.to.node);
    if (from != subflows.end() && has(from->second->outputs, wire.from.port))
        wire.from = {insideOf(wire.from.node, wire.from.port), std::string(kDefaultOutput)};
    if (to != subflows.end() && has(to->second->inputs, wire.to.port))
        wire.to = {insideOf(wire.to.node, wire.to.port), std::string(kDefaultInput)};
    return wire;
}

namespace {

Text notLookedAtText() {
    return RW_TEXT("params", "“%1” was not looked at: it lies outside the folder of the pipeline.");
}

}  // namespace

bool isNotLookedAt(const Issue& issue) {
    return std::string_view(issue.message.key) == notLookedAtText().key;
}

Issue notLookedAt(const NodeId& node, const std::string& param, const std::string& path) {
    Issue issue;
    issue.severity = Severity::Warning;
    issue.message = notLookedAtText().with(path);
    issue.fix = RW_TEXT("params", "It is looked at as soon as you agree to run the pipeline.");
    issue.node = node;
    issue.param = param;
    return issue;
}

std::shared_ptr<const Expanded> expand(const Pipeline& pipeline, const Catalogue& catalogue,
                                       const ValidateOptions& options, std::vector<Issue>& issues) {
    FileReach reach;
    return expand(pipeline, catalogue, options, Trust(), reach, issues);
}

std::shared_ptr<const Expanded> expand(const Pipeline& pipeline, const Catalogue& catalogue,
                                       const ValidateOptions& options, const Trust& trust, FileReach& reach,
                                       std::vector<Issue>& issues) {
    const bool any = std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(),
                                 [&](const Node& node) { return isSubflow(catalogue.find(node.type)); });
    return any ? Expander(catalogue, options, trust, reach, issues).run(pipeline) : nullptr;
}

std::string subflowPath(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                        const NodeId& id) {
    const Node* node = pipeline.find(id);
    if (node == nullptr || !isSubflow(catalogue.find(node->type))) return {};
    const auto file = node->params.find(kSubflowFile);
    if (file == node->params.end() || !file->is_string()) return {};
    std::vector<Issue> reported;  // by validation
    const std::string text = substitute(file->get<std::string>(), variablesOf(pipeline, options, reported));
    return text.empty() ? std::string() : SubflowFiles::pathOf(options.folder, text);
}

}  // namespace rw
