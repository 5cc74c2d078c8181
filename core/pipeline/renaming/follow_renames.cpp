#include "core/pipeline/renaming/follow_renames.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "core/pipeline/checks/typing.h"
#include "core/pipeline/graph.h"
#include "core/pipeline/join_sides.h"
#include "core/pipeline/renaming/item_renames.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

/// By the places of columns whose type is the same. Nothing: they are other columns.
std::optional<ColumnRenames> renamedByPlace(const Schema& before, const Schema& after) {
    if (before.size() != after.size()) return std::nullopt;
    ColumnRenames renames;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const Field &was = before.fields[i], &is = after.fields[i];
        if (was.type != is.type) return std::nullopt;
        if (was.name != is.name) renames.push_back({was.name, is.name});
    }
    return renames;
}

bool isWordByte(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool hasWord(const std::string& text, const std::string& word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const bool begins = at == 0 || !isWordByte(text[at - 1]);
        const std::size_t end = at + word.size();
        if (begins && (end == text.size() || !isWordByte(text[end]))) return true;
    }
    return false;
}

/// Walks the graph from the edited node, sources first. Each node that a renamed column reaches gets its new
/// texts and is typed with them; the names of its columns before and after say what goes on.
class Follower {
 public:
    Follower(const Validated& known, Pipeline& pipeline, const Catalogue& catalogue,
             const ValidateOptions& options)
        : m_known(known),
          m_pipeline(pipeline),
          m_graph(buildGraph(pipeline, catalogue, m_unheard)),
          m_variables(variablesOf(pipeline, options, m_unheard)),
          m_folder(options.folder),
          m_scope{pipeline.settings, m_variables, m_folder, nullptr, options.connections},
          m_states(m_graph.nodes.size()) {}

    FollowedRenames run(const Node& edited, const ColumnRenames& candidates) {
        for (const std::size_t index : m_graph.order) {
            const GraphNode& node = m_graph.nodes[index];
            if (node.kind == nullptr) continue;
            if (node.node->id == edited.id) {
                if (!startAt(index, edited.params, candidates)) {
                    FollowedRenames none;
                    none.waits = !m_states[index].now.bound;
                    return none;
                }
            } else {
                follow(index);
            }
        }
        return std::move(m_out);
    }

 private:
    struct State {
        bool typed = false;  ///< other than before
        TypedNode now{};
        std::vector<ColumnRenames> renames{};  ///< per output
    };

    const TypedNode* before(std::size_t index) const {
        const auto known = m_known.nodes.find(m_graph.nodes[index].node->id);
        return known != m_known.nodes.end() ? &known->second : nullptr;
    }
    const TypedNode* now(std::size_t index) const {
        return m_states[index].typed ? &m_states[index].now : before(index);
    }

    Reaching gather(const GraphNode& node) const {
        Reaching reaching;
        reaching.complete = node.wired;
        reaching.streams.resize(node.inputs.size());
        reaching.producers.resize(node.inputs.size());
        for (std::size_t port = 0; port < node.inputs.size(); ++port) {
            for (const Link& link : node.inputs[port]) {
                const GraphNode& from = m_graph.nodes[link.from];
                const TypedNode* typed = now(link.from);
                const auto output = static_cast<std::size_t>(link.fromPort);
                if (typed == nullptr || !typed->bound || output >= typed->bound->outputs.size()) {
                    reaching.complete = false;
                    continue;
                }
                reaching.streams[port].push_back(typed->bound->outputs[output]);
                reaching.producers[port].push_back(
                    producerOf(*from.node, *from.kind, node.kind->inputs[port].name, *typed));
            }
        }
        return reaching;
    }

    /// Types the node as it is now; false: it has errors.
    bool type(std::size_t index) {
        const GraphNode& node = m_graph.nodes[index];
        Reaching reaching = gather(node);
        State& state = m_states[index];
        state.typed = true;
        state.now = {};
        state.now.inputs = reaching.streams;
        state.now.maker = makerOf(*node.node, reaching);
        if (const TypedNode* old = before(index)) state.now.keys = old->keys;
        if (node.runs) state.now.bound = typeNode(*node.node, *node.kind, m_scope, reaching, m_unheard);
        return state.now.bound != nullptr;
    }

