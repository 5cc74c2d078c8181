#include "core/connect/connections/needed_secrets.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/secret_place.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/param_values.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/variables.h"
#include "core/secrets/typed_secrets.h"

namespace rw {

namespace {

/// The parameter of all nodes that name the place of a secret themselves (tokenParam() of core/nodes).
constexpr const char* kTokenParam = "token";

class NeedsOfRun {
 public:
    NeedsOfRun(const Connections& connections, RunsWithout without)
        : m_connections(connections), m_without(without) {}

    void add(const Node& node, const NodeKind& kind, const BoundNode* bound) {
        if (m_without.inputs && kind.group != NodeGroup::Sink) return;
        if (m_without.sinks && kind.group == NodeGroup::Sink && !kind.chart) return;
        for (const ParamSpec& spec : kind.params) {
            if (!applies(spec, kind, node.params)) continue;
            if (spec.name == kTokenParam && spec.kind == ParamKind::String) addToken(node, spec, bound);
            if (m_without.inputs && spec.kind == ParamKind::Connections) continue;  // it tells people
            for (const NamedConnection& named : connectionsNamedBy(spec, node.params))
                addConnection(node, named.name);
        }
    }

    void addSecrets(const Connection& connection, const NodeId& node, const std::string& title) {
        const ConnectionKind* const kind = connectionKind(connection.kind);
        for (const auto& [secret, where] : connection.secrets) {
            // Without a name, as only a file changed by hand has it, it would be the secret of all such.
            if (where.kind == SecretRef::Kind::None || where.name.empty()) continue;
            const ConnectionSecretSpec* const spec =
                kind != nullptr ? connectionSecret(*kind, secret) : nullptr;
            if (spec != nullptr && !appliesTo(connection, spec->appliesWhen)) continue;
            // Of a kind that this version does not know: its client may ask for any.
            addUse(where, {spec != nullptr ? spec->label : verbatim(secret),
                           RW_TEXT("secrets", "the connection “%1”").with(connection.name),
                           verbatim(addressOf(connection)), node, title});
        }
    }

    std::vector<NeededSecret> take() { return std::move(m_needed); }

 private:
    void addToken(const Node& node, const ParamSpec& spec, const BoundNode* bound) {
        const Json& value = paramValue(spec, node.params);
        if (!value.is_string()) return;
        const std::optional<SecretRef> where = parseSecretPlace(value.get_ref<const std::string&>());
        if (!where) return;
        NeededSecret::Use use{spec.label,
                              RW_TEXT("secrets", "the node “%1”").with(node.shownTitle()),
                              {},
                              node.id,
                              node.shownTitle()};
        if (bound != nullptr && !bound->accesses.empty()) use.address = bound->accesses.front().description;
        addUse(*where, std::move(use));
    }

    void addConnection(const Node& node, const std::string& name) {
        const Result<Connection> connection = m_connections.named(name);
        if (connection.ok()) addSecrets(*connection, node.id, node.shownTitle());
    }

    void addUse(const SecretRef& where, NeededSecret::Use use) {
        const auto found = std::find_if(m_needed.begin(), m_needed.end(),
                                        [&where](const NeededSecret& each) { return each.where == where; });
        NeededSecret& needed = found != m_needed.end() ? *found : m_needed.emplace_back(NeededSecret{where});
        needed.uses.push_back(std::move(use));
    }

    static Text verbatim(const std::string& words) { return RW_TEXT("connections", "%1").with(words); }

    const Connections& m_connections;
    const RunsWithout m_without;
    std::vector<NeededSecret> m_needed{};
};

}  // namespace

Text nameOf(const NeededSecret& needed) {
    const NeededSecret::Use& use = needed.uses.front();
    return RW_TEXT("secrets", "“%1” of %2").with(use.label, use.owner);
}

std::vector<NeededSecret> neededSecrets(const std::vector<NeedyNode>& nodes, const Connections& connections,
                                        RunsWithout without) {
    NeedsOfRun needs(connections, without);
    for (const NeedyNode& each : nodes) needs.add(*each.node, *each.kind, each.bound);
    return needs.take();
}

std::vector<NeededSecret> neededSecrets(const Pipeline& pipeline, const Catalogue& catalogue,
                                        const ValidateOptions& options, const Validated& validated,
                                        const Connections& connections, RunsWithout without) {
    const Pipeline today =
        withVariables(validated.expanded ? validated.expanded->pipeline : pipeline, options);
    std::vector<NeedyNode> nodes;
    for (const NodeId& id : validated.order) {
        const Node* const node = today.find(id);
        const NodeKind* const kind = node != nullptr ? catalogue.of(*node) : nullptr;
        const auto typed = validated.nodes.find(id);
        if (kind != nullptr)
            nodes.push_back(
                {node, kind, typed != validated.nodes.end() ? typed->second.bound.get() : nullptr});
    }
    return neededSecrets(nodes, connections, without);
}

std::vector<NeededSecret> secretsOf(const Connection& connection) {
    const Connections none({}, environmentSecret);
    NeedsOfRun needs(none, {});
    needs.addSecrets(connection, {}, {});
    return needs.take();
}

std::vector<NeededSecret> toBeTyped(std::vector<NeededSecret> needed, const Connections& connections) {
    std::vector<NeededSecret> typed;
    std::optional<Text> noAnswer;  // of a keyring: it is not waited for again
    for (NeededSecret& each : needed) {
        const bool inKeyring = each.where.kind == SecretRef::Kind::Keyring;
        if (inKeyring && noAnswer && !typedSecrets().find(each.where)) {
            each.lack = *noAnswer;
        } else {
            const Status answer = connections.secretAt(each.where).status();
            if (!mayBeTyped(answer)) continue;
            each.lack = answer.error().message;
            if (inKeyring && answer.error().code == ErrorCode::Io) noAnswer = each.lack;
        }
        typed.push_back(std::move(each));
    }
    return typed;
}

}  // namespace rw