    /// The renames of each output, from the names before and now.
    bool compare(std::size_t index) {
        const TypedNode* old = before(index);
        State& state = m_states[index];
        state.renames.clear();
        if (old == nullptr || !old->bound || old->bound->outputs.size() != state.now.bound->outputs.size())
            return false;
        for (std::size_t port = 0; port < old->bound->outputs.size(); ++port) {
            const auto renames =
                renamedByPlace(*old->bound->outputs[port].schema, *state.now.bound->outputs[port].schema);
            if (!renames) return false;
            state.renames.push_back(*renames);
        }
        return true;
    }

    // What the node itself says of its own columns follows first: the event time of a source.
    bool startAt(std::size_t index, const Json& paramsBefore, const ColumnRenames& candidates) {
        const GraphNode& node = m_graph.nodes[index];
        Node& target = m_pipeline.nodes[index];
        const Json kept = target.params;
        const bool ofOwn = node.kind->group == NodeGroup::Source;
        const JoinSides sides = sidesBefore(index, paramsBefore);
        const TypedNode* old = before(index);
        const bool known = ofOwn && old != nullptr && old->bound;
        ColumnRenames own, right;
        for (const ColumnRename& rename : candidates) {
            if (known && old->bound->outputs.front().schema->find(rename.from)) own.push_back(rename);
            if (!ofOwn && node.kind->inputs.size() == 1 && sides[1].columns.find(rename.from))
                right.push_back(rename);
        }
        rewrite(*node.kind, target, own, {}, right, sides);
        if (!type(index) || !compare(index)) return false;
        bool any = false;
        for (std::size_t port = 0; port < m_states[index].renames.size(); ++port) {
            ColumnRenames& renames = m_states[index].renames[port];
            const Schema& was = *before(index)->bound->outputs[port].schema;
            const Schema& is = *m_states[index].now.bound->outputs[port].schema;
            std::erase_if(renames, [&](const ColumnRename& rename) {
                return std::find(candidates.begin(), candidates.end(), rename) == candidates.end() ||
                       is.find(rename.from) || was.find(rename.to);
            });
            for (const ColumnRename& rename : renames) {
                if (std::find(m_out.renames.begin(), m_out.renames.end(), rename) == m_out.renames.end())
                    m_out.renames.push_back(rename);
            }
            any = any || !renames.empty();
        }
        if (any) note(index, kept);
        return any;
    }

    JoinSides sidesBefore(std::size_t index, const Json& params) const {
        const TypedNode* old = before(index);
        return joinSides(*m_graph.nodes[index].kind, params, old ? old->inputs : TypedNode{}.inputs);
    }

    void follow(std::size_t index) {
        const GraphNode& node = m_graph.nodes[index];
        // Several wires of an input have the same columns, or the node has an error.
        std::vector<ColumnRenames> reaching(node.inputs.size());
        bool any = false, other = false;
        for (std::size_t port = 0; port < node.inputs.size(); ++port) {
            for (const Link& link : node.inputs[port]) {
                const State& from = m_states[link.from];
                other = other || from.typed;
                const auto output = static_cast<std::size_t>(link.fromPort);
                if (output >= from.renames.size() || from.renames[output].empty()) continue;
                if (reaching[port].empty()) reaching[port] = from.renames[output];
                any = true;
            }
        }
        if (!any && other) (void)type(index);
        if (!any) return;
        const TypedNode* old = before(index);
        const bool worked = old != nullptr && old->bound;
        const Json kept = m_pipeline.nodes[index].params;
        const ColumnRenames right = reaching.size() > 1 ? reaching[1] : ColumnRenames();
        rewrite(*node.kind, m_pipeline.nodes[index], reaching.front(), reaching.front(), right,
                sidesBefore(index, kept));
        const bool works = type(index);
        const bool same = works && worked && compare(index);
        if ((node.runs && worked && !same) || mentions(index, reaching.front())) leave(index);
        if (node.runs && worked && !works) {
            m_pipeline.nodes[index].params = kept;
            return;
        }
        note(index, kept);
    }

    /// Whether code names a column that is called otherwise now.
    bool mentions(std::size_t index, const ColumnRenames& renames) const {
        const GraphNode& node = m_graph.nodes[index];
        return std::any_of(node.kind->params.begin(), node.kind->params.end(), [&](const ParamSpec& spec) {
            const Json& code = paramValue(spec, node.node->params);
            return spec.kind == ParamKind::PythonCode && code.is_string() &&
                   std::any_of(renames.begin(), renames.end(), [&code](const ColumnRename& rename) {
                       return hasWord(code.get<std::string>(), rename.from);
                   });
        });
    }

    void leave(std::size_t index) {
        const NodeId seen = outermost(m_graph.nodes[index].node->id);
        if (std::find(m_out.left.begin(), m_out.left.end(), seen) == m_out.left.end())
            m_out.left.push_back(seen);
    }

    void note(std::size_t index, const Json& kept) {
        const Node& node = m_pipeline.nodes[index];
        if (isInside(node.id)) return;  // of another file
        bool any = false;
        for (const auto& [name, value] : node.params.items()) {
            if (value == kept[name]) continue;
            m_out.params.push_back({node.id, name, value});
            any = true;
        }
        if (any) m_out.nodes.push_back(node.id);
    }

    static void rewrite(const NodeKind& kind, Node& node, const ColumnRenames& renames,
                        const ColumnRenames& left, const ColumnRenames& right, const JoinSides& sides) {
        const auto has = [&sides](std::size_t side) {
            return [&sides, side](const std::string& name) {
                return sides[side].columns.find(name).has_value();
            };
        };
        const auto shared = [&](const std::string& name) {
            const auto gives = [&name](const JoinSide& side, const ColumnRenames& given) {
                return side.columns.find(name) ||
                       std::any_of(given.begin(), given.end(),
                                   [&name](const ColumnRename& rename) { return rename.to == name; });
            };
            return gives(sides[0], left) && gives(sides[1], right);
        };
        for (const ParamSpec& spec : kind.params) {
            const auto given = node.params.find(spec.name);
            if (given == node.params.end()) continue;
            if (spec.kind == ParamKind::JoinCondition) {
                *given = renamedCondition(*given, left, right, has(0), has(1), shared);
            } else if (kind.alerts && spec.kind == ParamKind::String && given->is_string()) {
                *given = renamedInAlert(spec, given->get<std::string>(), renames);
            } else {
                *given = renamedValue(spec, *given, renames);
            }
        }
    }

    /// A message has columns between braces, a value is an expression.
    static std::string renamedInAlert(const ParamSpec& spec, const std::string& text,
                                      const ColumnRenames& renames) {
        if (spec.name == "message") return renamedInBraces(text, renames);
        ParamSpec expression = spec;
        expression.kind = ParamKind::Condition;
        return renamedValue(expression, text, renames).get<std::string>();
    }

    const Validated& m_known;
    Pipeline& m_pipeline;
    std::vector<Issue> m_unheard{};  ///< validation says them
    Graph m_graph;
    Variables m_variables;
    std::string m_folder;
    TypingScope m_scope;
    std::vector<State> m_states;
    FollowedRenames m_out{};
};

}  // namespace

FollowedRenames followRenames(const Pipeline& before, const Validated& known, const Pipeline& after,
                              const NodeId& node, const Catalogue& catalogue, ValidateOptions options) {
    const Node *was = before.find(node), *is = after.find(node);
    const NodeKind* kind = is ? catalogue.of(*is) : nullptr;
    if (was == nullptr || kind == nullptr || is->disabled || was->type != is->type) return {};
    const ColumnRenames candidates = renamedItems(*kind, was->params, is->params);
    if (candidates.empty()) return {};
    options.files = false;
    std::vector<Issue> unheard;
    const std::shared_ptr<const Expanded> expanded = expand(after, catalogue, options, unheard);
    Pipeline flat = expanded ? expanded->pipeline : after;
    return Follower(known, flat, catalogue, options).run(*was, candidates);
}

}  // namespace rw
